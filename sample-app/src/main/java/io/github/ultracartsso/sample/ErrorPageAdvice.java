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

package io.github.ultracartsso.sample;

import java.util.Set;

import io.github.ultracartsso.client.UltraCartForbiddenException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.webmvc.error.ErrorAttributes;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.security.web.csrf.CsrfTokenRequestHandler;
import org.springframework.security.web.csrf.DeferredCsrfToken;
import org.springframework.security.web.csrf.XorCsrfTokenRequestAttributeHandler;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.context.request.WebRequest;

/**
 * Tells the page for the status 403 who has refused the request. A missing permission is
 * explained by the starter, as {@code ultraCartAccessDenied}.
 */
@ControllerAdvice(assignableTypes = ErrorController.class)
class ErrorPageAdvice {

	private static final Set<String> WITHOUT_TOKEN = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final CsrfTokenRequestHandler csrf = new XorCsrfTokenRequestAttributeHandler();

	private final ErrorAttributes errorAttributes;

	ErrorPageAdvice(ErrorAttributes errorAttributes) {
		this.errorAttributes = errorAttributes;
	}

	/**
	 * Returns whether the CSRF token of a form is not that of the session. Spring
	 * Security refuses the request then, and does not tell the error page why.
	 */
	@ModelAttribute("staleForm")
	boolean isStaleForm(HttpServletRequest request,
			@RequestAttribute(name = RequestDispatcher.ERROR_METHOD, required = false) @Nullable String method) {
		return method != null && !WITHOUT_TOKEN.contains(method)
				&& request.getAttribute(DeferredCsrfToken.class.getName()) instanceof DeferredCsrfToken token
				&& !token.get().getToken().equals(this.csrf.resolveCsrfTokenValue(request, token.get()));
	}

	/**
	 * Returns what UltraCart has said, where it has refused a call that no controller
	 * handles.
	 */
	@ModelAttribute("refusal")
	@Nullable UltraCartForbiddenException refusal(WebRequest request) {
		return (this.errorAttributes.getError(request) instanceof UltraCartForbiddenException refusal) ? refusal : null;
	}

}
