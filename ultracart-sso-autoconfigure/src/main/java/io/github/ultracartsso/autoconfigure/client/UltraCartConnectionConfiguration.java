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

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallQuota;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.SharedGate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.log.LogMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Configures the connections and the call gate that all calls to UltraCart share.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartConnectionConfiguration {

	private static final Log logger = LogFactory.getLog(UltraCartConnectionConfiguration.class);

	private static final List<String> HTTP_LOGGERS = List.of("org.apache.hc.client5.http.headers",
			"org.apache.hc.client5.http.wire");

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

	@Bean
	UltraCartSharedLimits ultraCartSharedLimits(CheckedUltraCartSsoProperties checked,
			ObjectProvider<LimitStore> limitStore, ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoProperties.Limits limits = checked.properties().limits();
		if (limits.store() == UltraCartSsoProperties.Limits.Store.MEMORY) {
			return UltraCartSharedLimits.none();
		}
		LimitStore store = limitStore.getIfUnique(() -> {
			throw new MissingLimitStoreException(limits.store());
		});
		String group = limits.group();
		return new UltraCartSharedLimits(store, (group != null) ? group
				: UltraCartSharedLimits.defaultGroup(checked.properties(), connectionDetails.getIfUnique()));
	}

	@Bean
	@ConditionalOnMissingBean
	CallGate ultraCartCallGate(CheckedUltraCartSsoProperties checked, UltraCartSharedLimits shared,
			ObjectProvider<Clock> clock) {
		UltraCartSsoProperties.Http properties = checked.properties().http();
		CallGate gate = new CallGate(properties.getMaxConcurrentCalls(), properties.getQueueTimeout());
		if (shared.store() != null) {
			// a call that has taken too long is aborted a moment later
			gate.setSharedGate(new SharedGate(shared.store(), shared.group(),
					properties.getCallTimeout().plus(Duration.ofSeconds(1))));
		}
		UltraCartSsoProperties.Limits limits = checked.properties().limits();
		gate.setQuota(new CallQuota(limits.callsPerHour(), limits.callsPerDay()));
		clock.ifUnique(gate::setClock);
		return gate;
	}

	@Bean
	UltraCartConnection ultraCartConnection(CheckedUltraCartSsoProperties checked, CallGate callGate,
			ObjectProvider<SslBundles> sslBundles) {
		warnOfKeysInLog();
		UltraCartSsoProperties.Http properties = checked.properties().http();
		CallTimeLimit timeLimit = new CallTimeLimit(properties.getCallTimeout());
		return new UltraCartConnection(requestFactory(properties, sslBundles, timeLimit),
				new UltraCartHttpSettings(checked.properties().apiVersion(), callGate, timeLimit,
						properties.getMaxRetries(), checked.plainHttpHosts()));
	}

	/**
	 * Returns a factory that creates the HTTP client at the first call, because loading
	 * its classes and those of TLS takes a noticeable part of the start. With an SSL
	 * bundle the client is created at once: a bundle that cannot be used must fail the
	 * start.
	 */
	private static ClientHttpRequestFactory requestFactory(UltraCartSsoProperties.Http properties,
			ObjectProvider<SslBundles> sslBundles, CallTimeLimit timeLimit) {
		SslBundle sslBundle = sslBundle(properties, sslBundles);
		SingletonSupplier<ClientHttpRequestFactory> pooled = SingletonSupplier
			.of(() -> pooledRequestFactory(properties, sslBundle, timeLimit));
		return (sslBundle != null) ? pooled.obtain() : (url, method) -> pooled.obtain().createRequest(url, method);
	}

	private static ClientHttpRequestFactory pooledRequestFactory(UltraCartSsoProperties.Http properties,
			@Nullable SslBundle sslBundle, CallTimeLimit timeLimit) {
		HttpClientSettings settings = HttpClientSettings.defaults()
			.withConnectTimeout(properties.getConnectTimeout())
			.withReadTimeout(properties.getReadTimeout())
			.withRedirects(HttpRedirects.DONT_FOLLOW)
			.withCookieHandling(HttpCookieHandling.DISABLE)
			.withSslBundle(sslBundle);
		return ClientHttpRequestFactoryBuilder.httpComponents()
			.withHttpClientCustomizer(new UltraCartHttpClientCustomizer(timeLimit))
			.withConnectionManagerCustomizer((connections) -> connections.setDnsResolver(timeLimit.dnsResolver())
				.setMaxConnPerRoute(properties.getMaxConcurrentCalls() + SIGN_OUTS)
				.setMaxConnTotal(properties.getMaxConcurrentCalls() + SIGN_OUTS))
			.withConnectionConfigCustomizer((connection) -> connection.setValidateAfterInactivity(CHECKED_AFTER))
			.build(settings);
	}

	private static @Nullable SslBundle sslBundle(UltraCartSsoProperties.Http properties,
			ObjectProvider<SslBundles> sslBundles) {
		String name = properties.getSsl().getBundle();
		return StringUtils.hasText(name) ? sslBundles.getObject().getBundle(name) : null;
	}

	/**
	 * Warns if the HTTP library logs what it sends, which includes keys.
	 */
	private static void warnOfKeysInLog() {
		for (String name : HTTP_LOGGERS) {
			if (LogFactory.getLog(name).isDebugEnabled()) {
				logger.warn(LogMessage.format("The logger %s is at DEBUG or below, so keys and codes of UltraCart are"
						+ " written to the log. Set logging.level.%1$s=info to prevent that", name));
			}
		}
	}

}
