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

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.UltraCartApiException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Redirects the browser to the sign-in page with the code of the error, and logs the
 * details. Nothing is stored in a session, and no session is created.
 *
 * @since 0.1
 */
public final class UltraCartAuthenticationFailureHandler implements AuthenticationFailureHandler {

	private static final Log logger = LogFactory.getLog(UltraCartAuthenticationFailureHandler.class);

	private static final int MAX_MESSAGE_LENGTH = 600;

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	private final String loginPage;

	/**
	 * Creates a handler.
	 * @param loginPage the sign-in page, relative to the context path
	 */
	public UltraCartAuthenticationFailureHandler(String loginPage) {
		Assert.hasText(loginPage, "loginPage cannot be empty");
		this.loginPage = loginPage;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException ex) throws IOException, ServletException {
		UltraCartLoginError error = UltraCartLoginError.of(ex);
		LogMessage message = LogMessage.format("Login with UltraCart failed [%s]: %s", error.code(),
				LogText.clean(String.valueOf(ex.getMessage()), MAX_MESSAGE_LENGTH));
		if (isRepeated(error, ex)) {
			logger.debug(message);
		}
		else if (error.isServiceFailure()) {
			logger.warn(message);
		}
		else {
			logger.info(message);
		}
		logger.debug("Login with UltraCart failed", ex);
		this.redirectStrategy.sendRedirect(request, response, errorUrl(this.loginPage, error));
	}

	/**
	 * Returns whether no call was made because calls are paused. The beginning of a pause
	 * is logged once, not with each login.
	 */
	private static boolean isRepeated(UltraCartLoginError error, AuthenticationException ex) {
		return (ex.getCause() instanceof UltraCartApiException cause)
				? !cause.wasSent() && cause.getRetryAfter() != null : error == UltraCartLoginError.BUSY;
	}

	/**
	 * Returns the URL of the sign-in page that explains the error.
	 */
	static String errorUrl(String loginPage, UltraCartLoginError error) {
		return UriComponentsBuilder.fromUriString(loginPage).queryParam("error", error.code()).build().toUriString();
	}

}
