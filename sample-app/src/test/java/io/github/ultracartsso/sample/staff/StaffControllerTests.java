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

package io.github.ultracartsso.sample.staff;

import io.github.ultracartsso.test.WithUltraCartUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static org.assertj.core.api.Assertions.assertThat;

@WebMvcTest(StaffController.class)
@Import(StaffDirectory.class)
class StaffControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	@WithUltraCartUser(permissions = "Edit Users")
	void listWhenEditUsersThenShowsStaff() {
		assertThat(this.mvc.get().uri("/users")).hasStatusOk()
			.bodyText()
			.contains("Dmitri Volkov", "dmitri@shop.example");
	}

	@Test
	@WithUltraCartUser(permissions = { "View Items", "Edit Items" })
	void listWhenNotEditUsersThenForbidden() {
		assertThat(this.mvc.get().uri("/users")).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("the permission “Edit Users”")
			.doesNotContain("Dmitri");
	}

}
