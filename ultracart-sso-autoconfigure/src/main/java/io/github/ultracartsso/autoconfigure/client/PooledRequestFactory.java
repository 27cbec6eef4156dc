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

import java.util.List;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.util.LambdaSafe;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.Assert;

/**
 * Creates the request factory with a pool of connections to UltraCart. The application's
 * {@link ClientHttpRequestFactoryBuilderCustomizer}s for HttpClient 5 apply, so that an
 * outgoing proxy is configured once for all clients of the application. What must not be
 * enabled here is disabled after them.
 *
 * @param properties the timeouts and the number of concurrent calls
 * @param timeLimit aborts calls
 * @param customizers the customizers of the application, in their order
 */
record PooledRequestFactory(UltraCartSsoProperties.Http properties, CallTimeLimit timeLimit,
		List<ClientHttpRequestFactoryBuilderCustomizer<?>> customizers) {

	/**
	 * Connections for sign-outs, which do not wait in the queue.
	 */
	private static final int SIGN_OUTS = 4;

	/**
	 * Idle time after which a pooled connection is checked before it is used again. The
	 * check matters most to the exchange of a code, which is never retried; reading a
	 * user and revoking a key are. It blocks for a millisecond, so it is not made before
	 * every call: a server that closes a connection after a response announces that with
	 * {@code Connection: close}, and a close without announcement comes after a pause. A
	 * call within this time of the last one gets a connection that was just in use.
	 */
	private static final TimeValue CHECKED_AFTER = TimeValue.ofMilliseconds(100);

	/**
	 * Creates the request factory.
	 * @param sslBundle the certificates to use, or {@code null} for those of the JVM
	 */
	ClientHttpRequestFactory create(@Nullable SslBundle sslBundle) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withConnectTimeout(this.properties.getConnectTimeout())
			.withReadTimeout(this.properties.getReadTimeout())
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withCookieHandling(HttpCookieHandling.DISABLE)
			.withSslBundle(sslBundle);
		int connections = this.properties.getMaxConcurrentCalls() + SIGN_OUTS;
		return customizedBuilder().withHttpClientCustomizer(new UltraCartHttpClientCustomizer(this.timeLimit))
			.withConnectionManagerCustomizer((manager) -> manager.setDnsResolver(this.timeLimit.dnsResolver())
				.setMaxConnPerRoute(connections)
				.setMaxConnTotal(connections))
			.withConnectionConfigCustomizer((connection) -> connection.setValidateAfterInactivity(CHECKED_AFTER))
			.build(settings);
	}

	@SuppressWarnings("unchecked")
	private HttpComponentsClientHttpRequestFactoryBuilder customizedBuilder() {
		ClientHttpRequestFactoryBuilder<?>[] builder = { ClientHttpRequestFactoryBuilder.httpComponents() };
		LambdaSafe.callbacks(ClientHttpRequestFactoryBuilderCustomizer.class, this.customizers, builder[0])
			.invoke((customizer) -> builder[0] = customizer.customize(builder[0]));
		Assert.state(builder[0] instanceof HttpComponentsClientHttpRequestFactoryBuilder,
				() -> "A ClientHttpRequestFactoryBuilderCustomizer has replaced the builder for HttpClient 5 by "
						+ builder[0].getClass().getName() + ". Calls to UltraCart need HttpClient 5. Restrict the"
						+ " customizer to the builder that it is for by its type argument");
		return (HttpComponentsClientHttpRequestFactoryBuilder) builder[0];
	}

}
