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
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.login.CallbackTurn;
import io.github.ultracartsso.login.CompletedLogin;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.login.UltraCartCallback;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.session.SsoSession;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
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
 * them. If the HTTP session belongs to another user, it is replaced by a new one. If it
 * belongs to the same user, the new key replaces the old one, which is revoked.
 * <p>
 * A login succeeds when the response is committed, because a session store may write the
 * session only then. Whatever fails before that is a failed login: the key is revoked,
 * the HTTP session ends, and the failure handler responds. The filter publishes the
 * outcome after that, not the authentication manager. A listener of a success can no
 * longer prevent the login.
 * <p>
 * The callbacks of one browser are completed one after another. If another tab has signed
 * the user in since a login began, that login is redirected to its target without an
 * exchange.
 *
 * @since 0.1
 */
public final class UltraCartLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private final TabRedirects tabRedirects = new TabRedirects();

	private final UltraCartLoginService loginService;

	private final PendingLoginRepository pendingLoginRepository;

	private final LoginSessions sessions;

	private final LoginLoopBreaker loopBreaker;

	private @Nullable KnownBrowsers knownBrowsers;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	private ApplicationEventPublisher applicationEventPublisher = (event) -> {
	};

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private SecurityContextRepository securityContextRepository = new RequestAttributeSecurityContextRepository();

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
	 * Sets what recognizes and remembers browsers in which a login has been completed. By
	 * default all browsers are new.
	 * @param knownBrowsers remembers browsers
	 */
	public void setKnownBrowsers(KnownBrowsers knownBrowsers) {
		Assert.notNull(knownBrowsers, "knownBrowsers cannot be null");
		this.knownBrowsers = knownBrowsers;
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

	/**
	 * Sets what observes the callback of each login, as {@code ultracart.sso.login}. By
	 * default nothing does.
	 * @param observationRegistry the observation registry
	 */
	public void setObservationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "observationRegistry cannot be null");
		this.observationRegistry = observationRegistry;
	}

	@Override
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		super.setSecurityContextHolderStrategy(securityContextHolderStrategy);
		this.tabRedirects.setSecurityContextHolderStrategy(securityContextHolderStrategy);
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	@Override
	public void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		super.setSecurityContextRepository(securityContextRepository);
		this.securityContextRepository = securityContextRepository;
	}

	/**
	 * Sets the publisher of an {@link InteractiveAuthenticationSuccessEvent} for each
	 * completed login. By default, none is published.
	 */
	@Override
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		// not passed on: the superclass publishes before the success handler is called
		this.applicationEventPublisher = eventPublisher;
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
		LoginObservation observation = new LoginObservation(this.observationRegistry, LoginObservation.CALLBACK);
		try (LoginAttempt attempt = LoginAttempt.begin(request, observation)) {
			complete(attempt, httpRequest, httpResponse, chain);
		}
	}

	private void complete(LoginAttempt attempt, HttpServletRequest request, HttpServletResponse response,
			FilterChain chain) throws IOException, ServletException {
		boolean done = false;
		try {
			super.doFilter(request, response, chain);
			if (attempt.authentication != null) {
				// a session store may write the session only now, and may fail
				response.flushBuffer();
			}
			done = true;
		}
		catch (RuntimeException | IOException | ServletException ex) {
			if (response.isCommitted()) {
				done = true;
				throw ex;
			}
			unsuccessfulAuthentication(request, response, new UltraCartLoginServiceException(
					UltraCartLoginError.UNAVAILABLE, "The application failed to sign the user in", ex));
		}
		finally {
			if (done && attempt.authentication != null) {
				signedIn(attempt, attempt.authentication);
			}
			else {
				discard(attempt, request, response);
			}
		}
	}

	private void discard(LoginAttempt attempt, HttpServletRequest request, HttpServletResponse response) {
		SsoSession obtained = attempt.ssoSession;
		attempt.ssoSession = null;
		if (obtained != null) {
			this.sessions.discard(obtained, request, response);
			SessionRegistrations.takeBack(request, this.securityContextRepository, this.applicationEventPublisher);
		}
	}

	/**
	 * Publishes a login when nothing can fail any more: the session is stored, and the
	 * browser has its response.
	 */
	private void signedIn(LoginAttempt attempt, Authentication authentication) {
		if (attempt.pendingLogin != null && attempt.ssoSession != null) {
			PendingLogin pendingLogin = attempt.pendingLogin;
			SsoSession ssoSession = attempt.ssoSession;
			publish(() -> this.loginService.complete(pendingLogin, ssoSession, authentication));
		}
		attempt.observation.succeeded();
		if (attempt.turn != null) {
			attempt.turn.signedIn();
		}
		publish(() -> this.authenticationEventPublisher.publishAuthenticationSuccess(authentication));
		publish(() -> this.applicationEventPublisher
			.publishEvent(new InteractiveAuthenticationSuccessEvent(authentication, getClass())));
	}

	private void publish(Runnable publication) {
		try {
			publication.run();
		}
		catch (RuntimeException ex) {
			this.logger.error("A listener failed after a login; the user is signed in nevertheless", ex);
		}
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws AuthenticationException, IOException, ServletException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Referrer-Policy", "no-referrer");
		LoginAttempt current = LoginAttempt.of(request);
		UltraCartCallback callback = readCallback(request, response);
		CallbackTurn turn = takeTurn(callback, request);
		current.turn = turn;
		if (this.tabRedirects.repeatIfOvertaken(turn, current.arrivedAt, request, response)) {
			return null;
		}
		PendingLogin pendingLogin = this.pendingLoginRepository.removePendingLogin(callback.state(), request, response);
		if (pendingLogin != null) {
			current.observation.login(pendingLogin);
		}
		if (pendingLogin != null && this.tabRedirects.redirectIfSignedIn(pendingLogin, request, response)) {
			this.loginService.overtaken(pendingLogin);
			return null;
		}
		this.loopBreaker.remember(request, response, (pendingLogin != null) ? pendingLogin.startedAt() : null);
		if (pendingLogin == null || !this.loginService.accept(pendingLogin)) {
			return repeated(callback, request, response);
		}
		current.pendingLogin = pendingLogin;
		return authenticate(current, callback, pendingLogin, request, response);
	}

	private CallbackTurn takeTurn(UltraCartCallback callback, HttpServletRequest request) {
		List<PendingLogin> pendingLogins = (this.pendingLoginRepository instanceof CookiePendingLoginRepository cookies)
				? cookies.pendingLogins(request) : List.of();
		return this.loginService.takeTurn(callback, pendingLogins, request.getRequestedSessionId(),
				request.isRequestedSessionIdValid());
	}

	private UltraCartCallback readCallback(HttpServletRequest request, HttpServletResponse response) {
		try {
			return UltraCartCallback.of(request::getParameterValues);
		}
		catch (UltraCartLoginException ex) {
			this.loopBreaker.remember(request, response, null);
			throw ex;
		}
	}

	private Authentication authenticate(LoginAttempt current, UltraCartCallback callback, PendingLogin pendingLogin,
			HttpServletRequest request, HttpServletResponse response) {
		SsoSession obtained = this.loginService.exchange(callback, pendingLogin, browser(request));
		// from here on, every failure revokes it
		current.ssoSession = obtained;
		this.loginService.check(obtained);
		UltraCartRequestCache.setTarget(request, (pendingLogin.target() != null) ? pendingLogin.target().url() : null);
		Authentication result = getAuthenticationManager().authenticate(attempt(request, obtained));
		current.ssoSession = this.loginService.signedIn(obtained, result);
		this.sessions.prepare(result, this.securityContextHolderStrategy, request, response);
		return result;
	}

	private StartingBrowser browser(HttpServletRequest request) {
		return (this.knownBrowsers != null) ? this.knownBrowsers.browser(request)
				: new StartingBrowser(request.getRemoteAddr(), null);
	}

	/**
	 * Redirects a browser that repeats the callback of a completed login to the target of
	 * that login. There is no code left to exchange.
	 */
	private @Nullable Authentication repeated(UltraCartCallback callback, HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		if (this.securityContextHolderStrategy.getContext()
			.getAuthentication() instanceof UltraCartAuthenticationToken current) {
			CompletedLogin completed = this.loginService.findCompleted(callback, current.getPrincipal());
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
		LoginAttempt current = LoginAttempt.of(request);
		SsoSession obtained = current.ssoSession;
		Assert.state(obtained != null, "A login was completed without a key");
		SsoSession stored = this.sessions.save(obtained, request, response);
		current.ssoSession = stored;
		current.authentication = this.loginService.bind(authResult, stored);
		if (this.knownBrowsers != null) {
			this.knownBrowsers.remember(request, response);
		}
		super.successfulAuthentication(request, response, chain, current.authentication);
	}

	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failed) throws IOException, ServletException {
		LoginAttempt current = LoginAttempt.of(request);
		current.observation.failed(failed);
		UltraCartLoginAuthenticationToken attempt = attempt(request, null);
		if (current.authentication != null) {
			current.authentication = null;
			clearStoredContext(request, response);
			discard(current, request, response);
			// last: whatever asked for the session again would have it stored again
			this.sessions.end(request);
		}
		this.authenticationEventPublisher.publishAuthenticationFailure(UltraCartLoginException.publishable(failed),
				attempt);
		super.unsuccessfulAuthentication(request, response, failed);
	}

	/**
	 * Removes the user from a repository that does not use the HTTP session.
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

}
