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

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.UltraCartSsoClient;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.userdetails.UserDetailsService;

/**
 * Configures which principal and which authorities a user of UltraCart becomes.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartUserConfiguration {

	static final String DEFAULT_MAPPER = "ultraCartPermissionAuthoritiesMapper";

	private static final String ROLE_PREFIX = "ROLE_";

	/**
	 * A mapper of the application takes precedence, and may be given this one to add to
	 * it. It is lazy, so that {@link UltraCartAuthoritiesCheck} sees whether any mapper
	 * uses it.
	 */
	@Bean(DEFAULT_MAPPER)
	@Lazy
	@Fallback
	@ConditionalOnMissingBean
	PermissionAuthoritiesMapper ultraCartPermissionAuthoritiesMapper(CheckedUltraCartSsoProperties checked,
			ObjectProvider<GrantedAuthorityDefaults> defaults) {
		UltraCartSsoProperties.Authorities properties = checked.properties().authorities();
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		mapper.setRolePrefix(rolePrefix(defaults));
		if (properties.permissionPrefix() != null) {
			mapper.setPermissionPrefix(properties.permissionPrefix());
		}
		mapper.setGroupPrefix(properties.groupPrefix());
		mapper.setRoles(properties.roles());
		return mapper;
	}

	/**
	 * It is lazy, because a filter chain may have an authorities mapper of its own.
	 */
	@Bean
	@Lazy
	@ConditionalOnMissingBean(UltraCartUserMapper.class)
	@ConditionalOnSingleCandidate(UltraCartAuthoritiesMapper.class)
	DefaultUltraCartUserMapper ultraCartUserMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
		return new DefaultUltraCartUserMapper(authoritiesMapper);
	}

	/**
	 * Authenticates the keys of users. It is a resolver, because without any of these
	 * types Spring Boot creates a user with a generated password, while a provider or a
	 * manager would take part in every other login of the application.
	 */
	@Bean
	@ConditionalOnMissingBean({ AuthenticationManager.class, AuthenticationProvider.class, UserDetailsService.class,
			AuthenticationManagerResolver.class })
	@Conditional(NoConfiguredUser.class)
	AuthenticationManagerResolver<HttpServletRequest> ultraCartAuthenticationManagerResolver(UltraCartSsoClient client,
			ObjectProvider<UltraCartUserMapper> userMapper, ObjectProvider<GrantedAuthorityDefaults> defaults) {
		UltraCartUserReader userReader = new UltraCartUserReader(client,
				(user) -> userMapper.getObject().mapUser(user));
		userReader.setRolePrefix(rolePrefix(defaults));
		ProviderManager authenticationManager = new ProviderManager(new UltraCartAuthenticationProvider(userReader));
		return (request) -> authenticationManager;
	}

	private static String rolePrefix(ObjectProvider<GrantedAuthorityDefaults> defaults) {
		return defaults.getIfUnique(() -> new GrantedAuthorityDefaults(ROLE_PREFIX)).getRolePrefix();
	}

	/**
	 * Matches unless the properties name Spring Boot's user or set their password.
	 */
	static final class NoConfiguredUser extends NoneNestedConditions {

		NoConfiguredUser() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnProperty("spring.security.user.name")
		static class Name {

		}

		@ConditionalOnProperty("spring.security.user.password")
		static class Password {

		}

	}

}
