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

import java.time.Duration;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.github.ultracartsso.login.LoginStartBudget;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the sign-in page says of when to try again.
 */
class LoginPauseTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final CallGate gate = new CallGate(1, Duration.ofSeconds(5));

	private final LoginStartBudget budget = new LoginStartBudget(8);

	private Browser browser;

	@BeforeEach
	void start() {
		this.gate.setClock(this.application.clock());
		this.budget.setClock(this.application.clock());
		this.browser = this.application.withClient(ultraCart.client(this.gate))
			.withBean("gate", this.gate)
			.withBean("budget", this.budget)
			.start(DefaultChain.class);
	}

	@Test // G4
	void busyWhenUltraCartHasHadTooManyCallsThenAsLongAsItSays() {
		closeGate(startLogin());
		assertThat(retryAfter("busy")).isEqualTo("77");
		pass(Duration.ofMillis(76_001));
		assertThat(retryAfter("busy")).isEqualTo("1");
		pass(Duration.ofSeconds(1));
		assertThat(retryAfter("busy")).isEqualTo("30");
	}

	@Test // G4, G5
	void busyWhenBudgetIsSpentThenUntilTheNextStart() {
		startLogin();
		startLogin();
		assertThat(Browser.location(this.browser.navigate("/ultracart/authorize"))).isEqualTo("/login?error=busy");
		assertThat(ultraCart.calls()).hasSize(2);
		pass(Duration.ofMinutes(50));
		assertThat(retryAfter("busy")).isEqualTo("600");
		pass(Duration.ofMinutes(10));
		assertThat(retryAfter("busy")).isEqualTo("30");
		assertThat(Browser.location(this.browser.navigate("/ultracart/authorize")))
			.startsWith("https://secure.ultracart.com/");
	}

	@Test // G4, G5
	void busyWhenBudgetIsSpentForLongerThanUltraCartSaysThenUntilTheNextStart() {
		startLogin();
		closeGate(startLogin());
		assertThat(retryAfter("busy")).isEqualTo("3600");
	}

	@Test // G4, G5
	void busyWhenBudgetIsSpentForLessThanUltraCartSaysThenAsLongAsItSays() {
		startLogin();
		pass(Duration.ofMinutes(59));
		closeGate(startLogin());
		assertThat(retryAfter("busy")).isEqualTo("77");
	}

	@Test
	void busyWhenNeitherThenHalfAMinute() {
		assertThat(retryAfter("busy")).isEqualTo("30");
	}

	@ParameterizedTest // G4
	@ValueSource(strings = { "unavailable", "application_rejected", "application_disabled" })
	void serviceFailureWhenNoCallIsMadeThenForHowLong(String error) {
		startLogin();
		String state = startLogin();
		assertThat(retryAfter(error)).isNull();
		closeGate(state);
		assertThat(retryAfter(error)).isEqualTo("77");
		pass(Duration.ofSeconds(77));
		assertThat(retryAfter(error)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "denied", "session_ended", "nonsense" })
	void otherErrorWhenNoCallIsMadeThenNothing(String error) {
		closeGate(startLogin());
		assertThat(retryAfter(error)).isNull();
	}

	private String startLogin() {
		return Browser.stateOf(this.browser.navigate("/ultracart/authorize"));
	}

	private void closeGate(String state) {
		ultraCart.answer(Operation.TOKEN, WireMock.aResponse().withStatus(429).withHeader("Retry-After", "77"));
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/login?error=busy");
	}

	private void pass(Duration time) {
		this.application.clock().advance(time);
	}

	private @Nullable String retryAfter(String error) {
		return this.browser.navigate("/login?error=" + error).getHeader("Retry-After");
	}

}
