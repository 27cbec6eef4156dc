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

import java.io.IOException;

import io.github.ultracartsso.client.UltraCartApiException;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

/**
 * Responds to requests that do not handle an {@link UltraCartApiException}, also where it
 * is the cause of another exception: with the application's error page to browsers, and
 * with problem details otherwise. Spring MVC by itself would use the status too, but only
 * if the exception is not a cause, and without UltraCart's message to users.
 * <p>
 * It has the lowest order and is registered after the application's advice, so an
 * exception handler of the application goes first.
 */
@ControllerAdvice
final class UltraCartApiExceptionAdvice {

	@ExceptionHandler(produces = MediaType.TEXT_HTML_VALUE)
	void showErrorPage(UltraCartApiException ex, HttpServletResponse response) throws IOException {
		ex.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		response.sendError(ex.getStatusCode().value(), ex.getBody().getDetail());
	}

	@ExceptionHandler
	ErrorResponse describeProblem(UltraCartApiException ex) {
		return ex;
	}

}
