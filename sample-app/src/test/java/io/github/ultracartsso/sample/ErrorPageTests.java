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

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
class ErrorPageTests {

	@Autowired
	private MockMvcTester mvc;

	@ParameterizedTest
	@CsvSource({ "403, You may not do this", "404, There is nothing here", "405, This request makes no sense here",
			"500, Something went wrong", "503, Something went wrong" })
	void errorWhenBrowserThenPageInTheSameLook(int status, String title) {
		assertThat(this.mvc.get()
			.uri("/error")
			.accept(MediaType.TEXT_HTML)
			.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, status)
			.with(userWith("View Items"))).hasStatus(status)
			.bodyText()
			.contains("<h1>" + title + "</h1>", ">" + status + "</p>", "id=\"nav-items\"");
	}

	@Test
	void errorWhenNotSignedInThenPageWithoutUserAndWithoutSession() {
		MvcTestResult result = this.mvc.get()
			.uri("/error")
			.accept(MediaType.TEXT_HTML)
			.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, HttpStatus.NOT_FOUND.value())
			.exchange();
		assertThat(result).hasStatus(HttpStatus.NOT_FOUND)
			.bodyText()
			.contains("There is nothing here", "id=\"sign-in\"")
			.doesNotContain("id=\"sign-out\"");
		assertThat(result.getRequest().getSession(false)).isNull();
	}

	@Test
	void errorWhenExceptionThenItsTextIsNotShown() {
		assertThat(this.mvc.get()
			.uri("/error")
			.accept(MediaType.TEXT_HTML)
			.requestAttr(RequestDispatcher.ERROR_STATUS_CODE, HttpStatus.INTERNAL_SERVER_ERROR.value())
			.requestAttr(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("inner workings")))
			.hasStatus(HttpStatus.INTERNAL_SERVER_ERROR)
			.bodyText()
			.doesNotContain("inner workings", "IllegalState");
	}

}
