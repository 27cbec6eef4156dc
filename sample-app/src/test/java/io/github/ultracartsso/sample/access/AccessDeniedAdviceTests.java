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

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
@TestPropertySource(properties = "ultracart.sso.permit-all=/users,/api/items,/about")
class AccessDeniedAdviceTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	@Qualifier("requestMappingHandlerMapping")
	private RequestMappingHandlerMapping mappings;

	@Test
	void pageWhenDeniedThenOffersWayBackAndSignOut() {
		assertThat(this.mvc.get().uri("/users").accept(MediaType.TEXT_HTML).with(userWith()))
			.hasStatus(HttpStatus.FORBIDDEN)
			.hasContentTypeCompatibleWith(MediaType.TEXT_HTML)
			.bodyText()
			.contains("You need <strong>the permission “Edit Users”</strong>.", "id=\"sign-out\"");
	}

	@Test
	void pageWhenPathOpenAndNotSignedInThenAskedToSignIn() {
		MvcTestResult result = this.mvc.get().uri("/users").accept(MediaType.TEXT_HTML).exchange();
		assertThat(result).hasStatus(HttpStatus.FOUND);
		assertThat(result.getResponse().getRedirectedUrl()).startsWith("/ultracart/authorize");
	}

	@Test
	void problemWhenPathOpenAndNotSignedInThenAskedToSignIn() {
		assertThat(this.mvc.get().uri("/api/items").accept(MediaType.APPLICATION_JSON))
			.hasStatus(HttpStatus.UNAUTHORIZED);
	}

	@Test
	void handlersWhenProtectedThenSayWhatTheyNeed() {
		List<HandlerMethod> guarded = this.mappings.getHandlerMethods()
			.values()
			.stream()
			.filter((handler) -> elements(handler).anyMatch((element) -> has(element, PreAuthorize.class)))
			.toList();
		assertThat(guarded).hasSizeGreaterThanOrEqualTo(8)
			.allMatch((handler) -> elements(handler).anyMatch((element) -> has(element, Requirement.class)));
	}

	private static Stream<AnnotatedElement> elements(HandlerMethod handler) {
		return Stream.of(handler.getMethod(), handler.getBeanType());
	}

	private static boolean has(AnnotatedElement element, Class<? extends Annotation> type) {
		return AnnotatedElementUtils.hasAnnotation(element, type);
	}

}
