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
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.LogText;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Asks for a login: sends a person's browser to the start URL, and tells everybody else
 * with a 401 where that is. It calls nobody and creates no session.
 * <p>
 * The 401 is {@code application/problem+json} with a member {@code loginUrl}; where a
 * session has ended, a member {@code error} says why. A person who sends a form at that
 * moment is sent to the start URL too, without a way back: the form would be missing
 * there. An error dispatch is never redirected: it keeps the status of the error. Nor is
 * a request that is part of the login, such as one of a sign-in page that is not open to
 * everybody.
 *
 * @since 0.1
 */
public final class UltraCartAuthenticationEntryPoint implements AuthenticationEntryPoint {

	private static final Log logger = LogFactory.getLog(UltraCartAuthenticationEntryPoint.class);

	private static final int MAX_PATH_LENGTH = 200;

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	private final JsonMapper jsonMapper = new JsonMapper();

	private final String startUrl;

	private final ReturnTargets returnTargets;

	private String loginPage = "/login";

	/**
	 * Creates an entry point.
	 * @param startUrl where a login starts, relative to the context path
	 * @param returnTargets carries where the user wanted to go
	 */
	public UltraCartAuthenticationEntryPoint(String startUrl, ReturnTargets returnTargets) {
		Assert.hasText(startUrl, "startUrl cannot be empty");
		Assert.notNull(returnTargets, "returnTargets cannot be null");
		this.startUrl = startUrl;
		this.returnTargets = returnTargets;
	}

	/**
	 * Sets the sign-in page, which explains why a session ended that had been begun to
	 * follow on another, where one more login would go round in circles. Defaults to
	 * {@code /login}.
	 * @param loginPage a URL relative to the context path
	 */
	public void setLoginPage(String loginPage) {
		Assert.hasText(loginPage, "loginPage cannot be empty");
		this.loginPage = loginPage;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException ex)
			throws IOException, ServletException {
		endIfRefused(request);
		if (request.getDispatcherType() == DispatcherType.ERROR) {
			response.setStatus((request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status)
					? status : HttpStatus.UNAUTHORIZED.value());
		}
		else if (this.returnTargets.isPartOfLogin(request)) {
			// going from here to the start of a login would go round in circles
			if (HttpMethod.GET.matches(request.getMethod())) {
				logger.warn(LogMessage.format(
						"A request of %s was refused, which is part of the login with UltraCart. A sign-in page"
								+ " of the application's own must be open to everybody",
						LogText.clean(request.getRequestURI(), MAX_PATH_LENGTH)));
			}
			sendProblem(request, response);
		}
		else if (this.navigation.matches(request) && (isRead(request) || hasSessionEnded(request))) {
			response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
			this.redirectStrategy.sendRedirect(request, response, navigationUrl(request));
		}
		else {
			sendProblem(request, response);
		}
	}

	/**
	 * The user's key may have been refused on another thread, whose failure has come to
	 * this one.
	 */
	private static void endIfRefused(HttpServletRequest request) {
		GuardedRequest guarded = GuardedRequest.of(request);
		if (guarded != null) {
			guarded.endIfRefused();
		}
	}

	private static boolean hasSessionEnded(HttpServletRequest request) {
		SessionEnd end = SessionEnd.of(request);
		return end != null && end.error() == UltraCartLoginError.SESSION_ENDED;
	}

	/**
	 * A user whose session has ended comes back through a login by himself, but not round
	 * in circles. To where he has sent a form there is no coming back, since it would be
	 * without the form.
	 */
	private String navigationUrl(HttpServletRequest request) {
		SessionEnd end = SessionEnd.of(request);
		if (end != null && end.again()) {
			return UltraCartAuthenticationFailureHandler.errorUrl(this.loginPage, end.error());
		}
		return isRead(request) ? this.returnTargets.addTarget(this.startUrl, request, end != null) : this.startUrl;
	}

	private static boolean isRead(HttpServletRequest request) {
		return HttpMethod.GET.matches(request.getMethod()) || HttpMethod.HEAD.matches(request.getMethod());
	}

	private void sendProblem(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Map<String, Object> problem = new LinkedHashMap<>();
		problem.put("type", "about:blank");
		problem.put("title", HttpStatus.UNAUTHORIZED.getReasonPhrase());
		problem.put("status", HttpStatus.UNAUTHORIZED.value());
		problem.put("detail", "Sign in with UltraCart to use this resource.");
		problem.put("loginUrl", request.getContextPath() + this.startUrl);
		SessionEnd end = SessionEnd.of(request);
		if (end != null) {
			problem.put("error", end.error().code());
		}
		byte[] body = this.jsonMapper.writeValueAsBytes(problem);
		response.setStatus(HttpStatus.UNAUTHORIZED.value());
		response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
	}

}
