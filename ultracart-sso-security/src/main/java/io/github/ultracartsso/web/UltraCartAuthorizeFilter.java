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

package io.github.ultracartsso.web;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

import io.github.ultracartsso.authentication.PendingLogin;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.web.ReturnTargets.ReturnTarget;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Starts a login: asks UltraCart for a login URL, remembers the login as pending, and
 * sends the browser there.
 * <p>
 * Since each start costs a call, only a person going to the start URL is served, as long
 * as the {@linkplain #setStartBudget budget} lasts; a prefetch or a script gets a 4xx
 * without a call and without a session. A browser that has come back from UltraCart five
 * times within a minute is not sent there again, but to the sign-in page.
 *
 * @since 0.1
 */
public final class UltraCartAuthorizeFilter extends OncePerRequestFilter {

	private static final Duration MAX_PENDING_AGE = Duration.ofMinutes(10);

	private static final int STATE_BYTES = 32;

	private final SecureRandom random = new SecureRandom();

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final RequestMatcher prefetch = new PrefetchRequestMatcher();

	private final WebAuthenticationDetailsSource detailsSource = new WebAuthenticationDetailsSource();

	private final RequestMatcher startMatcher;

	private final UltraCartSsoClient client;

	private final PendingLoginRepository pendingLoginRepository;

	private final RedirectUris redirectUris;

	private final LoginUrls loginUrls;

	private final ReturnTargets returnTargets;

	private final AuthenticationFailureHandler failureHandler;

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	private LoginStartBudget startBudget = new LoginStartBudget();

	private String loginPage = "/login";

	private Clock clock = Clock.systemUTC();

	private LoginLoopBreaker loopBreaker = new LoginLoopBreaker(this.clock);

	/**
	 * Creates a filter.
	 * @param startMatcher matches the start URL, whatever the method
	 * @param client calls UltraCart
	 * @param pendingLoginRepository where the login is remembered
	 * @param redirectUris makes the redirect URI
	 * @param loginUrls tells where the browser may be sent
	 * @param returnTargets finds where the user wanted to go
	 * @param failureHandler answers when no login can be started
	 */
	public UltraCartAuthorizeFilter(RequestMatcher startMatcher, UltraCartSsoClient client,
			PendingLoginRepository pendingLoginRepository, RedirectUris redirectUris, LoginUrls loginUrls,
			ReturnTargets returnTargets, AuthenticationFailureHandler failureHandler) {
		Assert.notNull(startMatcher, "startMatcher cannot be null");
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
		Assert.notNull(redirectUris, "redirectUris cannot be null");
		Assert.notNull(loginUrls, "loginUrls cannot be null");
		Assert.notNull(returnTargets, "returnTargets cannot be null");
		Assert.notNull(failureHandler, "failureHandler cannot be null");
		this.startMatcher = startMatcher;
		this.client = client;
		this.pendingLoginRepository = pendingLoginRepository;
		this.redirectUris = redirectUris;
		this.loginUrls = loginUrls;
		this.returnTargets = returnTargets;
		this.failureHandler = failureHandler;
	}

	/**
	 * Sets who is told that a login could not be started. Defaults to nobody.
	 * @param authenticationEventPublisher the event publisher
	 */
	public void setAuthenticationEventPublisher(AuthenticationEventPublisher authenticationEventPublisher) {
		Assert.notNull(authenticationEventPublisher, "authenticationEventPublisher cannot be null");
		this.authenticationEventPublisher = authenticationEventPublisher;
	}

	/**
	 * Sets what bounds how many logins are started. Defaults to a budget of this filter's
	 * own.
	 * @param startBudget the budget
	 */
	public void setStartBudget(LoginStartBudget startBudget) {
		Assert.notNull(startBudget, "startBudget cannot be null");
		this.startBudget = startBudget;
	}

	/**
	 * Sets the sign-in page, where a browser ends up that is sent round in circles
	 * through one login after the other. Defaults to {@code /login}.
	 * @param loginPage a URL relative to the context path
	 */
	public void setLoginPage(String loginPage) {
		Assert.hasText(loginPage, "loginPage cannot be empty");
		this.loginPage = loginPage;
	}

	/**
	 * Sets the clock that tells when a pending login is too old. Defaults to the
	 * system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.loopBreaker = new LoginLoopBreaker(clock);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.startMatcher.matches(request)) {
			chain.doFilter(request, response);
			return;
		}
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Referrer-Policy", "no-referrer");
		if (!HttpMethod.GET.matches(request.getMethod())) {
			response.setHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
		}
		else if (this.prefetch.matches(request) || !this.navigation.matches(request)) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
		}
		else if (this.loopBreaker.breakLoop(request, response)) {
			// not to the failure handler, which may be what sends the browser round
			fail(request, response,
					new UltraCartLoginException(UltraCartLoginError.SESSION_ENDED, "The browser goes round in circles"),
					new UltraCartAuthenticationFailureHandler(this.loginPage));
		}
		else {
			start(request, response);
		}
	}

	private void start(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
		try {
			String state = newState();
			SingleSignOnAuthorizeResponse answer = authorize(request, state);
			this.pendingLoginRepository.savePendingLogin(pendingLogin(state, answer, request), request, response);
			response.setStatus(HttpStatus.FOUND.value());
			response.setHeader(HttpHeaders.LOCATION, answer.loginUrl());
		}
		catch (UltraCartLoginException ex) {
			fail(request, response, ex, this.failureHandler);
		}
	}

	private void fail(HttpServletRequest request, HttpServletResponse response, UltraCartLoginException ex,
			AuthenticationFailureHandler handler) throws ServletException, IOException {
		UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken(
				UltraCartUser.DEFAULT_REGISTRATION_ID);
		attempt.setDetails(this.detailsSource.buildDetails(request));
		this.authenticationEventPublisher.publishAuthenticationFailure(ex, attempt);
		handler.onAuthenticationFailure(request, response, ex);
	}

	private SingleSignOnAuthorizeResponse authorize(HttpServletRequest request, String state) {
		String redirectUri = this.redirectUris.expand(request);
		if (redirectUri == null) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The redirect URI would not be an https URL, so the code could be overheard. Set an absolute redirect URI"
							+ " (ultracart.sso.redirect-uri), or, behind a proxy that ends TLS, have forwarded headers"
							+ " honoured (server.forward-headers-strategy)");
		}
		SingleSignOnAuthorizeResponse answer = authorizeWithinBudget(
				new SingleSignOnAuthorizeRequest(redirectUri, state));
		if (!this.loginUrls.isAllowed(answer.loginUrl())) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The login_url in the answer to ssoAuthorize is not https on an allowed host; if UltraCart has"
							+ " moved its login, add the host (ultracart.sso.allowed-login-hosts)");
		}
		return answer;
	}

	private SingleSignOnAuthorizeResponse authorizeWithinBudget(SingleSignOnAuthorizeRequest request) {
		LoginStartBudget.Start start = this.startBudget.take();
		if (start == null) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.BUSY,
					"ssoAuthorize is not called, because as many logins have been started within an hour as"
							+ " ultracart.sso.login.max-starts-per-hour allows");
		}
		try {
			return this.client.authorize(request);
		}
		catch (UltraCartApiException ex) {
			if (!ex.wasSent()) {
				this.startBudget.giveBack(start);
			}
			throw UltraCartLoginException.whileAuthorizing(ex);
		}
	}

	private PendingLogin pendingLogin(String state, SingleSignOnAuthorizeResponse answer, HttpServletRequest request) {
		ReturnTarget target = this.returnTargets.findTarget(request);
		return (target != null) ? new PendingLogin(state, expiry(answer), target.url(), target.afterSessionEnd())
				: new PendingLogin(state, expiry(answer), null, false);
	}

	private Instant expiry(SingleSignOnAuthorizeResponse answer) {
		Instant latest = this.clock.instant().plus(MAX_PENDING_AGE);
		return UltraCartDates.parse(answer.expirationDts()).filter((expiry) -> expiry.isBefore(latest)).orElse(latest);
	}

	private String newState() {
		byte[] state = new byte[STATE_BYTES];
		this.random.nextBytes(state);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(state);
	}

}
