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
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.web.ApplicationUrl;
import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.ProblemResponse;
import io.github.ultracartsso.web.session.SsoSessionEnd;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Responds to unauthenticated requests: a navigation is redirected to the start URL of a
 * login, and all other requests get a 401 that contains this URL. No call is made and no
 * session is created.
 * <p>
 * The 401 is {@code application/problem+json} with the member {@code loginUrl}. That URL
 * returns the user to the page from which a script sent the request, where the request
 * names it: in {@code Referer}, or in {@code HX-Current-URL} of htmx. htmx navigates to
 * the login by itself, because the 401 also has the header {@code HX-Redirect}. If a
 * session has ended, the member {@code error} contains the reason. A form that is
 * submitted after its session has ended is redirected to the start URL as well, but
 * without a target, because the form data would be missing there. An ERROR dispatch is
 * never redirected and keeps its status. A request that is part of the login itself is
 * not redirected either, for example one for a sign-in page that is not permitted to all.
 * What a view has written before it failed is discarded; a response that is already
 * committed stays as it is.
 *
 * @since 0.1
 */
public final class UltraCartAuthenticationEntryPoint implements AuthenticationEntryPoint {

	private static final Log logger = LogFactory.getLog(UltraCartAuthenticationEntryPoint.class);

	private static final int MAX_PATH_LENGTH = 200;

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final ProblemResponse problem = new ProblemResponse();

	private final String startUrl;

	private final ReturnTargets returnTargets;

	/**
	 * Creates an entry point.
	 * @param startUrl the start URL of a login, relative to the context path
	 * @param returnTargets adds the target to the start URL
	 */
	public UltraCartAuthenticationEntryPoint(String startUrl, ReturnTargets returnTargets) {
		Assert.hasText(startUrl, "startUrl cannot be empty");
		Assert.notNull(returnTargets, "returnTargets cannot be null");
		this.startUrl = startUrl;
		this.returnTargets = returnTargets;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException, ServletException {
		if (response.isCommitted()) {
			logger.debug("The response is committed, so it cannot ask for a login");
			return;
		}
		SsoSessionEnd end = SsoSessionEnd.of(request);
		ProblemResponse.discardBegunBody(response);
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			response.setStatus((request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)
					? status : HttpStatus.UNAUTHORIZED.value());
		}
		else if (this.returnTargets.isPartOfLogin(ApplicationUrl.path(request))) {
			// a redirect from here to the start of a login would be a loop
			if (HttpMethod.GET.matches(request.getMethod())) {
				logger.warn(LogMessage.format(
						"A request for %s was rejected, which is part of the login with UltraCart. If the application"
								+ " provides its own sign-in page, it must be permitted to all",
						LogText.clean(request.getRequestURI(), MAX_PATH_LENGTH)));
			}
			sendProblem(this.startUrl, request, response, end);
		}
		else if (this.navigation.matches(request) && (isRead(request) || isOver(end))) {
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
			this.redirectStrategy.sendRedirect(request, response,
					startUrl(isRead(request) ? ApplicationUrl.pathAndQuery(request) : null, isSignedIn(ex, end)));
		}
		else {
			String startUrl = startUrl(OriginatingPage.find(request), isSignedIn(ex, end));
			if (OriginatingPage.isByHtmx(request)) {
				response.setHeader("HX-Redirect", request.getContextPath() + startUrl);
			}
			sendProblem(startUrl, request, response, end);
		}
	}

	private String startUrl(@Nullable String target, boolean signedIn) {
		return (target != null) ? this.returnTargets.addTarget(this.startUrl, target, signedIn) : this.startUrl;
	}

	/**
	 * Returns whether the user may be signed in. The security context does not tell any
	 * more.
	 */
	private static boolean isSignedIn(AuthenticationException ex, @Nullable SsoSessionEnd end) {
		return end == null && !(ex.getAuthenticationRequest() instanceof AnonymousAuthenticationToken);
	}

	private static boolean isOver(@Nullable SsoSessionEnd end) {
		return end != null && end.error() == UltraCartLoginError.SESSION_ENDED;
	}

	private static boolean isRead(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
	}

	private void sendProblem(String startUrl, HttpServletRequest request, HttpServletResponse response,
			@Nullable SsoSessionEnd end) throws IOException {
		Map<String, Object> more = new LinkedHashMap<>();
		more.put("loginUrl", request.getContextPath() + startUrl);
		if (end != null) {
			more.put("error", end.error().code());
		}
		this.problem.send(response, HttpStatus.UNAUTHORIZED, "Sign in with UltraCart to use this resource.", more);
	}

}
