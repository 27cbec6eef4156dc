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

import java.util.Objects;

import javax.sql.DataSource;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.client.traffic.LimitStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSharedLimits}.
 */
class UltraCartSharedLimitsTests {

	private static final String KEY = "4af1bd2d2ba8a2ce6a2db2a2c9a8a2ce6a2db2a2c9a8a2ce6a2db2a2c9a8a2ce";

	private static final String NO_KEY = "ultracart.sso.simple-key=";

	private final ApplicationContextRunner application = TestApplication.nonWeb()
		.withBean("one", LimitStore.class, EmptyStore::new)
		.withPropertyValues("ultracart.sso.limits.store=redis");

	@Test
	void groupWhenCredentialOrBaseUrlDiffersThenAnother() {
		String group = group("ultracart.sso.simple-key=" + KEY);
		assertThat(group).matches("[0-9a-f]{16}").isEqualTo(group("ultracart.sso.simple-key=" + KEY));
		assertThat(group("ultracart.sso.simple-key=a" + KEY)).isNotEqualTo(group);
		assertThat(group("ultracart.sso.simple-key=" + KEY, "ultracart.sso.base-url=https://proxy.example.com/rest/v2"))
			.isNotEqualTo(group);
	}

	@Test
	void groupWhenOAuthThenByClientAndRefreshToken() {
		String group = group(NO_KEY, "ultracart.sso.oauth.client-id=client", "ultracart.sso.oauth.refresh-token=token");
		assertThat(group).isEqualTo(
				group(NO_KEY, "ultracart.sso.oauth.client-id=client", "ultracart.sso.oauth.refresh-token=token"));
		assertThat(group(NO_KEY, "ultracart.sso.oauth.client-id=client", "ultracart.sso.oauth.refresh-token=other"))
			.isNotEqualTo(group);
		assertThat(group(NO_KEY, "ultracart.sso.oauth.client-id=other", "ultracart.sso.oauth.refresh-token=token"))
			.isNotEqualTo(group);
	}

	@Test
	void groupWhenSetThenThatOne() {
		assertThat(group("ultracart.sso.simple-key=" + KEY, "ultracart.sso.limits.group=backoffice"))
			.isEqualTo("backoffice");
	}

	@Test
	void storeWhenMemoryThenNone() {
		this.application.withPropertyValues("ultracart.sso.simple-key=" + KEY, "ultracart.sso.limits.store=memory")
			.run((context) -> assertThat(context.getBean(UltraCartSharedLimits.class).store()).isNull());
	}

	@Test
	void storeWhenThereAreSeveralThenMessageNamesThem() {
		this.application.withBean("another", LimitStore.class, EmptyStore::new)
			.withPropertyValues("ultracart.sso.simple-key=" + KEY)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(MissingLimitStoreException.class)
				.hasMessage("ultracart.sso.limits.store is redis, but there are several LimitStore beans"));
	}

	@ParameterizedTest
	@CsvSource({ "redis, RedisConnectionFactory, spring-boot-starter-data-redis",
			"jdbc, DataSource, spring-boot-starter-jdbc" })
	void storeWhenMissingThenReportSaysWhatToAdd(String store, String bean, String starter) {
		TestApplication.nonWeb()
			.withPropertyValues("ultracart.sso.simple-key=" + KEY, "ultracart.sso.limits.store=" + store)
			.run((context) -> {
				assertThat(context).getFailure()
					.rootCause()
					.isInstanceOf(MissingLimitStoreException.class)
					.hasMessageContaining("there is no " + bean + " bean");
				Throwable failure = Objects.requireNonNull(context.getStartupFailure());
				FailureAnalysis analysis = new MissingLimitStoreFailureAnalyzer().analyze(failure);
				assertThat(Objects.requireNonNull(analysis).getAction()).contains("Add " + starter);
			});
	}

	@Test
	void storeWhenThereAreSeveralDataSourcesThenReportNamesThem() {
		TestApplication.nonWeb()
			.withBean("orders", DataSource.class, () -> mock(DataSource.class))
			.withBean("archive", DataSource.class, () -> mock(DataSource.class))
			.withPropertyValues("ultracart.sso.simple-key=" + KEY, "ultracart.sso.limits.store=jdbc")
			.run((context) -> {
				assertThat(context).getFailure()
					.rootCause()
					.hasMessage("ultracart.sso.limits.store is jdbc, but there are several DataSource beans, none of"
							+ " which is primary: orders, archive");
				Throwable failure = Objects.requireNonNull(context.getStartupFailure());
				FailureAnalysis analysis = new MissingLimitStoreFailureAnalyzer().analyze(failure);
				assertThat(Objects.requireNonNull(analysis).getAction()).contains("@Primary");
			});
	}

	private String group(String... properties) {
		StringBuilder group = new StringBuilder();
		this.application.withPropertyValues(properties)
			.run((context) -> group.append(context.getBean(UltraCartSharedLimits.class).group()));
		return group.toString();
	}

	private static final class EmptyStore implements LimitStore {

		@Override
		public @Nullable String read(String name) {
			return null;
		}

		@Override
		public boolean replace(String name, @Nullable String expected, String text) {
			return true;
		}

	}

}
