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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.sample.SampleApplication;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A database with Spring Session's tables.
 */
abstract class JdbcStore implements SessionStore {

	private final String schema;

	private final String limitsSchema;

	private final List<String> arguments;

	private final List<Class<?>> configuration = new ArrayList<>(List.of(SampleApplication.class, JdbcSessions.class));

	private @Nullable DriverManagerDataSource dataSource;

	/**
	 * Creates a store.
	 * @param platform the name of the database in Spring Session's scripts
	 * @param arguments further arguments of the application
	 */
	JdbcStore(String platform, String... arguments) {
		this.schema = "org/springframework/session/jdbc/schema-" + platform + ".sql";
		this.limitsSchema = "io/github/ultracartsso/autoconfigure/limits/schema-" + platform + ".sql";
		this.arguments = List.of(arguments);
	}

	/**
	 * Configures the application further.
	 */
	void configure(Class<?> configuration) {
		this.configuration.add(configuration);
	}

	/**
	 * Starts the database.
	 * @return its JDBC URL
	 */
	abstract String start() throws Exception;

	@Override
	public void beforeAll(ExtensionContext context) throws Exception {
		DriverManagerDataSource started = new DriverManagerDataSource(start());
		new ResourceDatabasePopulator(new ClassPathResource(this.schema)).execute(started);
		this.dataSource = started;
	}

	@Override
	public List<Class<?>> application() {
		return List.copyOf(this.configuration);
	}

	@Override
	public List<String> arguments() {
		return Stream.concat(this.arguments.stream(), Stream.of("--test.database.url=" + dataSource().getUrl(),
				"--ultracart.sso.session.encryption-keys=${ULTRACART_SESSION_KEYS}"))
			.toList();
	}

	@Override
	public String contents() {
		return Stream.of("SPRING_SESSION", "SPRING_SESSION_ATTRIBUTES")
			.flatMap((table) -> jdbc().queryForList("SELECT * FROM " + table).stream())
			.map((row) -> row.values().stream().map(JdbcStore::text).collect(Collectors.joining(", ")))
			.collect(Collectors.joining("\n"));
	}

	private static String text(@Nullable Object value) {
		return (value instanceof byte[] bytes) ? new String(bytes, StandardCharsets.ISO_8859_1) : String.valueOf(value);
	}

	JdbcTemplate jdbc() {
		return new JdbcTemplate(dataSource());
	}

	String url() {
		return Objects.requireNonNull(dataSource().getUrl());
	}

	/**
	 * Creates the table in which instances share limits, without the contents that it
	 * had.
	 */
	void createLimitsTable() {
		jdbc().execute("DROP TABLE IF EXISTS ULTRACART_SSO_LIMITS");
		new ResourceDatabasePopulator(new ClassPathResource(this.limitsSchema)).execute(dataSource());
	}

	DriverManagerDataSource dataSource() {
		return Objects.requireNonNull(this.dataSource, "The database is not running");
	}

}
