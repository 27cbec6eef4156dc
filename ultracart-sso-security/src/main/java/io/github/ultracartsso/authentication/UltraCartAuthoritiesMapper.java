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

import java.util.Collection;

import io.github.ultracartsso.client.User;

import org.springframework.security.core.GrantedAuthority;

/**
 * Maps an UltraCart user to authorities in the application.
 *
 * @since 0.1
 * @see PermissionAuthoritiesMapper
 */
@FunctionalInterface
public interface UltraCartAuthoritiesMapper {

	/**
	 * Returns the authorities of the user. Note that {@link User#permissions()} and
	 * {@link User#groups()} list all that exist, not only those that the user has.
	 * @param user the user
	 * @return the authorities. Those that every login grants are added to them
	 */
	Collection<? extends GrantedAuthority> mapAuthorities(User user);

}
