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

package io.github.ultracartsso.sample.shipping;

import java.time.Instant;

import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of the shipping department.
 */
@Controller
@RequestMapping("/shipping")
@PreAuthorize("hasRole('SHIPPER')")
class ShippingController {

	private final ParcelRepository parcels;

	ShippingController(ParcelRepository parcels) {
		this.parcels = parcels;
	}

	@GetMapping
	String list(Model model) {
		model.addAttribute("parcels", this.parcels.findAll());
		return "shipping";
	}

	// without a configured role, this expression does the same as the role SHIPPER
	@PostMapping("/{number}/shipped")
	@PreAuthorize("@ultraCart.hasPermission('Access Shipping Department') or @ultraCart.hasGroup('Warehouse')")
	String ship(@PathVariable String number, RedirectAttributes redirect) {
		Parcel parcel = this.parcels.ship(number, Instant.now())
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
		redirect.addFlashAttribute("message", "Parcel " + parcel.number() + " is on its way.");
		return "redirect:/shipping";
	}

}
