/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.ultracartsso.web.login;

import java.io.IOException;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.UltraCartCallback;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Completes a login on the callback from UltraCart: removes the pending login of the
 * callback's state, exchanges the code for the user's key, authenticates the user with
 * the key and stores the SSO session.
 * <p>
 * A state is accepted once and a code is exchanged once, even if several requests carry
 * them. If anything fails after the exchange, the key is revoked. If the HTTP session
 * belongs to another user, it is replaced by a new one. If it belongs to the same user,
 * the new key replaces the old one, which is revoked.
 * <p>
 * The filter publishes the outcome, not the authentication manager: only the filter knows
 * whether a login has started and whether session control has accepted it.
 *
 * @since 0.1
 */
public final class UltraCartLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private static final String OBTAINED_ATTRIBUTE = UltraCartLoginAuthenticationFilter.class.getName() + ".OBTAINED";

	private final UltraCartLoginService loginService;

	private final PendingLoginRepository pendingLoginRepository;

	private final LoginSessions sessions;

	private final LoginLoopBreaker loopBreaker;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private SecurityContextRepository securityContextRepository = new RequestAttributeSecurityContextRepository();

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	/**
	 * Creates a filter.
	 * @param callbackMatcher matches the callback
	 * @param loginService completes logins
	 * @param pendingLoginRepository stores pending logins
	 * @param sessions stores and revokes SSO sessions
	 * @param loopBreaker counts the callbacks of a browser
	 */
	public UltraCartLoginAuthenticationFilter(RequestMatcher callbackMatcher, UltraCartLoginService loginService,
			PendingLoginRepository pendingLoginRepository, LoginSessions sessions, LoginLoopBreaker loopBreaker) {
		super(callbackMatcher);
		setAuthenticationSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler());
		Assert.notNull(loginService, "loginService cannot be null");
		Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
		Assert.notNull(sessions, "sessions cannot be null");
		Assert.notNull(loopBreaker, "loopBreaker cannot be null");
		this.loginService = loginService;
		this.pendingLoginRepository = pendingLoginRepository;
		this.sessions = sessions;
		this.loopBreaker = loopBreaker;
	}

	/**
	 * Sets the publisher of authentication events: one for each login that succeeds or
	 * fails. By default, no events are published.
	 * @param authenticationEventPublisher the event publisher
	 */
	public void setAuthenticationEventPublisher(AuthenticationEventPublisher authenticationEventPublisher) {
		Assert.notNull(authenticationEventPublisher, "authenticationEventPublisher cannot be null");
		this.authenticationEventPublisher = authenticationEventPublisher;
	}

	@Override
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		super.setSecurityContextHolderStrategy(securityContextHolderStrategy);
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	@Override
	public void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		super.setSecurityContextRepository(securityContextRepository);
		this.securityContextRepository = securityContextRepository;
	}

	/**
	 * Sets the handler of completed logins. The user is signed in before it is called,
	 * and stays signed in if it fails.
	 * @param successHandler the success handler
	 */
	@Override
	public void setAuthenticationSuccessHandler(AuthenticationSuccessHandler successHandler) {
		Assert.notNull(successHandler, "successHandler cannot be null");
		super.setAuthenticationSuccessHandler((request, response, authentication) -> {
			request.removeAttribute(OBTAINED_ATTRIBUTE);
			successHandler.onAuthenticationSuccess(request, response, authentication);
		});
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		// a success handler may forward, and the forward passes this filter again
		if (!requiresAuthentication(httpRequest, httpResponse)) {
			chain.doFilter(request, response);
			return;
		}
		// before anything commits the response
		this.loopBreaker.remember(httpRequest, httpResponse);
		try {
			super.doFilter(request, response, chain);
		}
		catch (RuntimeException ex) {
			if (obtained(httpRequest) == null || response.isCommitted()) {
				throw ex;
			}
			clearStoredContext(httpRequest, httpResponse);
			unsuccessfulAuthentication(httpRequest, httpResponse, new UltraCartLoginServiceException(
					UltraCartLoginError.UNAVAILABLE, "The application failed to sign the user in", ex));
		}
		finally {
			ObtainedLogin obtained = obtained(httpRequest);
			if (obtained != null) {
				httpRequest.removeAttribute(OBTAINED_ATTRIBUTE);
				this.sessions.discard(obtained.ssoSession(), httpRequest, httpResponse);
				SessionRegistrations.takeBack(httpRequest, this.securityContextRepository, this.eventPublisher);
			}
		}
	}

	/**
	 * Undoes what a login may have stored before it failed.
	 */
	private void clearStoredContext(HttpServletRequest request, HttpServletResponse response) {
		try {
			this.securityContextRepository.saveContext(this.securityContextHolderStrategy.createEmptyContext(), request,
					response);
		}
		catch (RuntimeException ex) {
			this.logger.warn("The security context of a failed login could not be removed", ex);
		}
	}

	private static @Nullable ObtainedLogin obtained(HttpServletRequest request) {
		return (ObtainedLogin) request.getAttribute(OBTAINED_ATTRIBUTE);
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws AuthenticationException, IOException, ServletException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Referrer-Policy", "no-referrer");
		UltraCartCallback callback = UltraCartCallback.of(request::getParameterValues);
		PendingLogin pendingLogin = this.pendingLoginRepository.removePendingLogin(callback.state(), request, response);
		if (pendingLogin == null || !this.loginService.accept(pendingLogin)) {
			return repeated(callback, request, response);
		}
		SsoSession obtained = this.loginService.exchange(callback, pendingLogin, request.getRemoteAddr());
		// from here on, every failure revokes it
		request.setAttribute(OBTAINED_ATTRIBUTE, new ObtainedLogin(obtained, pendingLogin));
		this.loginService.check(obtained);
		UltraCartRequestCache.setTarget(request, pendingLogin.target());
		Authentication result = getAuthenticationManager().authenticate(attempt(request, obtained));
		SsoSession ssoSession = this.loginService.signedIn(obtained, result);
		request.setAttribute(OBTAINED_ATTRIBUTE, new ObtainedLogin(ssoSession, pendingLogin));
		this.sessions.prepare(result, this.securityContextHolderStrategy, request, response);
		return result;
	}

	/**
	 * Redirects a browser that repeats the callback of a completed login to the target of
	 * that login. There is no code left to exchange.
	 */
	private @Nullable Authentication repeated(UltraCartCallback callback, HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		if (this.securityContextHolderStrategy.getContext()
			.getAuthentication() instanceof UltraCartAuthenticationToken current) {
			PendingLogin completed = this.loginService.findCompleted(callback, current.getPrincipal());
			if (completed != null) {
				UltraCartRequestCache.setTarget(request, completed.target());
				getSuccessHandler().onAuthenticationSuccess(request, response, current);
				return null;
			}
		}
		throw new UltraCartLoginException(UltraCartLoginError.UNKNOWN_STATE,
				"The state of the callback belongs to no pending login of this browser: the login has been completed,"
						+ " its cookie was not sent, or the callback is forged");
	}

	private UltraCartLoginAuthenticationToken attempt(HttpServletRequest request, @Nullable SsoSession ssoSession) {
		UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken(
				this.loginService.registrationId(), (ssoSession != null) ? ssoSession.simpleKey() : null);
		attempt.setDetails(this.authenticationDetailsSource.buildDetails(request));
		return attempt;
	}

	@Override
	protected void successfulAuthentication(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			Authentication authResult) throws IOException, ServletException {
		SessionRegistrations.made(request);
		ObtainedLogin obtained = obtained(request);
		Assert.state(obtained != null, "A login was completed without a key");
		SsoSession stored = this.sessions.save(obtained.ssoSession(), request, response);
		this.loginService.complete(obtained.pendingLogin(), stored, authResult);
		Authentication bound = this.loginService.bind(authResult, stored);
		this.authenticationEventPublisher.publishAuthenticationSuccess(bound);
		super.successfulAuthentication(request, response, chain, bound);
	}

	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failed) throws IOException, ServletException {
		this.authenticationEventPublisher.publishAuthenticationFailure(UltraCartLoginException.publishable(failed),
				attempt(request, null));
		super.unsuccessfulAuthentication(request, response, failed);
	}

	/**
	 * Login whose code has been exchanged and that is not completed yet.
	 */
	private record ObtainedLogin(SsoSession ssoSession, PendingLogin pendingLogin) {

	}

}
