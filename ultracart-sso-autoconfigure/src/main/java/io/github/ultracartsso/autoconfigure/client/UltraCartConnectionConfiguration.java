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
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallQuota;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.client.traffic.SharedGate;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.log.LogMessage;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
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

	@Bean
	UltraCartSharedLimits ultraCartSharedLimits(CheckedUltraCartSsoProperties checked,
			ObjectProvider<LimitStore> limitStore, ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails,
			ListableBeanFactory beanFactory) {
		UltraCartSsoProperties.Limits limits = checked.properties().limits();
		if (limits.store() == UltraCartSsoProperties.Limits.Store.MEMORY) {
			return UltraCartSharedLimits.none();
		}
		LimitStore store = limitStore.getIfUnique(() -> {
			throw (limitStore.stream().count() > 1) ? MissingLimitStoreException.severalStores(limits.store())
					: MissingLimitStoreException.noConnection(limits.store(), connections(limits.store(), beanFactory));
		});
		String group = limits.group();
		return new UltraCartSharedLimits(new ResilientLimitStore(store), (group != null) ? group
				: UltraCartSharedLimits.defaultGroup(checked.properties(), connectionDetails.getIfUnique()));
	}

	/**
	 * Returns the names of the beans by which a store could connect. Their type may not
	 * be there.
	 */
	private static List<String> connections(UltraCartSsoProperties.Limits.Store store,
			ListableBeanFactory beanFactory) {
		String type = (store == UltraCartSsoProperties.Limits.Store.REDIS)
				? "org.springframework.data.redis.connection.RedisConnectionFactory" : "javax.sql.DataSource";
		ClassLoader classLoader = UltraCartConnectionConfiguration.class.getClassLoader();
		return ClassUtils.isPresent(type, classLoader)
				? List.of(beanFactory.getBeanNamesForType(ClassUtils.resolveClassName(type, classLoader), true, false))
				: List.of();
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
			ObjectProvider<SslBundles> sslBundles,
			ObjectProvider<ClientHttpRequestFactoryBuilderCustomizer<?>> customizers) {
		warnOfKeysInLog();
		UltraCartSsoProperties.Http properties = checked.properties().http();
		CallTimeLimit timeLimit = new CallTimeLimit(properties.getCallTimeout());
		return new UltraCartConnection(
				requestFactory(new PooledRequestFactory(properties, timeLimit, customizers.orderedStream().toList()),
						sslBundle(properties, sslBundles)),
				new UltraCartHttpSettings(checked.properties().apiVersion(), callGate, timeLimit,
						properties.getMaxRetries(), checked.plainHttpHosts()));
	}

	/**
	 * Returns a factory that creates the HTTP client at the first call, because loading
	 * its classes and those of TLS takes a noticeable part of the start. With an SSL
	 * bundle or a customizer the client is created at once: one that cannot be used must
	 * fail the start.
	 */
	private static ClientHttpRequestFactory requestFactory(PooledRequestFactory pooled, @Nullable SslBundle sslBundle) {
		SingletonSupplier<ClientHttpRequestFactory> factory = SingletonSupplier.of(() -> pooled.create(sslBundle));
		return (sslBundle != null || !pooled.customizers().isEmpty()) ? factory.obtain()
				: (url, method) -> factory.obtain().createRequest(url, method);
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
