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
import java.util.List;
import java.util.Locale;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties.Limits.Store;

/**
 * Thrown at start if {@code ultracart.sso.limits.store} names a store that the
 * application does not have.
 */
final class MissingLimitStoreException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String remedy;

	private MissingLimitStoreException(Store store, String problem, String remedy) {
		super("ultracart.sso.limits.store is " + store.name().toLowerCase(Locale.ROOT) + ", but there " + problem);
		this.remedy = remedy;
	}

	static MissingLimitStoreException severalStores(Store store) {
		return new MissingLimitStoreException(store, "are several LimitStore beans",
				"Remove all but one of them, or mark one as @Primary.");
	}

	/**
	 * Creates an exception for a store that has nothing to connect by.
	 * @param candidates the names of the beans between which there was no choice
	 */
	static MissingLimitStoreException noConnection(Store store, List<String> candidates) {
		String bean = (store == Store.REDIS) ? "RedisConnectionFactory" : "DataSource";
		if (candidates.size() > 1) {
			return new MissingLimitStoreException(store,
					"are several %s beans, none of which is primary: %s".formatted(bean, String.join(", ", candidates)),
					"Mark the one to use as @Primary, or provide a LimitStore bean that uses it.");
		}
		String starter = (store == Store.REDIS) ? "spring-boot-starter-data-redis" : "spring-boot-starter-jdbc";
		return new MissingLimitStoreException(store, "is no " + bean + " bean", "Add " + starter
				+ " and configure its connection, provide a LimitStore bean, or remove ultracart.sso.limits.store.");
	}

	String remedy() {
		return this.remedy;
	}

}
