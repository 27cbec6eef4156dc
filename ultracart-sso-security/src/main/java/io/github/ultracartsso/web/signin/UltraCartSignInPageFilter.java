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

package io.github.ultracartsso.web.signin;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiFunction;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.login.BaseUrl;
import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.web.ApplicationUrl;
import io.github.ultracartsso.web.LocalRequestMatcher;
import io.github.ultracartsso.web.RequestLocaleResolver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceAware;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the built-in sign-in page: a link that starts a login, with an explanation of an
 * {@code error} or a confirmation of a {@code logout}. The page never starts a login by
 * itself, has no script and loads no resources but a logo. Its texts have the codes
 * {@code ultracart.sso.sign-in.*} in the application's message source.
 *
 * @since 0.1
 */
public final class UltraCartSignInPageFilter extends OncePerRequestFilter implements MessageSourceAware {

	private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(30);

	private final AuthenticationTrustResolver trustResolver = new AuthenticationTrustResolverImpl();

	private final RequestMatcher pageMatcher;

	private final SignInPage page;

	private final RequestMatcher local = LocalRequestMatcher.sameMachine();

	private final RequestMatcher internal = LocalRequestMatcher.internalNetwork();

	private @Nullable RedirectUris redirectUris;

	private RequestLocaleResolver localeResolver = RequestLocaleResolver.ofContext();

	private boolean onlyErrors;

	private BiFunction<UltraCartLoginError, HttpServletRequest, Duration> retryAfter = (error,
			request) -> Duration.ZERO;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates a filter.
	 * @param pageMatcher matches the page
	 * @param startUrl the start URL of a login, relative to the context path
	 * @param defaultSuccessUrl the page that is offered to users who are already signed
	 * in, relative to the context path
	 */
	public UltraCartSignInPageFilter(RequestMatcher pageMatcher, String startUrl, String defaultSuccessUrl) {
		Assert.notNull(pageMatcher, "pageMatcher cannot be null");
		Assert.hasText(startUrl, "startUrl cannot be empty");
		Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
		this.pageMatcher = pageMatcher;
		this.page = new SignInPage(startUrl, defaultSuccessUrl);
	}

	/**
	 * Sets whether this filter serves the page only for errors of logins with UltraCart,
	 * because another filter serves the sign-in page of other login mechanisms at the
	 * same URL. Defaults to {@code false}.
	 * @param onlyErrors whether to leave all other requests to the other filter
	 */
	public void setOnlyErrors(boolean onlyErrors) {
		this.onlyErrors = onlyErrors;
	}

	/**
	 * Sets the function that returns how long logins are paused, for the
	 * {@code Retry-After} header of errors of UltraCart or the application. If it returns
	 * zero, the header is 30 seconds for {@link UltraCartLoginError#BUSY} and absent for
	 * other errors. By default it returns zero.
	 * @param retryAfter returns the remaining time for an error and the request of a
	 * browser
	 */
	public void setRetryAfter(BiFunction<UltraCartLoginError, HttpServletRequest, Duration> retryAfter) {
		Assert.notNull(retryAfter, "retryAfter cannot be null");
		this.retryAfter = retryAfter;
	}

	/**
	 * Sets the redirect URIs of logins, so that the page can explain that no login begins
	 * under the host of a request. By default, it says that UltraCart is not available.
	 * @param redirectUris the redirect URIs
	 */
	public void setRedirectUris(RedirectUris redirectUris) {
		Assert.notNull(redirectUris, "redirectUris cannot be null");
		this.redirectUris = redirectUris;
	}

	/**
	 * Sets what the page shows of the application. By default it shows neither a name nor
	 * a logo.
	 * @param settings the name and the logo
	 */
	public void setSettings(SignInPageSettings settings) {
		Assert.notNull(settings, "settings cannot be null");
		this.page.setSettings(settings);
	}

	/**
	 * Sets the source of the texts of the page. By default, and where it has no text of a
	 * code, the texts are English.
	 */
	@Override
	public void setMessageSource(MessageSource messageSource) {
		Assert.notNull(messageSource, "messageSource cannot be null");
		this.page.setMessageSource(messageSource);
	}

	/**
	 * Sets what determines the language of the texts. Defaults to
	 * {@link RequestLocaleResolver#ofContext()}.
	 * @param localeResolver the resolver
	 */
	public void setLocaleResolver(RequestLocaleResolver localeResolver) {
		Assert.notNull(localeResolver, "localeResolver cannot be null");
		this.localeResolver = localeResolver;
	}

	/**
	 * Sets the page on which users can sign in by other mechanisms of the chain. The page
	 * of this filter links to it. By default there is none.
	 * @param otherLoginPage a URL relative to the context path
	 */
	public void setOtherLoginPage(String otherLoginPage) {
		Assert.hasText(otherLoginPage, "otherLoginPage cannot be empty");
		this.page.setOtherLoginPage(otherLoginPage);
	}

	/**
	 * Sets the strategy that holds the security context. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		// parameters are read only for requests of the page, because reading them may
		// consume the body of others
		if (!isRead(request) || !this.pageMatcher.matches(request)
				|| (this.onlyErrors && UltraCartLoginError.ofCode(request.getParameter("error")).isEmpty())) {
			chain.doFilter(request, response);
			return;
		}
		String code = request.getParameter("error");
		if (code != null) {
			sendError(request, response, UltraCartLoginError.ofCode(code).orElse(null));
		}
		else if (request.getParameter("logout") != null) {
			send(request, response, SignInPage.notice(this.page.messages().signedOut(locale(request))));
		}
		else {
			send(request, response, SignInPage.introduction(this.page.messages().introduction(locale(request))));
		}
	}

	private void sendError(HttpServletRequest request, HttpServletResponse response,
			@Nullable UltraCartLoginError error) throws IOException {
		if (error != null && error.isServiceFailure()) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			setRetryAfter(request, response, error);
		}
		else {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		send(request, response, SignInPage.error(message(request, error)));
	}

	private String message(HttpServletRequest request, @Nullable UltraCartLoginError error) {
		String baseUrl = ApplicationUrl.baseUrl(request);
		if (error == UltraCartLoginError.UNAVAILABLE && this.redirectUris != null
				&& !this.redirectUris.canExpand(new BaseUrl(baseUrl, this.local.matches(request)))) {
			return (!request.isSecure() && this.internal.matches(request))
					? this.page.messages()
						.unknownAddressInDevelopment(locale(request), baseUrl, request.getServerName())
					: this.page.messages().unknownAddress(locale(request), baseUrl);
		}
		return this.page.messages().error(locale(request), error);
	}

	private Locale locale(HttpServletRequest request) {
		return this.localeResolver.resolveLocale(request);
	}

	private void setRetryAfter(HttpServletRequest request, HttpServletResponse response, UltraCartLoginError error) {
		Duration wait = this.retryAfter.apply(error, request);
		if (wait.isZero() && error == UltraCartLoginError.BUSY) {
			wait = DEFAULT_RETRY_AFTER;
		}
		if (!wait.isZero()) {
			// rounded up, so that a retry after this time is not rejected
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusNanos(999_999_999).toSeconds()));
		}
	}

	private static boolean isRead(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
	}

	private void send(HttpServletRequest request, HttpServletResponse response, String message) throws IOException {
		this.page.send(response, request.getContextPath(), locale(request), message, isSignedIn());
	}

	private boolean isSignedIn() {
		return this.trustResolver.isAuthenticated(this.securityContextHolderStrategy.getContext().getAuthentication());
	}

}
