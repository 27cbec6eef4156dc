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

package io.github.ultracartsso.autoconfigure.web;

import io.github.ultracartsso.client.UltraCartApiException;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ResponseStatus;

/**
 * Responds to requests that do not handle an {@link UltraCartApiException}, also where it
 * is the cause of another exception: with the application's error page to browsers, and
 * with problem details otherwise. Spring MVC by itself would use the status too, but only
 * if the exception is not a cause, and without UltraCart's message to users.
 * <p>
 * An exception around it that has a status of its own, or is one of Spring Security, is
 * left to Spring. The failures are logged with UltraCart's explanation and request id.
 * Those of calls that are not made for a while are logged at DEBUG: the others are
 * limited by the number of calls that UltraCart allows.
 * <p>
 * It has the lowest order and is registered after the application's advice, so an
 * exception handler of the application goes first.
 */
@ControllerAdvice
final class UltraCartApiExceptionAdvice {

	private static final Log logger = LogFactory.getLog(UltraCartApiExceptionAdvice.class);

	@ExceptionHandler(exception = UltraCartApiException.class, produces = MediaType.TEXT_HTML_VALUE)
	void showErrorPage(UltraCartApiException ex, Exception thrown, HttpServletResponse response) throws Exception {
		requireUndecided(ex, thrown);
		log(ex, thrown);
		ex.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		response.sendError(ex.getStatusCode().value(), ex.getBody().getDetail());
	}

	@ExceptionHandler(exception = UltraCartApiException.class)
	ErrorResponse describeProblem(UltraCartApiException ex, Exception thrown) throws Exception {
		requireUndecided(ex, thrown);
		log(ex, thrown);
		return ex;
	}

	/**
	 * Throws the exception again if the application has decided with it how the request
	 * ends. Spring MVC then goes on with its other resolvers, and Spring Security with
	 * its exceptions.
	 */
	private static void requireUndecided(UltraCartApiException ex, Exception thrown) throws Exception {
		for (Throwable outer = thrown; outer != null && outer != ex; outer = outer.getCause()) {
			if (outer instanceof ErrorResponse || outer instanceof AuthenticationException
					|| outer instanceof AccessDeniedException
					|| AnnotatedElementUtils.hasAnnotation(outer.getClass(), ResponseStatus.class)) {
				throw thrown;
			}
		}
	}

	private static void log(UltraCartApiException ex, Exception thrown) {
		String requestId = (ex.getRequestId() != null) ? " [request id " + ex.getRequestId() + "]" : "";
		LogMessage message = LogMessage.format("A request ends with status %s: %s%s", ex.getStatusCode().value(),
				ex.getMessage(), requestId);
		Exception stackTrace = logger.isDebugEnabled() ? thrown : null;
		if (ex.getStatusCode() == HttpStatus.SERVICE_UNAVAILABLE) {
			logger.debug(message, stackTrace);
		}
		else if (ex.getStatusCode().is4xxClientError()) {
			logger.info(message, stackTrace);
		}
		else {
			logger.warn(message, stackTrace);
		}
	}

}
