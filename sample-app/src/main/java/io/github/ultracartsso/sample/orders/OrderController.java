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

package io.github.ultracartsso.sample.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.ultracartsso.client.UltraCartApiException;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * The page of the orders, which are kept at UltraCart. Every signed-in user may open it.
 * UltraCart decides what they see and may do there.
 */
@Controller
@RequestMapping("/orders")
class OrderController {

	private static final int SHOWN = 20;

	private static final Duration PERIOD = Duration.ofDays(90);

	private final OrderApi orders;

	OrderController(OrderApi orders) {
		this.orders = orders;
	}

	/**
	 * Shows one page, for which one call is enough.
	 * @param offset how many newer orders there are before those of the page. A negative
	 * one is taken for zero
	 * @param until when the first page was shown. Without it, an order that is placed
	 * later would shift the others, and one of them would be shown twice
	 */
	@GetMapping
	String list(@RequestParam(defaultValue = "0") int offset, @RequestParam(required = false) @Nullable Instant until,
			Model model) {
		Instant end = (until != null) ? until : Instant.now().truncatedTo(ChronoUnit.SECONDS);
		int newer = Math.max(0, offset);
		Orders page = this.orders.between(end.minus(PERIOD), end, SHOWN, newer);
		model.addAttribute("orders", Objects.requireNonNullElse(page.orders(), List.of()));
		model.addAttribute("offset", newer);
		model.addAttribute("newer", (newer > 0) ? Math.max(0, newer - SHOWN) : null);
		model.addAttribute("older", page.nextOffset());
		model.addAttribute("until", end);
		return "orders/list";
	}

	/**
	 * Asks for confirmation, because a deleted order cannot be restored.
	 */
	@GetMapping("/{orderId}/delete")
	String confirm(@PathVariable String orderId, Model model) {
		model.addAttribute("orderId", orderId);
		return "orders/delete";
	}

	@PostMapping("/{orderId}/delete")
	String delete(@PathVariable String orderId, RedirectAttributes redirect) {
		this.orders.delete(orderId);
		redirect.addFlashAttribute("message", "Order " + orderId + " is deleted.");
		return "redirect:/orders";
	}

	/**
	 * Shows what UltraCart refuses. Without this, users would see the general error page
	 * with the same status. A 401 is not handled here: then Spring Security lets the user
	 * sign in again.
	 */
	@ExceptionHandler
	ModelAndView refused(UltraCartApiException ex, HttpServletResponse response) {
		ex.getHeaders().forEach((name, values) -> values.forEach((value) -> response.addHeader(name, value)));
		ModelAndView page = new ModelAndView("orders/refused", Map.of("status", ex.getStatusCode(), "refusal", ex),
				ex.getStatusCode());
		String seconds = ex.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
		return (seconds != null) ? page.addObject("wait", WaitingTime.ofSeconds(Long.parseLong(seconds))) : page;
	}

}
