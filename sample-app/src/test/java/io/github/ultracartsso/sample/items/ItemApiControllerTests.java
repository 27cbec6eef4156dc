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

package io.github.ultracartsso.sample.items;

import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
class ItemApiControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void itemsWhenViewItemsThenJson() {
		assertThat(this.mvc.get().uri("/api/items").with(userWith("View Items"))).hasStatusOk()
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_JSON)
			.bodyJson()
			.extractingPath("$[?(@.id == 104)].sku")
			.asArray()
			.containsExactly("FILTER-V2-100");
	}

	@Test
	void itemsWhenNotViewItemsThenProblem() {
		assertThat(this.mvc.get().uri("/api/items").accept(MediaType.APPLICATION_JSON).with(userWith()))
			.hasStatus(HttpStatus.FORBIDDEN)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.bodyJson()
			.hasPathSatisfying("$.detail",
					(detail) -> assertThat(detail).isEqualTo("At UltraCart, you need the permission “View Items”."));
	}

	@Test
	void itemsWhenNotViewItemsAndAnythingAcceptedThenProblem() {
		assertThat(this.mvc.get().uri("/api/items").accept(MediaType.ALL).with(userWith()))
			.hasStatus(HttpStatus.FORBIDDEN)
			.hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
	}

	@Test
	void itemsWhenNotSignedInThenUnauthorizedAndNoSession() {
		MvcTestResult result = this.mvc.get().uri("/api/items").accept(MediaType.APPLICATION_JSON).exchange();
		assertThat(result).hasStatus(HttpStatus.UNAUTHORIZED)
			.bodyJson()
			.hasPathSatisfying("$.loginUrl", (url) -> assertThat(url).isEqualTo("/ultracart/authorize"));
		assertThat(result.getRequest().getSession(false)).isNull();
	}

}
