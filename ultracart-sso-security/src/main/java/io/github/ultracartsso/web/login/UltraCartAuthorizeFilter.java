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
import java.util.function.Function;

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.login.BaseUrl;
import io.github.ultracartsso.login.BegunLogin;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.web.ApplicationUrl;
import io.github.ultracartsso.web.LocalRequestMatcher;
import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.PrefetchRequestMatcher;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Starts a login: requests a login URL from UltraCart, stores the pending login and
 * redirects the browser to UltraCart.
 * <p>
 * Each start costs a call, so only a navigation to the start URL starts a login. A
 * prefetch or a script gets a 4xx, without a call and without a session. A browser in a
 * redirect loop is redirected to the sign-in page. A user who has signed in since their
 * request was rejected, as in another tab, is redirected to their target without a call.
 *
 * @since 0.1
 */
public final class UltraCartAuthorizeFilter extends OncePerRequestFilter {

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final RequestMatcher prefetch = new PrefetchRequestMatcher();

	private final RequestMatcher local = LocalRequestMatcher.sameMachine();

	private final WebAuthenticationDetailsSource detailsSource = new WebAuthenticationDetailsSource();

	private final RequestMatcher startMatcher;

	private final UltraCartLoginService loginService;

	private final PendingLoginRepository pendingLoginRepository;

	private final ReturnTargets returnTargets;

	private final LoginLoopBreaker loopBreaker;

	private Function<HttpServletRequest, StartingBrowser> browsers = (request) -> new StartingBrowser(
			request.getRemoteAddr(), null);

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	private ObservationRegistry observationRegistry = ObservationRegistry.NOOP;

	private AuthenticationFailureHandler loopHandler = new UltraCartAuthenticationFailureHandler("/login");

	private AuthenticationFailureHandler failureHandler = this.loopHandler;

	/**
	 * Creates a filter.
	 * @param startMatcher matches the start URL with any method
	 * @param loginService begins logins
	 * @param pendingLoginRepository stores pending logins
	 * @param returnTargets decrypts the target of a login
	 * @param loopBreaker detects redirect loops
	 */
	public UltraCartAuthorizeFilter(RequestMatcher startMatcher, UltraCartLoginService loginService,
			PendingLoginRepository pendingLoginRepository, ReturnTargets returnTargets, LoginLoopBreaker loopBreaker) {
		Assert.notNull(startMatcher, "startMatcher cannot be null");
		Assert.notNull(loginService, "loginService cannot be null");
		Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
		Assert.notNull(returnTargets, "returnTargets cannot be null");
		Assert.notNull(loopBreaker, "loopBreaker cannot be null");
		this.startMatcher = startMatcher;
		this.loginService = loginService;
		this.pendingLoginRepository = pendingLoginRepository;
		this.returnTargets = returnTargets;
		this.loopBreaker = loopBreaker;
	}

	/**
	 * Sets where the security context of the request is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Sets what recognizes browsers in which a login has been completed before. By
	 * default all browsers are new.
	 * @param knownBrowsers recognizes browsers
	 */
	public void setKnownBrowsers(KnownBrowsers knownBrowsers) {
		Assert.notNull(knownBrowsers, "knownBrowsers cannot be null");
		this.browsers = knownBrowsers::browser;
	}

	/**
	 * Sets the publisher of authentication events: one for each login that cannot be
	 * started. By default, no events are published.
	 * @param authenticationEventPublisher the event publisher
	 */
	public void setAuthenticationEventPublisher(AuthenticationEventPublisher authenticationEventPublisher) {
		Assert.notNull(authenticationEventPublisher, "authenticationEventPublisher cannot be null");
		this.authenticationEventPublisher = authenticationEventPublisher;
	}

	/**
	 * Sets what observes the start of each login, as {@code ultracart.sso.login}. By
	 * default nothing does.
	 * @param observationRegistry the observation registry
	 */
	public void setObservationRegistry(ObservationRegistry observationRegistry) {
		Assert.notNull(observationRegistry, "observationRegistry cannot be null");
		this.observationRegistry = observationRegistry;
	}

	/**
	 * Sets the handler of logins that could not be started. Defaults to a redirect to
	 * {@code /login}.
	 * @param failureHandler the failure handler
	 */
	public void setAuthenticationFailureHandler(AuthenticationFailureHandler failureHandler) {
		Assert.notNull(failureHandler, "failureHandler cannot be null");
		this.failureHandler = failureHandler;
	}

	/**
	 * Sets the sign-in page, where a redirect loop ends. Defaults to {@code /login}. The
	 * failure handler is not called for a loop, because it may be the cause.
	 * @param loginPage a URL relative to the context path
	 */
	public void setLoginPage(String loginPage) {
		this.loopHandler = new UltraCartAuthenticationFailureHandler(loginPage);
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
		ReturnTarget target = this.returnTargets.findTarget(request.getParameter(ReturnTargets.PARAMETER));
		if (!HttpMethod.GET.matches(request.getMethod())) {
			response.setHeader(HttpHeaders.ALLOW, HttpMethod.GET.name());
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
		}
		else if (this.prefetch.matches(request) || !this.navigation.matches(request) || isFramed(request)) {
			response.setStatus(HttpStatus.BAD_REQUEST.value());
		}
		else if (this.loopBreaker.breakLoop(request, response)) {
			fail(request, response,
					new UltraCartLoginException(UltraCartLoginError.SESSION_ENDED, "The browser is in a redirect loop"),
					this.loopHandler);
		}
		else if (target != null && UltraCartFactor.isIssuedSince(authentication(), target.signedInSince())) {
			// a page to which the user is unknown nevertheless would be a loop
			this.loopBreaker.remember(request, response, target.requestedAt());
			this.redirectStrategy.sendRedirect(request, response, target.url());
		}
		else {
			start(target, request, response);
		}
	}

	/**
	 * A page of another site can load the start URL in a frame as often as it wants.
	 */
	private static boolean isFramed(HttpServletRequest request) {
		String destination = request.getHeader("Sec-Fetch-Dest");
		return destination != null && !destination.equals("document");
	}

	private void start(@Nullable ReturnTarget target, HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		try (LoginObservation observation = new LoginObservation(this.observationRegistry, LoginObservation.START)) {
			try {
				BaseUrl baseUrl = new BaseUrl(ApplicationUrl.baseUrl(request), this.local.matches(request));
				BegunLogin login = this.loginService.begin(baseUrl, this.browsers.apply(request), target);
				observation.login(login.pendingLogin());
				this.pendingLoginRepository.savePendingLogin(login.pendingLogin(), request, response);
				response.setStatus(HttpStatus.FOUND.value());
				response.setHeader(HttpHeaders.LOCATION, login.loginUrl());
				observation.succeeded();
			}
			catch (UltraCartLoginException ex) {
				observation.failed(ex);
				fail(request, response, ex, this.failureHandler);
			}
		}
	}

	private @Nullable Authentication authentication() {
		return this.securityContextHolderStrategy.getContext().getAuthentication();
	}

	private void fail(HttpServletRequest request, HttpServletResponse response, UltraCartLoginException ex,
			AuthenticationFailureHandler handler) throws ServletException, IOException {
		UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken(
				this.loginService.registrationId());
		attempt.setDetails(this.detailsSource.buildDetails(request));
		this.authenticationEventPublisher.publishAuthenticationFailure(ex, attempt);
		handler.onAuthenticationFailure(request, response, ex);
	}

}
