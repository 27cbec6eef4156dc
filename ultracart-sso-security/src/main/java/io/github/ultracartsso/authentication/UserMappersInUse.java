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

package io.github.ultracartsso.authentication;

import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Remembers which user mappers the filter chains of an application use, whether they are
 * beans or set for a chain, so that checks of the configuration can tell where
 * authorities come from. Not part of the API.
 *
 * @since 0.1
 */
public final class UserMappersInUse {

	private final Set<UltraCartUserMapper> mappers = new CopyOnWriteArraySet<>();

	/**
	 * Adds the mapper of a filter chain.
	 * @param mapper the mapper
	 */
	public void add(UltraCartUserMapper mapper) {
		this.mappers.add(mapper);
	}

	/**
	 * Returns whether no filter chain has a login with UltraCart.
	 * @return {@code true} until a mapper is added
	 */
	public boolean isEmpty() {
		return this.mappers.isEmpty();
	}

	/**
	 * Returns whether a mapper of the application may grant authorities of its own.
	 * @return {@code false} if all authorities are those of permissions, groups and
	 * configured roles
	 */
	public boolean hasOwn() {
		return this.mappers.stream()
			.anyMatch((mapper) -> !(mapper instanceof DefaultUltraCartUserMapper known
					&& known.authoritiesMapper() instanceof PermissionAuthoritiesMapper));
	}

}
