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

import java.time.Instant;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.DeleteExchange;
import org.springframework.web.service.annotation.GetExchange;

/**
 * The calls of UltraCart's order API, made as the signed-in user.
 */
interface OrderApi {

	/**
	 * Returns a page of the orders of a time, the newest first. UltraCart asks for a
	 * bound in time, and rejects a call for all orders.
	 */
	@GetExchange("/order/orders?_sort=-creation_dts&_expand=billing,summary")
	Orders between(@RequestParam("creation_date_begin") Instant begin, @RequestParam("creation_date_end") Instant end,
			@RequestParam("_limit") int limit, @RequestParam("_offset") int offset);

	@DeleteExchange("/order/orders/{orderId}")
	void delete(@PathVariable String orderId);

}
