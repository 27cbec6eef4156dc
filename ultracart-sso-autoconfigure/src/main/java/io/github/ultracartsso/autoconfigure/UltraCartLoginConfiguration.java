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

package io.github.ultracartsso.autoconfigure;

import java.net.URI;
import java.time.Clock;
import java.util.List;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.web.login.CookiePendingLoginRepository;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

/**
 * What logins work with in every filter chain of the application.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartLoginConfiguration {

	@Bean
	CheckedUltraCartSsoProperties checkedUltraCartSsoProperties(UltraCartSsoProperties properties,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails, ObjectProvider<SslBundles> sslBundles) {
		List<String> sslBundleNames = sslBundles.stream()
			.flatMap((bundles) -> bundles.getBundleNames().stream())
			.toList();
		UltraCartSsoConnectionDetails connection = connectionDetails.getIfAvailable();
		boolean fromProperties = connection instanceof PropertiesUltraCartSsoConnectionDetails;
		UltraCartSsoConfigurationCheck.check(properties, sslBundleNames, fromProperties,
				fromProperties || connection == null);
		return new CheckedUltraCartSsoProperties(properties);
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartLoginSettings ultraCartLoginSettings(CheckedUltraCartSsoProperties checked,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoProperties properties = checked.properties();
		UltraCartSsoConnectionDetails connection = connectionDetails.getIfAvailable();
		UltraCartLoginSettings.Builder settings = UltraCartLoginSettings.builder()
			.baseUrl((connection != null) ? connection.getBaseUrl() : URI.create(properties.baseUrl()))
			.allowedLoginHosts(properties.allowedLoginHosts())
			.redirectUri(properties.redirectUri())
			.loginPage(properties.loginPage())
			.defaultSuccessUrl(properties.defaultSuccessUrl())
			.sessionPolicy(sessionPolicy(properties));
		if (!UltraCartSsoProperties.Logout.DEFAULT_SUCCESS_URL.equals(properties.logout().successUrl())) {
			settings.logoutSuccessUrl(properties.logout().successUrl());
		}
		return settings.build();
	}

	private static SsoSessionPolicy sessionPolicy(UltraCartSsoProperties properties) {
		UltraCartSsoProperties.Session session = properties.session();
		SsoSessionPolicy.Builder policy = SsoSessionPolicy.builder()
			.ipLock(session.ipLock())
			.refreshInterval(session.refreshInterval())
			.maxAge(session.maxAge())
			.unknownExpiryMaxAge(session.unknownExpiryMaxAge());
		if (properties.http().getReadTimeout() != null) {
			policy.refreshTimeout(properties.http().getReadTimeout());
		}
		return policy.build();
	}

	@Bean
	@ConditionalOnMissingBean
	LoginStartBudget ultraCartLoginStartBudget(CheckedUltraCartSsoProperties checked, ObjectProvider<Clock> clock) {
		LoginStartBudget budget = new LoginStartBudget(checked.properties().login().maxStartsPerHour());
		clock.ifUnique(budget::setClock);
		return budget;
	}

	@Bean
	@ConditionalOnMissingBean(PendingLoginRepository.class)
	@ConditionalOnProperty(name = "ultracart.sso.login.pending-store", havingValue = "cookie")
	CookiePendingLoginRepository ultraCartPendingLoginRepository(EncryptionKeys encryptionKeys,
			ObjectProvider<Clock> clock) {
		CookiePendingLoginRepository repository = new CookiePendingLoginRepository(
				encryptionKeys.sealer("pending-login"));
		clock.ifUnique(repository::setClock);
		return repository;
	}

	@Bean
	@ConditionalOnMissingBean(UltraCartAuthoritiesMapper.class)
	PermissionAuthoritiesMapper ultraCartAuthoritiesMapper(CheckedUltraCartSsoProperties checked) {
		UltraCartSsoProperties.Authorities properties = checked.properties().authorities();
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		mapper.setPermissionPrefix(properties.permissionPrefix());
		mapper.setGroupPrefix(properties.groupPrefix());
		mapper.setRoles(properties.roles());
		return mapper;
	}

	@Bean
	@ConditionalOnMissingBean(UltraCartUserMapper.class)
	@ConditionalOnSingleCandidate(UltraCartAuthoritiesMapper.class)
	DefaultUltraCartUserMapper ultraCartUserMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
		return new DefaultUltraCartUserMapper(authoritiesMapper);
	}

	@Bean
	UltraCartLoginPresenceCheck ultraCartLoginPresenceCheck(ObjectProvider<SecurityFilterChain> filterChains) {
		return new UltraCartLoginPresenceCheck(filterChains);
	}

	@Bean
	UltraCartSessionCookieCheck ultraCartSessionCookieCheck(Environment environment) {
		return new UltraCartSessionCookieCheck(environment);
	}

	/**
	 * Authenticates users' keys for whoever asks. It is a resolver because Spring Boot
	 * would make up a user with a generated password without any, while a provider or a
	 * manager would become part of every other login of the application.
	 */
	@Bean
	@ConditionalOnMissingBean({ AuthenticationManager.class, AuthenticationProvider.class, UserDetailsService.class,
			AuthenticationManagerResolver.class })
	@Conditional(NoConfiguredUser.class)
	AuthenticationManagerResolver<HttpServletRequest> ultraCartAuthenticationManagerResolver(UltraCartSsoClient client,
			ObjectProvider<UltraCartUserMapper> userMapper) {
		ProviderManager authenticationManager = new ProviderManager(
				new UltraCartAuthenticationProvider(client, (user) -> userMapper.getObject().mapUser(user)));
		return (request) -> authenticationManager;
	}

	/**
	 * The application wants Spring Boot's user, having given it a name or a password.
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
