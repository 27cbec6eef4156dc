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

package io.github.ultracartsso.autoconfigure.properties;

import java.time.Clock;
import java.util.List;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.client.oauth.RefreshTokenRepository;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration that binds and checks the properties {@code ultracart.sso.*} and
 * takes the {@link UltraCartSsoConnectionDetails} from them. The start fails if a
 * property holds a mistake. All other auto-configurations of UltraCart SSO need this one.
 *
 * @since 0.1
 */
@AutoConfiguration(after = SslAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@EnableConfigurationProperties(UltraCartSsoProperties.class)
public final class UltraCartSsoPropertiesAutoConfiguration {

	private static final Log logger = LogFactory.getLog(UltraCartSsoPropertiesAutoConfiguration.class);

	@Bean
	UltraCartSsoWarnings ultraCartSsoWarnings(ObjectProvider<Clock> clock) {
		return new UltraCartSsoWarnings(clock.getIfUnique(Clock::systemUTC));
	}

	@Bean
	CheckedUltraCartSsoProperties checkedUltraCartSsoProperties(UltraCartSsoProperties properties,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails, ObjectProvider<SslBundles> sslBundles,
			UltraCartSsoWarnings warnings, Environment environment) {
		UltraCartSsoConnectionDetails connection = connectionDetails.getIfAvailable();
		boolean fromProperties = connection instanceof PropertiesUltraCartSsoConnectionDetails;
		List<String> sslBundleNames = sslBundles.stream()
			.flatMap((bundles) -> bundles.getBundleNames().stream())
			.toList();
		CheckedUltraCartSsoProperties checked = new UltraCartSsoConfigurationCheck(sslBundleNames, fromProperties,
				fromProperties || connection == null, new UnknownProperties(environment))
			.check(properties, warnings);
		List<String> plainHttpHosts = properties.development().plainHttpHosts();
		if (!plainHttpHosts.isEmpty()) {
			warnings
				.give(logger, "Plain http is accepted for " + String.join(", ", plainHttpHosts) + ", so keys, codes and"
						+ " session cookies may cross the network unencrypted. That is meant for development: remove"
						+ " ultracart.sso.development.plain-http-hosts where real users sign in.");
		}
		return checked;
	}

	@Bean
	@ConditionalOnMissingBean({ UltraCartSsoConnectionDetails.class, UltraCartSsoClient.class })
	PropertiesUltraCartSsoConnectionDetails ultraCartSsoConnectionDetails(UltraCartSsoProperties properties,
			ObjectProvider<RefreshTokenRepository> refreshTokenRepository, ObjectProvider<Clock> clock) {
		return new PropertiesUltraCartSsoConnectionDetails(properties, (credential) -> {
			refreshTokenRepository.ifAvailable(credential::setRefreshTokenRepository);
			clock.ifUnique(credential::setClock);
		});
	}

}
