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

import io.github.ultracartsso.client.http.UltraCartJsonMapperCustomizer;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.client.RestClient;

/**
 * Configures {@link RestClient}s that call UltraCart and nothing else: base URL,
 * credential, JSON and observations.
 */
final class UltraCartRestClientConfigurer {

	private static final String API_VERSION_HEADER = "X-UltraCart-Api-Version";

	private final URI baseUrl;

	private final UltraCartJsonConverter jsonConverter;

	private final @Nullable ObservationRegistry observationRegistry;

	/**
	 * Creates a configurer.
	 * @param baseUrl the URL of UltraCart's API
	 * @param jsonMapper the application's mapper, of which a copy is made for UltraCart
	 * @param observationRegistry the observation registry, or {@code null} for none
	 */
	UltraCartRestClientConfigurer(URI baseUrl, JsonMapper jsonMapper,
			@Nullable ObservationRegistry observationRegistry) {
		this.baseUrl = baseUrl;
		JsonMapper.Builder json = jsonMapper.rebuild();
		new UltraCartJsonMapperCustomizer().accept(json);
		this.jsonConverter = new UltraCartJsonConverter(json);
		this.observationRegistry = observationRegistry;
	}

	/**
	 * Configures a client.
	 * @param builder the builder of the client
	 * @param calls sends the requests with the credential of their caller
	 * @return the builder
	 */
	RestClient.Builder configure(RestClient.Builder builder, UltraCartKeyInterceptor calls) {
		if (this.observationRegistry != null) {
			builder.observationRegistry(this.observationRegistry)
				.observationConvention(new UltraCartApiObservationConvention());
		}
		return builder.baseUrl(this.baseUrl)
			.apiVersionInserter(ApiVersionInserter.useHeader(API_VERSION_HEADER))
			.configureMessageConverters((converters) -> converters.registerDefaults()
				.withJsonConverter(this.jsonConverter)
				// another one for JSON, such as that of Kotlin, would go first
				.configureMessageConvertersList((list) -> list
					.removeIf((converter) -> converter != this.jsonConverter && isForJson(converter))))
			.requestFactory(new UltraCartRequestFactory(this.baseUrl, calls));
	}

	private static boolean isForJson(HttpMessageConverter<?> converter) {
		return converter.getSupportedMediaTypes().contains(MediaType.APPLICATION_JSON);
	}

}
