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
import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.UltraCartCallback;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.web.session.SsoSessionEnd;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
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
 * Completes a login: takes the pending login of the callback's state, exchanges the code
 * for the user's key, authenticates the key and keeps the SSO session.
 * <p>
 * A state is accepted once and a code exchanged once, however many requests bring them.
 * If anything fails after the exchange, the key is revoked. A login as another user than
 * the session's begins a fresh session; one as the same user replaces the key, and the
 * old one is revoked.
 * <p>
 * The filter, not the authentication manager, publishes the outcome: only here is it
 * known whether a login started, and whether the session control accepted it.
 *
 * @since 0.1
 */
public final class UltraCartLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private static final String OBTAINED_ATTRIBUTE = UltraCartLoginAuthenticationFilter.class.getName() + ".OBTAINED";

	private final UltraCartLoginService loginService;

	private final PendingLoginRepository pendingLoginRepository;

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionRevoker revoker;

	private final LoginLoopBreaker loopBreaker;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private SecurityContextRepository securityContextRepository = new RequestAttributeSecurityContextRepository();

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	/**
	 * Creates a filter.
	 * @param callbackMatcher matches the callback
	 * @param loginService completes logins
	 * @param pendingLoginRepository where the login is remembered
	 * @param sessions where the SSO session is kept, and what revokes keys that are not
	 * kept
	 * @param loopBreaker counts how often the browser comes back
	 */
	public UltraCartLoginAuthenticationFilter(RequestMatcher callbackMatcher, UltraCartLoginService loginService,
			PendingLoginRepository pendingLoginRepository, Sessions sessions, LoginLoopBreaker loopBreaker) {
		super(callbackMatcher);
		setAuthenticationSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler());
		Assert.notNull(loginService, "loginService cannot be null");
		Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
		Assert.notNull(sessions, "sessions cannot be null");
		Assert.notNull(loopBreaker, "loopBreaker cannot be null");
		this.loginService = loginService;
		this.pendingLoginRepository = pendingLoginRepository;
		this.ssoSessionRepository = sessions.ssoSessionRepository();
		this.revoker = sessions.revoker();
		this.loopBreaker = loopBreaker;
	}

	/**
	 * Sets the publisher of one event for each login, whether it succeeded or failed. By
	 * default none is published.
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
	 * Sets the handler of completed logins. When it is called the user is signed in, and
	 * stays so if it fails.
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
		// a success handler may forward, and the forward comes through here again
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
			this.securityContextRepository.saveContext(this.securityContextHolderStrategy.createEmptyContext(),
					httpRequest, httpResponse);
			unsuccessfulAuthentication(httpRequest, httpResponse, new UltraCartLoginServiceException(
					UltraCartLoginError.UNAVAILABLE, "The application failed to sign the user in", ex));
		}
		finally {
			revokeUnlessCompleted(httpRequest, httpResponse);
		}
	}

	private static @Nullable ObtainedLogin obtained(HttpServletRequest request) {
		return (ObtainedLogin) request.getAttribute(OBTAINED_ATTRIBUTE);
	}

	private void revokeUnlessCompleted(HttpServletRequest request, HttpServletResponse response) {
		ObtainedLogin obtained = obtained(request);
		if (obtained == null) {
			return;
		}
		request.removeAttribute(OBTAINED_ATTRIBUTE);
		this.revoker.revokeFailedLogin(obtained.ssoSession());
		try {
			if (obtained.ssoSession().equals(this.ssoSessionRepository.loadSsoSession(request))) {
				this.ssoSessionRepository.removeSsoSession(request, response);
			}
		}
		catch (RuntimeException ex) {
			this.logger.warn("The SSO session of a login that failed is revoked, but could not be removed", ex);
		}
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
		if (!(result.getPrincipal() instanceof UltraCartUser user)) {
			leaveOtherUser(request, response, result);
			return result;
		}
		SsoSession ssoSession = this.loginService.signedIn(obtained, user);
		request.setAttribute(OBTAINED_ATTRIBUTE, new ObtainedLogin(ssoSession, pendingLogin));
		leaveOtherUser(request, response, result);
		return this.loginService.bind(result, ssoSession);
	}

	/**
	 * Sends a browser that repeats the callback of a completed login on to where that
	 * login led. There is nothing left to exchange.
	 */
	private @Nullable Authentication repeated(UltraCartCallback callback, HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		Authentication current = this.securityContextHolderStrategy.getContext().getAuthentication();
		PendingLogin completed = (current instanceof UltraCartAuthenticationToken token)
				? this.loginService.findCompleted(callback, token.getPrincipal()) : null;
		if (completed == null || current == null) {
			throw new UltraCartLoginException(UltraCartLoginError.UNKNOWN_STATE,
					"The state of the callback belongs to no login of this browser session: the login was completed"
							+ " before, its session cookie did not come back, or the callback is forged");
		}
		UltraCartRequestCache.setTarget(request, completed.target());
		getSuccessHandler().onAuthenticationSuccess(request, response, current);
		return null;
	}

	private UltraCartLoginAuthenticationToken attempt(HttpServletRequest request, @Nullable SsoSession ssoSession) {
		UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken(
				UltraCartUser.DEFAULT_REGISTRATION_ID, (ssoSession != null) ? ssoSession.simpleKey() : null);
		attempt.setDetails(this.authenticationDetailsSource.buildDetails(request));
		return attempt;
	}

	/**
	 * Begins a fresh session where another user has signed in, and drops what an earlier
	 * login of the same user was granted, which would survive where Spring Security joins
	 * the authorities of several logins.
	 */
	private void leaveOtherUser(HttpServletRequest request, HttpServletResponse response, Authentication result) {
		// the guard knows whose session this is once the context is asked for
		Authentication current = this.securityContextHolderStrategy.getContext().getAuthentication();
		if (SsoSessionEnd.isForeign(request)) {
			requireOwner(request, result);
			return;
		}
		if (current == null) {
			return;
		}
		if (isSameUser(current, result)) {
			dropEarlierGrants(request, current);
			return;
		}
		HttpSession session = request.getSession(false);
		if (session != null) {
			SsoSession previous = this.ssoSessionRepository.loadSsoSession(request);
			this.ssoSessionRepository.removeSsoSession(request, response);
			session.invalidate();
			if (previous != null) {
				this.revoker.revoke(previous);
			}
		}
		this.securityContextHolderStrategy.clearContext();
	}

	/**
	 * The session belongs to a user at another address. Only that user may go on with it
	 * from here.
	 */
	private void requireOwner(HttpServletRequest request, Authentication result) {
		SsoSession owned = this.ssoSessionRepository.loadSsoSession(request);
		if (owned == null || !(result.getPrincipal() instanceof UltraCartUser user) || !owned.isOf(user)) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH,
					"The browser session belongs to a user who signed in from another address");
		}
	}

	private void dropEarlierGrants(HttpServletRequest request, Authentication current) {
		UltraCartUser earlier = earlierUser(request, current);
		if (earlier != null) {
			SecurityContext context = this.securityContextHolderStrategy.createEmptyContext();
			context.setAuthentication(UltraCartFactor.withoutGrantsOf(current, earlier));
			this.securityContextHolderStrategy.setContext(context);
		}
	}

	private @Nullable UltraCartUser earlierUser(HttpServletRequest request, Authentication current) {
		if (current.getPrincipal() instanceof UltraCartUser user) {
			return user;
		}
		SsoSession earlier = this.ssoSessionRepository.loadSsoSession(request);
		return (earlier != null) ? earlier.user() : null;
	}

	private static boolean isSameUser(Authentication current, Authentication result) {
		return (current.getPrincipal() instanceof UltraCartUser user) ? user.equals(result.getPrincipal())
				: current.getName().equals(result.getName());
	}

	@Override
	protected void successfulAuthentication(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			Authentication authResult) throws IOException, ServletException {
		SsoSession previous = keepSsoSession(request, response, authResult);
		try {
			this.authenticationEventPublisher.publishAuthenticationSuccess(authResult);
			super.successfulAuthentication(request, response, chain, authResult);
		}
		finally {
			if (previous != null) {
				this.revoker.revoke(previous);
			}
		}
	}

	private @Nullable SsoSession keepSsoSession(HttpServletRequest request, HttpServletResponse response,
			Authentication authResult) {
		SsoSession previous = this.ssoSessionRepository.loadSsoSession(request);
		ObtainedLogin obtained = obtained(request);
		Assert.state(obtained != null, "A login was completed without a key");
		SsoSession ssoSession = obtained.ssoSession();
		this.ssoSessionRepository.saveSsoSession(ssoSession, request, response);
		if (authResult.getPrincipal() instanceof UltraCartUser user) {
			this.loginService.complete(obtained.pendingLogin(), ssoSession, user);
		}
		return (previous != null && !previous.hasSameKey(ssoSession)) ? previous : null;
	}

	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failed) throws IOException, ServletException {
		this.authenticationEventPublisher.publishAuthenticationFailure(UltraCartLoginException.publishable(failed),
				attempt(request, null));
		super.unsuccessfulAuthentication(request, response, failed);
	}

	/**
	 * Where the SSO session is kept, and what revokes keys that are not kept.
	 *
	 * @param ssoSessionRepository where the SSO session is kept
	 * @param revoker revokes keys
	 */
	public record Sessions(SsoSessionRepository ssoSessionRepository, SsoSessionRevoker revoker) {

		/**
		 * Creates the pair.
		 * @param ssoSessionRepository the repository, not {@code null}
		 * @param revoker the revoker, not {@code null}
		 */
		public Sessions {
			Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
			Assert.notNull(revoker, "revoker cannot be null");
		}

	}

	/**
	 * Login whose code is exchanged, until it is completed.
	 */
	private record ObtainedLogin(SsoSession ssoSession, PendingLogin pendingLogin) {

	}

}
