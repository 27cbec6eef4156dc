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

import java.util.List;

import io.github.ultracartsso.authorization.RequiresPermission;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The items as JSON. An unauthenticated request gets 401 with the URL of a login, a
 * request without the permission 403, never a page.
 */
@RestController
class ItemApiController {

	private final ItemRepository items;

	ItemApiController(ItemRepository items) {
		this.items = items;
	}

	@GetMapping(path = "/api/items", produces = MediaType.APPLICATION_JSON_VALUE)
	@RequiresPermission("View Items")
	List<Item> items() {
		return this.items.findAll();
	}

}
