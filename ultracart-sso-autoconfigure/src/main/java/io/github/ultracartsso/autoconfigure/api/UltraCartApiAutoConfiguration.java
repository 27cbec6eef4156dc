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

package io.github.ultracartsso.autoconfigure.api;

import java.net.URI;
import java.util.List;

import com.ultracart.admin.v2.util.ApiClient;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.client.UltraCartConnection;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.api.UltraCartApiClients;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import io.micrometer.observation.ObservationRegistry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.support.WebClientHttpServiceGroupConfigurer;

/**
 * Auto-configuration for calls to UltraCart's REST API with the key of the signed-in user
 * or the application's credential: with a {@link RestClient} for each, qualified by
 * {@link UltraCartApi @UltraCartApi}, with HTTP interfaces, and with UltraCart's Java
 * SDK. Like the client of single sign-on, the {@code RestClient}s do not use the
 * application's {@code RestClient.Builder}. No web application is needed. The beans are
 * created when the application first needs one of them.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { UltraCartSsoClientAutoConfiguration.class, UltraCartSsoSessionAutoConfiguration.class })
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean({ UltraCartConnection.class, CurrentSsoSessions.class })
@Lazy
public final class UltraCartApiAutoConfiguration {

	/**
	 * The default of {@code ultracart.sso.base-url}, which the test kit replaces.
	 */
	private static final String DEFAULT_BASE_URL = "https://secure.ultracart.com/rest/v2";

	@Bean
	@ConditionalOnMissingBean
	UltraCartApiTransport ultraCartApiTransport(CheckedUltraCartSsoProperties checked, UltraCartConnection connection,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoConnectionDetails details = connectionDetails.getIfUnique();
		return new UltraCartApiTransport(connection.requestFactory(),
				(details != null) ? details.getBaseUrl() : URI.create(checked.properties().baseUrl()),
				connection.settings());
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartKeyInterceptor ultraCartKeyInterceptor(UltraCartApiTransport transport,
			CurrentSsoSessions currentSsoSessions) {
		return new UltraCartKeyInterceptor(transport, currentSsoSessions);
	}

	/**
	 * Takes the application's mapper, or its builder of mappers, which have its
	 * customizers, modules and mixins.
	 */
	@Bean
	UltraCartRestClientConfigurer ultraCartRestClientConfigurer(UltraCartApiTransport transport,
			ObjectProvider<JsonMapper> jsonMapper, ObjectProvider<JsonMapper.Builder> jsonMapperBuilder,
			ObjectProvider<ObservationRegistry> observationRegistry) {
		return new UltraCartRestClientConfigurer(transport.baseUrl(),
				jsonMapper.getIfUnique(() -> jsonMapperBuilder.getIfUnique(JsonMapper::builder).build()),
				observationRegistry.getIfUnique());
	}

	@Bean(defaultCandidate = false)
	@UltraCartApi
	@Conditional(OnMissingUltraCartApiCondition.class)
	RestClient ultraCartRestClient(UltraCartRestClientConfigurer configurer, UltraCartKeyInterceptor interceptor) {
		return configurer.configure(RestClient.builder(), interceptor).build();
	}

	@Bean(defaultCandidate = false)
	@UltraCartApi(as = UltraCartApi.Caller.APPLICATION)
	@Conditional(OnMissingUltraCartApiCondition.class)
	RestClient ultraCartApplicationRestClient(UltraCartRestClientConfigurer configurer, UltraCartApiTransport transport,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		return configurer.configure(RestClient.builder(), applicationCalls(transport, connectionDetails)).build();
	}

	@Bean
	UltraCartHttpServiceGroupConfigurer ultraCartHttpServiceGroupConfigurer(UltraCartRestClientConfigurer configurer,
			HttpServiceGroupPropertiesCheck propertiesCheck, UltraCartKeyInterceptor userCalls,
			UltraCartApiTransport transport, ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		return new UltraCartHttpServiceGroupConfigurer(configurer, propertiesCheck, userCalls,
				() -> applicationCalls(transport, connectionDetails));
	}

	@Bean
	UltraCartParameterFormatConfigurer ultraCartParameterFormatConfigurer() {
		return new UltraCartParameterFormatConfigurer();
	}

	@Bean
	HttpServiceGroupPropertiesCheck ultraCartHttpServiceGroupPropertiesCheck(UltraCartApiTransport transport,
			CheckedUltraCartSsoProperties checked, ObjectProvider<HttpServiceClientProperties> properties) {
		return new HttpServiceGroupPropertiesCheck(properties.getIfAvailable(),
				List.of(transport.baseUrl().toString(), checked.properties().baseUrl(), DEFAULT_BASE_URL));
	}

	private static UltraCartKeyInterceptor applicationCalls(UltraCartApiTransport transport,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoConnectionDetails details = connectionDetails.getIfUnique(() -> {
			throw new IllegalStateException("UltraCart cannot be called as the application, because there is no"
					+ " UltraCartSsoConnectionDetails bean, which has the application's credential. Define one beside"
					+ " your own UltraCartSsoClient");
		});
		return new UltraCartKeyInterceptor(transport, details.getApplicationCredential());
	}

	/**
	 * Rejects groups of HTTP interfaces that would call UltraCart without a credential.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebClientHttpServiceGroupConfigurer.class)
	static class WebClientConfiguration {

		@Bean
		WebClientHttpServiceGroupConfigurer ultraCartWebClientHttpServiceGroupConfigurer() {
			return (groups) -> groups
				.filterByName(UltraCartHttpServiceGroupConfigurer.USER_GROUP,
						UltraCartHttpServiceGroupConfigurer.APPLICATION_GROUP)
				.forEachClient((group, client) -> {
					throw new UnsuitableHttpServiceGroupException(
							"The HTTP service group '%s' is for WebClient, with which UltraCart cannot be called as"
								.formatted(group.name()) + " the signed-in user or as the application",
							"Remove clientType = ClientType.WEB_CLIENT from the group.");
				});
		}

	}

	/**
	 * Configures calls with UltraCart's Java SDK.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ApiClient.class)
	@Lazy
	static class SdkConfiguration {

		@Bean
		@ConditionalOnMissingBean
		UltraCartApiClients ultraCartApiClients(UltraCartApiTransport transport,
				CurrentSsoSessions currentSsoSessions) {
			return new UltraCartApiClients(transport, currentSsoSessions);
		}

	}

}
