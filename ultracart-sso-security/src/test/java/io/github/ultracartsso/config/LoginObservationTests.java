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
package io.github.ultracartsso.config;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What traces and timers tell of the steps of a login.
 */
class LoginObservationTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final Queue<Observation.Context> stopped = new ConcurrentLinkedQueue<>();

	private Browser browser;

	@BeforeEach
	void start() {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context context) {
				LoginObservationTests.this.stopped.add(context);
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.browser = this.application.withClient(ultraCart.client())
			.withBean("observations", registry)
			.start(DefaultChain.class);
	}

	@Test
	void loginWhenCompletedThenBothStepsWithTheSameLogin() {
		this.browser.signIn("code", "/items");
		List<Observation.Context> steps = logins();
		assertThat(steps).extracting((step) -> value(step, "step")).containsExactly("start", "callback");
		assertThat(steps).extracting((step) -> value(step, "outcome")).containsExactly("success", "success");
		assertThat(steps).extracting((step) -> value(step, "login")).doesNotContainNull();
		assertThat(value(steps.get(0), "login")).isEqualTo(value(steps.get(1), "login"));
	}

	@Test
	void loginWhenObservedThenPartOfTheTraceOfItsRequest() {
		this.browser.signIn("code", "/items");
		assertThat(logins()).allSatisfy((step) -> assertThat(step.getParentObservation()).isNotNull());
	}

	@Test
	void loginWhenObservedThenNoStateNoCodeAndNoUserInIt() {
		String state = this.browser.startLogin("/items");
		this.browser.callback(state, "code-4711");
		assertThat(logins().stream().flatMap((step) -> step.getAllKeyValues().stream()).map(KeyValue::getValue))
			.isNotEmpty()
			.noneMatch((value) -> value.contains(state) || value.contains("code-4711") || value.contains("Jane"));
	}

	@ParameterizedTest
	@CsvSource({ "AUTHORIZE, 401, application_rejected", "AUTHORIZE, 429, busy" })
	void startWhenUltraCartFailsThenCode(Operation operation, int status, String code) {
		ultraCart.fail(operation, status);
		this.browser.navigate("/ultracart/authorize");
		assertThat(logins()).singleElement().satisfies((step) -> {
			assertThat(value(step, "outcome")).isEqualTo(code);
			assertThat(step.getError()).isNotNull();
		});
	}

	@Test
	void callbackWhenStateIsUnknownThenCodeAndNoErrorOfTheService() {
		this.browser.navigate("/login/ultracart?code=a&state=bogus");
		assertThat(logins()).singleElement().satisfies((step) -> {
			assertThat(value(step, "outcome")).isEqualTo("unknown_state");
			assertThat(value(step, "login")).isNull();
			assertThat(step.getError()).isNull();
		});
	}

	@Test
	void stepsThenTheSameLowCardinalityKeysInAllCases() {
		this.browser.signIn("code", "/items");
		this.browser.navigate("/login/ultracart?code=a&state=bogus");
		assertThat(logins())
			.allSatisfy((step) -> assertThat(step.getLowCardinalityKeyValues()).extracting(KeyValue::getKey)
				.containsExactlyInAnyOrder("step", "outcome"));
	}

	private List<Observation.Context> logins() {
		return this.stopped.stream().filter((context) -> "ultracart.sso.login".equals(context.getName())).toList();
	}

	private static @Nullable String value(Observation.Context context, String key) {
		return Stream.of(context.getLowCardinalityKeyValue(key), context.getHighCardinalityKeyValue(key))
			.filter(Objects::nonNull)
			.map(KeyValue::getValue)
			.findFirst()
			.orElse(null);
	}

}
