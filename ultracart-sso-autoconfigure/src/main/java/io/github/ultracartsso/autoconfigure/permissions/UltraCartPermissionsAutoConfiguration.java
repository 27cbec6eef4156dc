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
package io.github.ultracartsso.autoconfigure.permissions;

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.core.GrantedAuthorityDefaults;

/**
 * Auto-configuration that remembers the permissions and groups that UltraCart lists, and
 * warns of names in the application that are none of them.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoPropertiesAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(CheckedUltraCartSsoProperties.class)
public final class UltraCartPermissionsAutoConfiguration {

	private static final String GROUP_REFERENCE = "group:";

	@Bean
	@ConditionalOnMissingBean
	PermissionCatalogue ultraCartPermissionCatalogue() {
		return new PermissionCatalogue();
	}

	@Bean
	PermissionNameCheck ultraCartPermissionNameCheck(CheckedUltraCartSsoProperties checked,
			PermissionCatalogue catalogue, UltraCartSsoWarnings warnings, ConfigurableListableBeanFactory beans,
			ObjectProvider<GrantedAuthorityDefaults> defaults) {
		UltraCartSsoProperties.Authorities authorities = checked.properties().authorities();
		String rolePrefix = defaults.getIfUnique(() -> new GrantedAuthorityDefaults("ROLE_")).getRolePrefix();
		String permissionPrefix = authorities.permissionPrefix();
		NameSources sources = new NameSources(beans, new ExistingNames.AuthorityPrefixes(rolePrefix,
				(permissionPrefix != null) ? permissionPrefix : rolePrefix, authorities.groupPrefix()));
		return new PermissionNameCheck(() -> {
			List<RequiredName> names = new ArrayList<>();
			authorities.roles().forEach((role, grants) -> names.addAll(required(role, grants)));
			RequiredNames required = new RequiredNames(rolePrefix);
			List<AnnotatedMethod> methods = new AnnotatedBeans(beans).methods();
			new AnnotationCheck(warnings).check(methods);
			methods.forEach((method) -> names.addAll(required.of(method)));
			return names;
		}, catalogue, sources, warnings);
	}

	private static List<RequiredName> required(String role, List<String> grants) {
		String place = "ultracart.sso.authorities.roles." + role;
		return grants.stream().map(String::strip).map((grant) -> {
			String written = "'" + grant + "'";
			return grant.startsWith(GROUP_REFERENCE)
					? new RequiredName(RequiredName.Kind.GRANTING_GROUP,
							grant.substring(GROUP_REFERENCE.length()).strip(), written, place)
					: new RequiredName(RequiredName.Kind.GRANTING_PERMISSION, grant, written, place);
		}).toList();
	}

}
