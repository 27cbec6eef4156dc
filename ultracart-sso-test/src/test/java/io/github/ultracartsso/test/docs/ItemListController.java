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

package io.github.ultracartsso.test.docs;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.web.api.UltraCartApi;
import tools.jackson.databind.JsonNode;

import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

@RestController
class ItemListController {

	private final RestClient ultraCart;

	ItemListController(@UltraCartApi RestClient ultraCart) {
		this.ultraCart = ultraCart; // calls UltraCart as the signed-in user
	}

	@GetMapping("/")
	String home(@AuthenticationPrincipal UltraCartUser user) {
		return "Hello, " + user.fullName();
	}

	@GetMapping("/items")
	@RequiresPermission("View Items")
	JsonNode items() {
		return this.ultraCart.get().uri("/item/items").retrieve().requiredBody(JsonNode.class);
	}

}
