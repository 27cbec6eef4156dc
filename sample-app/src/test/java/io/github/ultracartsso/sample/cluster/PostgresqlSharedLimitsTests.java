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

import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * Instances that share UltraCart's limits in PostgreSQL.
 */
class PostgresqlSharedLimitsTests extends SharedLimitsStory {

	@RegisterExtension
	static final PostgresqlStore store = new PostgresqlStore();

	@BeforeEach
	@Override
	void start() {
		store.jdbc().execute("DROP TABLE IF EXISTS ULTRACART_SSO_LIMITS");
		new ResourceDatabasePopulator(
				new ClassPathResource("io/github/ultracartsso/autoconfigure/limits/schema-postgresql.sql"))
			.execute(Objects.requireNonNull(store.jdbc().getDataSource()));
		super.start();
	}

	@Override
	List<String> arguments() {
		return List.of("--ultracart.sso.limits.store=jdbc");
	}

	@Override
	void prepare(GenericApplicationContext node) {
		node.registerBean(DataSource.class, () -> Objects.requireNonNull(store.jdbc().getDataSource()));
	}

}
