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

import io.github.ultracartsso.client.SecureTransport;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.client.RestClient;

/**
 * Configures {@code RestClient}s that call UltraCart and nothing else.
 */
final class UltraCartRestClientConfigurer {

	private static final String API_VERSION_HEADER = "X-UltraCart-Api-Version";

	private final URI baseUrl;

	private final @Nullable ObservationRegistry observationRegistry;

	UltraCartRestClientConfigurer(UltraCartApiTransport transport, @Nullable ObservationRegistry observationRegistry) {
		this.baseUrl = transport.baseUrl();
		this.observationRegistry = observationRegistry;
	}

	URI baseUrl() {
		return this.baseUrl;
	}

	/**
	 * Configures a client. Whatever it has had before, it sends requests to UltraCart
	 * through the interceptor, and none to any other host.
	 * @param client the client. Its own interceptors come before the given one
	 * @param interceptor makes the calls to UltraCart
	 */
	RestClient.Builder configure(RestClient.Builder client, ClientHttpRequestInterceptor interceptor) {
		client.baseUrl(this.baseUrl)
			.apiVersionInserter(ApiVersionInserter.useHeader(API_VERSION_HEADER))
			.requestInterceptor(interceptor)
			// the interceptor passes on only what goes to another host
			.requestFactory((url, method) -> {
				throw new IllegalArgumentException("This RestClient calls UltraCart at " + this.baseUrl + " only, not "
						+ SecureTransport.host(url) + ". Use a RestClient of your own for other hosts");
			});
		if (this.observationRegistry != null) {
			client.observationRegistry(this.observationRegistry)
				.observationConvention(new UltraCartApiObservationConvention());
		}
		return client;
	}

}
