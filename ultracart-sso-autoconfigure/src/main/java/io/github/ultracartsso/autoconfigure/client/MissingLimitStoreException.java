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

package io.github.ultracartsso.autoconfigure.client;

import java.io.Serial;
import java.util.Locale;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties.Limits.Store;

/**
 * Thrown at start if {@code ultracart.sso.limits.store} names a store that the
 * application does not have.
 */
final class MissingLimitStoreException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final Store store;

	private final boolean ambiguous;

	MissingLimitStoreException(Store store, boolean ambiguous) {
		super("ultracart.sso.limits.store is " + store.name().toLowerCase(Locale.ROOT) + ", but there "
				+ (ambiguous ? "are several LimitStore beans" : "is no single " + bean(store) + " bean"));
		this.store = store;
		this.ambiguous = ambiguous;
	}

	private static String bean(Store store) {
		return (store == Store.REDIS) ? "RedisConnectionFactory" : "DataSource";
	}

	String remedy() {
		if (this.ambiguous) {
			return "Remove all but one of them, or mark one as @Primary.";
		}
		String starter = (this.store == Store.REDIS) ? "spring-boot-starter-data-redis" : "spring-boot-starter-jdbc";
		return "Add " + starter + " and configure its connection, provide a LimitStore bean, or remove"
				+ " ultracart.sso.limits.store.";
	}

}
