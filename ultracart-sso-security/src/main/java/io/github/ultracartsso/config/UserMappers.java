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

package io.github.ultracartsso.config;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Chooses the user mapper of a filter chain.
 *
 * @param userMapper the mapper set for the chain, or {@code null}
 * @param authoritiesMapper the authorities mapper set for the chain, or {@code null}
 */
record UserMappers(@Nullable UltraCartUserMapper userMapper, @Nullable UltraCartAuthoritiesMapper authoritiesMapper) {

	UltraCartUserMapper choose(LoginCollaborators collaborators) {
		if (this.userMapper != null) {
			Assert.state(this.authoritiesMapper == null, """
					A userMapper and an authoritiesMapper are both set for ultraCartLogin(), but the \
					userMapper would not use the authoritiesMapper. Remove one of them.""");
			return this.userMapper;
		}
		if (this.authoritiesMapper == null) {
			return collaborators.single(UltraCartUserMapper.class, () -> new DefaultUltraCartUserMapper(
					collaborators.single(UltraCartAuthoritiesMapper.class, () -> permissions(collaborators))));
		}
		Assert.state(collaborators.areAll(UltraCartUserMapper.class, DefaultUltraCartUserMapper.class), """
				An authoritiesMapper is set for ultraCartLogin(), but the application's UltraCartUserMapper bean \
				would not use it. Remove one of them, or call the authoritiesMapper in that bean.""");
		return new DefaultUltraCartUserMapper(this.authoritiesMapper);
	}

	/**
	 * Returns what tells which permissions and groups grant an authority, as far as the
	 * mapper of the chain knows, in UltraCart's spelling. The mapper also answers for
	 * authorities of the application itself, so names in the form of an authority that
	 * are none of UltraCart's are left out.
	 */
	Function<String, List<String>> grants(LoginCollaborators collaborators) {
		Supplier<UltraCartUserMapper> mapper = SingletonSupplier.of(() -> choose(collaborators));
		PermissionCatalogue catalogue = collaborators.permissionCatalogue();
		return (authority) -> (mapper.get() instanceof DefaultUltraCartUserMapper known)
				? known.grantsOf(authority).stream().flatMap((grant) -> catalogue.spelled(grant).stream()).toList()
				: List.of();
	}

	private static PermissionAuthoritiesMapper permissions(LoginCollaborators collaborators) {
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		mapper.setRolePrefix(collaborators.rolePrefix());
		return mapper;
	}

}
