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

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Service;

@Service
class OrderExport {

	private final OrderService orders;

	private final Executor executor;

	OrderExport(OrderService orders, @Qualifier("ultraCartTasks") Executor executor) {
		this.orders = orders;
		this.executor = executor;
	}

	CompletableFuture<Integer> begin() {
		return CompletableFuture.supplyAsync(() -> this.orders.ofLastMonth().size(), this.executor);
	}

}
