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

package io.github.ultracartsso.autoconfigure.security;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UserMappersInUse;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties.Authorities;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Warns at start if properties below {@code ultracart.sso.authorities} have no effect,
 * because mappers of the application replace the one that applies them.
 */
final class UltraCartAuthoritiesCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartAuthoritiesCheck.class);

	private static final String DEFAULT_MAPPER = "ultraCartPermissionAuthoritiesMapper";

	private final ConfigurableListableBeanFactory beans;

	private final Authorities properties;

	private final UltraCartSsoWarnings warnings;

	UltraCartAuthoritiesCheck(ConfigurableListableBeanFactory beans, Authorities properties,
			UltraCartSsoWarnings warnings) {
		this.beans = beans;
		this.properties = properties;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<String> set = setProperties();
		// the mapper is lazy: without an instance, no mapper of a filter chain uses it
		if (set.isEmpty() || this.beans.containsSingleton(DEFAULT_MAPPER) || !isAnyMapperInUse()) {
			return;
		}
		String replacing = replacingBean();
		this.warnings.give(logger, String.join(" and ", set) + ((set.size() == 1) ? " has" : " have")
				+ " no effect, because "
				+ ((replacing != null) ? "the bean '" + replacing + "' replaces"
						: "a mapper that is set for ultraCartLogin() replaces")
				+ " the mapper that applies " + ((set.size() == 1) ? "it" : "them")
				+ ". Inject PermissionAuthoritiesMapper where you map authorities, and return permissions.plus(...), to add"
				+ " to what it grants; or remove the " + ((set.size() == 1) ? "property." : "properties."));
	}

	private boolean isAnyMapperInUse() {
		UserMappersInUse mappers = this.beans.getBeanProvider(UserMappersInUse.class).getIfUnique();
		return mappers != null && !mappers.isEmpty();
	}

	private List<String> setProperties() {
		List<String> set = new ArrayList<>();
		if (!this.properties.roles().isEmpty()) {
			set.add("ultracart.sso.authorities.roles");
		}
		if (this.properties.permissionPrefix() != null) {
			set.add("ultracart.sso.authorities.permission-prefix");
		}
		if (!this.properties.groupPrefix().equals(Authorities.DEFAULT_GROUP_PREFIX)) {
			set.add("ultracart.sso.authorities.group-prefix");
		}
		return set;
	}

	private @Nullable String replacingBean() {
		return Stream.of(UltraCartAuthoritiesMapper.class, UltraCartUserMapper.class)
			.flatMap((type) -> Stream.of(this.beans.getBeanNamesForType(type, true, false)))
			.filter((name) -> !name.equals(DEFAULT_MAPPER) && !name.equals("ultraCartUserMapper"))
			.findFirst()
			.orElse(null);
	}

}
