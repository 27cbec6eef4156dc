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

package io.github.ultracartsso.test.docs.calling;

import java.util.Map;

import io.github.ultracartsso.client.UltraCartApiException;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

@ControllerAdvice
class UltraCartAdvice {

	@ExceptionHandler(produces = MediaType.TEXT_HTML_VALUE)
	ModelAndView explain(UltraCartApiException ex, HttpServletResponse response) {
		ex.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		return new ModelAndView("ultracart-problem", Map.of("problem", ex), ex.getStatusCode());
	}

	@ExceptionHandler
	ErrorResponse describe(UltraCartApiException ex) {
		return ex;
	}

}
