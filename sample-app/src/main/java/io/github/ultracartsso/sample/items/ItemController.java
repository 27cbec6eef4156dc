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

import io.github.ultracartsso.authorization.RequiresPermission;
import jakarta.validation.Valid;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The pages of the items.
 */
@Controller
@RequestMapping("/items")
@RequiresPermission("View Items")
class ItemController {

	private final ItemRepository items;

	ItemController(ItemRepository items) {
		this.items = items;
	}

	@GetMapping
	String list(Model model) {
		model.addAttribute("items", this.items.findAll());
		return "items/list";
	}

	@GetMapping("/{id}")
	String detail(@PathVariable long id, Model model) {
		model.addAttribute("item", item(id));
		return "items/detail";
	}

	@GetMapping("/{id}/edit")
	@RequiresPermission("Edit Items")
	String edit(@PathVariable long id, Model model) {
		Item item = item(id);
		model.addAttribute("item", item);
		model.addAttribute("form", ItemForm.of(item));
		return "items/edit";
	}

	@PostMapping("/{id}")
	@RequiresPermission("Edit Items")
	String save(@PathVariable long id, @Valid @ModelAttribute("form") ItemForm form, BindingResult errors, Model model,
			RedirectAttributes redirect) {
		Item item = item(id);
		if (errors.hasErrors()) {
			model.addAttribute("item", item);
			return "items/edit";
		}
		Item saved = this.items.change(id, form::applyTo).orElseThrow(ItemController::notFound);
		redirect.addFlashAttribute("message", "Saved “" + saved.name() + "”.");
		redirect.addAttribute("id", id);
		return "redirect:/items/{id}";
	}

	private Item item(long id) {
		return this.items.find(id).orElseThrow(ItemController::notFound);
	}

	private static ResponseStatusException notFound() {
		return new ResponseStatusException(HttpStatus.NOT_FOUND);
	}

}
