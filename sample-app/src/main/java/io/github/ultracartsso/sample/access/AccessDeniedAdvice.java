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

package io.github.ultracartsso.sample.access;

import java.security.Principal;
import java.util.Map;

import io.github.ultracartsso.web.NavigationRequestMatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.ModelAndView;

/**
 * Responds to signed-in users who lack a permission: a browser gets a page, a program a
 * problem detail. Both name what is missing.
 * <p>
 * Unauthenticated requests are left to Spring Security.
 */
@ControllerAdvice
final class AccessDeniedAdvice {

	private static final String UNNAMED_REQUIREMENT = "a permission that you do not have";

	private final RequestMatcher navigation = new NavigationRequestMatcher();

	@ExceptionHandler
	Object refuse(AuthorizationDeniedException ex, HandlerMethod handler, @Nullable Principal user,
			HttpServletRequest request) {
		String requirement = requirement(ex, handler, user);
		if (this.navigation.matches(request)) {
			return new ModelAndView("denied", Map.of("requirement", requirement), HttpStatus.FORBIDDEN);
		}
		return ResponseEntity.status(HttpStatus.FORBIDDEN)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, "You need " + requirement + "."));
	}

	private static String requirement(AuthorizationDeniedException ex, HandlerMethod handler,
			@Nullable Principal user) {
		if (user == null) {
			throw ex;
		}
		Requirement requirement = handler.getMethodAnnotation(Requirement.class);
		if (requirement == null) {
			requirement = AnnotatedElementUtils.findMergedAnnotation(handler.getBeanType(), Requirement.class);
		}
		return (requirement != null) ? requirement.value() : UNNAMED_REQUIREMENT;
	}

}
