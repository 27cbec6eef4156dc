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

import com.ultracart.admin.v2.util.ApiClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartApiClients;
import io.github.ultracartsso.web.UltraCartKeyExchangeFilterFunction;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import io.github.ultracartsso.web.api.UltraCartKeyExchangeFilterFunction;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Calls of UltraCart's API on behalf of the signed-in user. Like the SSO client, the
 * {@code RestClient} is built from nothing of the application's own.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartApiConfiguration {

	@Bean
	@ConditionalOnMissingBean
	CurrentSsoSessions ultraCartCurrentSsoSessions(
			ObjectProvider<SecurityContextHolderStrategy> securityContextHolderStrategy, ObjectProvider<Clock> clock) {
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();
		securityContextHolderStrategy.ifUnique(currentSsoSessions::setSecurityContextHolderStrategy);
		clock.ifUnique(currentSsoSessions::setClock);
		return currentSsoSessions;
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartApiTransport ultraCartApiTransport(CheckedUltraCartSsoProperties checked, UltraCartConnection connection,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails, CallGate callGate,
			ObjectProvider<Clock> clock) {
		UltraCartSsoProperties properties = checked.properties();
		UltraCartSsoConnectionDetails details = connectionDetails.getIfAvailable();
		return new UltraCartApiTransport(connection.requestFactory(),
				(details != null) ? details.getBaseUrl() : URI.create(properties.baseUrl()),
				new UltraCartHttpSettings(properties.apiVersion(), callGate, connection.timeLimit(),
						properties.http().getMaxRetries(), clock.getIfUnique(Clock::systemUTC)));
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartKeyInterceptor ultraCartKeyInterceptor(UltraCartApiTransport transport,
			CurrentSsoSessions currentSsoSessions) {
		return new UltraCartKeyInterceptor(transport, currentSsoSessions);
	}

	@Bean(defaultCandidate = false)
	@UltraCartApi
	@Conditional(OnMissingUltraCartApiCondition.class)
	RestClient ultraCartRestClient(UltraCartApiTransport transport, UltraCartKeyInterceptor interceptor,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		RestClient.Builder builder = RestClient.builder()
			.baseUrl(transport.baseUrl())
			.requestInterceptor(interceptor)
			// what the interceptor lets pass is for others
			.requestFactory((url, method) -> {
				throw new IllegalArgumentException("The @UltraCartApi RestClient calls " + transport.baseUrl()
						+ " alone, not " + url.getHost() + ". Use a RestClient of your own for other hosts");
			});
		observationRegistry.ifUnique((registry) -> builder.observationRegistry(registry)
			.observationConvention(new UltraCartApiObservationConvention()));
		return builder.build();
	}

	/**
	 * For those who use Spring's {@code WebClient}.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClient.class)
	static class WebClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		UltraCartKeyExchangeFilterFunction ultraCartKeyExchangeFilterFunction(UltraCartApiTransport transport,
				CurrentSsoSessions currentSsoSessions) {
			return new UltraCartKeyExchangeFilterFunction(transport, currentSsoSessions);
		}

	}

	/**
	 * For those who use UltraCart's Java SDK.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ApiClient.class)
	static class SdkConfiguration {

		@Bean
		@ConditionalOnMissingBean
		UltraCartApiClients ultraCartApiClients(UltraCartApiTransport transport,
				CurrentSsoSessions currentSsoSessions) {
			return new UltraCartApiClients(transport, currentSsoSessions);
		}

	}

}
