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

package io.github.ultracartsso.test.docs.calling;

import com.ultracart.admin.v2.OrderApi;
import com.ultracart.admin.v2.models.Order;
import com.ultracart.admin.v2.util.ApiException;
import io.github.ultracartsso.web.api.UltraCartApiClients;

import org.springframework.stereotype.Service;

@Service
class SdkOrderService {

	private final UltraCartApiClients ultraCart;

	SdkOrderService(UltraCartApiClients ultraCart) {
		this.ultraCart = ultraCart;
	}

	Order order(String orderId) throws ApiException {
		return new OrderApi(this.ultraCart.forCurrentUser()).getOrder(orderId, "summary").getOrder();
	}

}
