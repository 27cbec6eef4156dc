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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Function;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
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
import org.springframework.web.util.HtmlUtils;

/**
 * Answers the sign-in page: a link that starts a login, with an explanation of the
 * {@code error} or a confirmation of the {@code logout} that led there. The page never
 * starts a login by itself, runs no script, and loads nothing.
 *
 * @since 0.1
 */
public final class UltraCartSignInPageFilter extends OncePerRequestFilter {

	private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(30);

	private final AuthenticationTrustResolver trustResolver = new AuthenticationTrustResolverImpl();

	private final String template;

	private final String contentSecurityPolicy;

	private final RequestMatcher pageMatcher;

	private final String startUrl;

	private final String defaultSuccessUrl;

	private boolean onlyErrors;

	private Function<UltraCartLoginError, Duration> retryAfter = (error) -> Duration.ZERO;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates a filter.
	 * @param pageMatcher matches the page
	 * @param startUrl where a login starts, relative to the context path
	 * @param defaultSuccessUrl where a user who is signed in already may go on, relative
	 * to the context path
	 */
	public UltraCartSignInPageFilter(RequestMatcher pageMatcher, String startUrl, String defaultSuccessUrl) {
		Assert.notNull(pageMatcher, "pageMatcher cannot be null");
		Assert.hasText(startUrl, "startUrl cannot be empty");
		Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
		this.pageMatcher = pageMatcher;
		this.startUrl = startUrl;
		this.defaultSuccessUrl = defaultSuccessUrl;
		String style = resource("sign-in.css");
		this.template = resource("sign-in.html").replace("{{style}}", style);
		this.contentSecurityPolicy = "default-src 'none'; style-src 'sha256-" + sha256(style)
				+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	}

	/**
	 * Sets whether the page only explains the errors of logins with UltraCart, because
	 * another filter answers the same URL with the sign-in page of other login
	 * mechanisms. Defaults to {@code false}.
	 * @param onlyErrors whether to leave everything else to the other filter
	 */
	public void setOnlyErrors(boolean onlyErrors) {
		this.onlyErrors = onlyErrors;
	}

	/**
	 * Sets what tells for how long yet a login cannot begin that has failed because of
	 * UltraCart or the application, for the {@code Retry-After} of the page. Where that
	 * is zero, it is 30 seconds for {@link UltraCartLoginError#BUSY}, and nothing is said
	 * for other errors. Defaults to zero.
	 * @param retryAfter tells the time by the error
	 */
	public void setRetryAfter(Function<UltraCartLoginError, Duration> retryAfter) {
		Assert.notNull(retryAfter, "retryAfter cannot be null");
		this.retryAfter = retryAfter;
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

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		// only a request of the page may be asked for parameters: of others it would read
		// the body
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
			send(request, response, paragraph("message notice", "You have been signed out."));
		}
		else {
			send(request, response, "<p>This application uses your UltraCart login.</p>");
		}
	}

	private void sendError(HttpServletRequest request, HttpServletResponse response,
			@Nullable UltraCartLoginError error) throws IOException {
		if (error != null && error.isServiceFailure()) {
			response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
			setRetryAfter(response, error);
		}
		else {
			response.setStatus(HttpStatus.UNAUTHORIZED.value());
		}
		send(request, response,
				paragraph("message error", (error != null) ? SignInMessages.of(error) : SignInMessages.GENERAL));
	}

	private void setRetryAfter(HttpServletResponse response, UltraCartLoginError error) {
		Duration wait = this.retryAfter.apply(error);
		if (wait.isZero() && error == UltraCartLoginError.BUSY) {
			wait = DEFAULT_RETRY_AFTER;
		}
		if (!wait.isZero()) {
			// rounded up, so that whoever waits that long is let through
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusNanos(999_999_999).toSeconds()));
		}
	}

	private static boolean isRead(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
	}

	private void send(HttpServletRequest request, HttpServletResponse response, String message) throws IOException {
		String contextPath = HtmlUtils.htmlEscape(request.getContextPath());
		String page = this.template.replace("{{title}}", "Sign in")
			.replace("{{message}}", message)
			.replace("{{startUrl}}", contextPath + HtmlUtils.htmlEscape(this.startUrl))
			.replace("{{action}}", "Sign in with UltraCart")
			.replace("{{more}}",
					isSignedIn() ? "<p class=\"more\"><a id=\"continue\" href=\"" + contextPath
							+ HtmlUtils.htmlEscape(this.defaultSuccessUrl) + "\">You are signed in: continue</a></p>"
							: "");
		byte[] body = page.getBytes(StandardCharsets.UTF_8);
		response.setContentType("text/html;charset=UTF-8");
		response.setContentLength(body.length);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Content-Security-Policy", this.contentSecurityPolicy);
		response.setHeader("Referrer-Policy", "no-referrer");
		response.getOutputStream().write(body);
	}

	private boolean isSignedIn() {
		return this.trustResolver.isAuthenticated(this.securityContextHolderStrategy.getContext().getAuthentication());
	}

	private static String paragraph(String styles, String text) {
		return "<p class=\"" + styles + "\" role=\"status\">" + HtmlUtils.htmlEscape(text) + "</p>";
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource(name, UltraCartSignInPageFilter.class)
				.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String sha256(String text) {
		try {
			return Base64.getEncoder()
				.encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
