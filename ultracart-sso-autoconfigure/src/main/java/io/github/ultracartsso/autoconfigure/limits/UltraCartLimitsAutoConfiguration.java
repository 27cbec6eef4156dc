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

package io.github.ultracartsso.autoconfigure.limits;

import javax.sql.DataSource;

import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.client.traffic.LimitStore;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Auto-configuration for a {@link LimitStore}, in which the instances of an application
 * share UltraCart's limits: in Redis or in a database, as
 * {@code ultracart.sso.limits.store} says.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoPropertiesAutoConfiguration.class,
		before = UltraCartSsoClientAutoConfiguration.class,
		afterName = { "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
				"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" })
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
public final class UltraCartLimitsAutoConfiguration {

	private static final int TIMEOUT_SECONDS = 2;

	/**
	 * Configures the store in Redis.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(StringRedisTemplate.class)
	@ConditionalOnProperty(name = "ultracart.sso.limits.store", havingValue = "redis")
	static class RedisConfiguration {

		@Bean
		@ConditionalOnMissingBean(LimitStore.class)
		@ConditionalOnSingleCandidate(RedisConnectionFactory.class)
		RedisLimitStore ultraCartLimitStore(RedisConnectionFactory connectionFactory) {
			return new RedisLimitStore(new StringRedisTemplate(connectionFactory));
		}

	}

	/**
	 * Configures the store in a database, whose table the application creates.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(JdbcClient.class)
	@ConditionalOnProperty(name = "ultracart.sso.limits.store", havingValue = "jdbc")
	static class JdbcConfiguration {

		@Bean
		@ConditionalOnMissingBean(LimitStore.class)
		@ConditionalOnSingleCandidate(DataSource.class)
		JdbcLimitStore ultraCartLimitStore(DataSource dataSource) {
			// another key for connections than the application's, so that none of its
			// transactions is joined
			DataSource own = new DelegatingDataSource(dataSource);
			TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(own));
			transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			// a stricter one makes an error of each change that another instance has made
			// first
			transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
			transaction.setTimeout(TIMEOUT_SECONDS);
			return new JdbcLimitStore(JdbcClient.create(own), transaction);
		}

	}

}
