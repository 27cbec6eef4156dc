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

package io.github.ultracartsso.test.kit;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.github.ultracartsso.test.WithUltraCartUser;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for users of a slice test, in an application that has no key.
 */
@WebMvcTest
class WithUltraCartUserTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	@WithUltraCartUser("users/jane.json")
	void requestWhenDocumentOfUltraCartThenThatUser() {
		assertThat(this.mvc.get().uri("/items")).hasStatusOk()
			.hasBodyTextEqualTo("Jane!ops of ultracart [View Items][Warehouse]");
	}

	@Test
	void requestWhenLoginWithDocumentThenThatUser() {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().document("users/jane.json"))).hasStatusOk()
			.hasBodyTextEqualTo("Jane!ops of ultracart [View Items][Warehouse]");
	}

	@Test
	void documentWhenMissingThenSaysSo() {
		assertThatIllegalArgumentException().isThrownBy(() -> ultraCartLogin().document("users/jim.json"))
			.withMessageContaining("users/jim.json");
	}

	@Test
	@WithUltraCartUser(permissions = "View Items", registration = "outlet")
	void requestWhenRegistrationThenUserOfThat() {
		assertThat(this.mvc.get().uri("/items")).hasBodyTextEqualTo("user of outlet [View Items][]");
	}

	@Test
	void requestWhenLoginWithRegistrationThenUserOfThat() {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().permissions("View Items").registration("outlet")))
			.hasBodyTextEqualTo("user of outlet [View Items][]");
	}

	@Test
	@AsPacker
	void requestWhenOwnAnnotationThenItsUser() {
		assertThat(this.mvc.get().uri("/items")).hasStatus(403);
	}

	@Test
	@AsPacker(permissions = "View Items")
	void requestWhenOwnAnnotationWithAttributeThenUserWithThat() {
		assertThat(this.mvc.get().uri("/items")).hasBodyTextEqualTo("wanda of ultracart [View Items][Warehouse]");
	}

	@ParameterizedTest
	@CsvSource({ "View Items, 200", "Edit Items, 403" })
	void requestWhenSeveralUsersThenEachByTheirPermissions(String permission, int status) {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().permissions(permission))).hasStatus(status);
	}

	@Nested
	@AsPacker(permissions = "View Items")
	class OwnAnnotationOnAClass {

		@Test
		void requestThenItsUser() {
			assertThat(WithUltraCartUserTests.this.mvc.get().uri("/items")).hasStatusOk();
		}

	}

	/**
	 * Runs a test as a user whom several tests have in common.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@WithUltraCartUser(login = "wanda", groups = "Warehouse")
	@interface AsPacker {

		@AliasFor(annotation = WithUltraCartUser.class)
		String[] permissions() default {};

	}

}
