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

import java.util.Objects;

import javax.sql.DataSource;

import io.github.ultracartsso.client.traffic.LimitStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link JdbcLimitStore}.
 */
class JdbcLimitStoreTests {

	private final DataSource dataSource = new SimpleDriverDataSource();

	@Test
	void replaceWhenAnotherInstanceWasFasterThenFalse() {
		assertThat(store(new CannotAcquireLockException("could not serialize access")).replace("gate", "a", "b"))
			.isFalse();
		assertThat(store(new DuplicateKeyException("duplicate key")).replace("gate", null, "b")).isFalse();
	}

	@Test
	void storeWhenDatabaseIsStricterThenTransactionsAreOfReadCommitted() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(UltraCartLimitsAutoConfiguration.class))
			.withBean(DataSource.class, () -> this.dataSource)
			.withPropertyValues("ultracart.sso.limits.store=jdbc")
			.run((context) -> {
				TransactionTemplate transaction = (TransactionTemplate) ReflectionTestUtils
					.getField(context.getBean(LimitStore.class), "transaction");
				assertThat(Objects.requireNonNull(transaction).getIsolationLevel())
					.isEqualTo(TransactionDefinition.ISOLATION_READ_COMMITTED);
			});
	}

	private JdbcLimitStore store(RuntimeException failure) {
		return new JdbcLimitStore(JdbcClient.create(this.dataSource), new TransactionOperations() {

			@Override
			public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
				throw failure;
			}

		});
	}

}
