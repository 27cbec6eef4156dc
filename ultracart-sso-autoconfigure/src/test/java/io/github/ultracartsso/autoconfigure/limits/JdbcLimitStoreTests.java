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

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.util.Objects;

import javax.sql.DataSource;

import io.github.ultracartsso.client.traffic.LimitStore;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link JdbcLimitStore}.
 */
class JdbcLimitStoreTests {

	private final DataSource dataSource = new SimpleDriverDataSource();

	@ParameterizedTest
	@CsvSource({ "40001, 0", "40001, 1213", "40P01, 0", "61000, 60" })
	void replaceWhenAnotherInstanceWasFasterThenFalse(String sqlState, int errorCode) {
		SQLException failure = new SQLTransactionRollbackException("rolled back", sqlState, errorCode);
		assertThat(store(translate(failure)).replace("gate", "a", "b")).isFalse();
	}

	@Test
	void replaceWhenAnotherInstanceHasWrittenTheFirstTextThenFalse() {
		assertThat(store(new DuplicateKeyException("duplicate key")).replace("gate", null, "b")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "40001, 1205", "40000, 0", "57033, -913" })
	void replaceWhenALockIsNotReleasedThenFails(String sqlState, int errorCode) {
		SQLException failure = new SQLTransactionRollbackException("lock timeout", sqlState, errorCode);
		assertThatExceptionOfType(PessimisticLockingFailureException.class)
			.isThrownBy(() -> store(translate(failure)).replace("gate", "a", "b"));
	}

	@Test
	void storeWhenThereIsNoTableThenNamesTheScript() {
		LimitStore store = new UltraCartLimitsAutoConfiguration.JdbcConfiguration()
			.ultraCartLimitStore(new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:no-table"));
		assertThatIllegalStateException().isThrownBy(() -> store.read("gate"))
			.withMessageContaining("table ULTRACART_SSO_LIMITS")
			.withMessageContaining("limits/schema-postgresql.sql");
		assertThatIllegalStateException().isThrownBy(() -> store.replace("gate", null, "a"))
			.withMessageContaining("limits/schema-postgresql.sql");
	}

	@Test
	void storeWhenTheTableHasTheDocumentedColumnsThenWorks() {
		DataSource database = new SimpleDriverDataSource(new Driver(), "jdbc:h2:mem:documented;DB_CLOSE_DELAY=-1");
		JdbcClient.create(database)
			.sql("CREATE TABLE ULTRACART_SSO_LIMITS"
					+ " (NAME VARCHAR(200) PRIMARY KEY, DIGEST CHAR(64) NOT NULL, CONTENT CLOB NOT NULL)")
			.update();
		LimitStore store = new UltraCartLimitsAutoConfiguration.JdbcConfiguration().ultraCartLimitStore(database);
		assertThat(store.read("gate")).isNull();
		assertThat(store.replace("gate", null, "a")).isTrue();
		assertThat(store.replace("gate", null, "b")).isFalse();
		assertThat(store.replace("gate", "a", "b")).isTrue();
		assertThat(store.replace("gate", "a", "c")).isFalse();
		assertThat(store.read("gate")).isEqualTo("b");
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

	/**
	 * Returns what Spring throws instead of the exception of a driver.
	 */
	private static DataAccessException translate(SQLException failure) {
		return Objects.requireNonNull(new SQLExceptionSubclassTranslator().translate("update", "UPDATE", failure));
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
