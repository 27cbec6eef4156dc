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

package io.github.ultracartsso.test.docs.backoffice;

import io.github.ultracartsso.test.WithUltraCartUser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest
class ItemPageTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	@WithUltraCartUser(login = "jane", permissions = "View Items")
	void itemsWhenPermitted() {
		assertThat(this.mvc.get().uri("/items")).hasStatusOk().hasBodyTextEqualTo("All items");
	}

	@Test
	@WithUltraCartUser("users/jane.json")
	void itemsWhenUserOfAFile() {
		assertThat(this.mvc.get().uri("/items")).hasStatusOk();
	}

	@Test
	@AsPacker
	void itemsWhenPacker() {
		assertThat(this.mvc.get().uri("/items")).hasStatusOk();
	}

	@ParameterizedTest
	@CsvSource({ "View Items, 200", "Edit Items, 403" })
	void itemsWhenPermission(String permission, int status) {
		assertThat(this.mvc.get().uri("/items").with(ultraCartLogin().permissions(permission))).hasStatus(status);
	}

}
