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

package io.github.ultracartsso.sample.cluster;

import java.sql.Connection;
import java.sql.PreparedStatement;

import javax.sql.DataSource;

import io.github.ultracartsso.autoconfigure.limits.UltraCartLimitsAutoConfiguration;
import io.github.ultracartsso.client.traffic.LimitStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * PostgreSQL with a limit on how long a statement waits for a lock, and a change of the
 * limits that is not committed.
 */
@Timeout(60)
class PostgresqlLocksTests {

	@RegisterExtension
	static final PostgresqlStore store = new PostgresqlStore();

	@Test
	void replaceWhenALockIsNotReleasedThenFailsSoThatTheInstanceGoesOnByItself() {
		store.createLimitsTable();
		DriverManagerDataSource impatient = new DriverManagerDataSource(
				store.url() + "&options=-c%20lock_timeout=200ms");
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(UltraCartLimitsAutoConfiguration.class))
			.withBean(DataSource.class, () -> impatient)
			.withPropertyValues("ultracart.sso.limits.store=jdbc")
			.run((context) -> {
				LimitStore limits = context.getBean(LimitStore.class);
				assertThat(limits.replace("gate", null, "a")).isTrue();
				try (Connection connection = store.dataSource().getConnection();
						PreparedStatement change = connection
							.prepareStatement("UPDATE ULTRACART_SSO_LIMITS SET DIGEST = ''")) {
					connection.setAutoCommit(false);
					change.executeUpdate();
					assertThat(limits.read("gate")).isEqualTo("a");
					assertThatExceptionOfType(DataAccessException.class)
						.isThrownBy(() -> limits.replace("gate", "a", "b"));
					connection.rollback();
				}
				assertThat(limits.replace("gate", "a", "b")).isTrue();
			});
	}

}
