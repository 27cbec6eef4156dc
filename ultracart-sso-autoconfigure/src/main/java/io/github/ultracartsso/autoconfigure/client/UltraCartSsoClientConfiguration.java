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

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * Configures the client of UltraCart's single sign-on. It does not use the application's
 * {@code RestClient.Builder}, which may add headers or interceptors that UltraCart must
 * not see.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(UltraCartSsoClient.class)
class UltraCartSsoClientConfiguration {

	@Bean
	RestClientUltraCartSsoClient ultraCartSsoClient(UltraCartConnection connection,
			UltraCartSsoConnectionDetails connectionDetails, ObjectProvider<ObservationRegistry> observationRegistry) {
		RestClient.Builder builder = RestClient.builder().requestFactory(connection.requestFactory());
		observationRegistry.ifUnique(builder::observationRegistry);
		return new RestClientUltraCartSsoClient(builder, connectionDetails.getBaseUrl(),
				connectionDetails.getApplicationCredential(), connection.settings());
	}

}
