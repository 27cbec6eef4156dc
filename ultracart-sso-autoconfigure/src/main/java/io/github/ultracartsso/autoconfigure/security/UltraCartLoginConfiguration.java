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

import java.net.URI;
import java.time.Clock;

import io.github.ultracartsso.authentication.EncryptionKeys;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.web.CookiePendingLoginRepository;
import io.github.ultracartsso.web.LoginStartBudget;
import io.github.ultracartsso.web.PendingLoginRepository;
import io.github.ultracartsso.web.SsoSessionPolicy;
import io.github.ultracartsso.web.UltraCartLoginSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.PropertyMapper;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures what logins use in every filter chain of the application.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartLoginConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UltraCartLoginSettings ultraCartLoginSettings(CheckedUltraCartSsoProperties checked,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoProperties properties = checked.properties();
		UltraCartSsoConnectionDetails connection = connectionDetails.getIfUnique();
		UltraCartLoginSettings.Builder settings = UltraCartLoginSettings.builder()
			.baseUrl((connection != null) ? connection.getBaseUrl() : URI.create(properties.baseUrl()))
			.allowedLoginHosts(properties.allowedLoginHosts())
			.redirectUri(properties.redirectUri())
			.loginPage(properties.loginPage())
			.defaultSuccessUrl(properties.defaultSuccessUrl())
			.sessionPolicy(sessionPolicy(properties));
		PropertyMapper.get()
			.from(properties.logout()::successUrl)
			.when((url) -> !UltraCartSsoProperties.Logout.DEFAULT_SUCCESS_URL.equals(url))
			.to(settings::logoutSuccessUrl);
		return settings.build();
	}

	private static SsoSessionPolicy sessionPolicy(UltraCartSsoProperties properties) {
		UltraCartSsoProperties.Session session = properties.session();
		SsoSessionPolicy.Builder policy = SsoSessionPolicy.builder()
			.ipLock(session.ipLock())
			.refreshInterval(session.refreshInterval())
			.maxAge(session.maxAge())
			.unknownExpiryMaxAge(session.unknownExpiryMaxAge());
		PropertyMapper.get().from(properties.http()::getReadTimeout).to(policy::refreshTimeout);
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
	CookiePendingLoginRepository ultraCartPendingLoginRepository(ObjectProvider<EncryptionKeys> encryptionKeys,
			ObjectProvider<Clock> clock) {
		CookiePendingLoginRepository repository = new CookiePendingLoginRepository(
				encryptionKeys.getIfUnique(EncryptionKeys::random).sealer("pending-login"));
		clock.ifUnique(repository::setClock);
		return repository;
	}

}
