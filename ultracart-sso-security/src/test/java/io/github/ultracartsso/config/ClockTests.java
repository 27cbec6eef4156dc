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
import java.time.Instant;
import java.util.stream.Stream;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins and sessions by a clock that is far ahead or behind, or is set meanwhile.
 * UltraCart's times are those of the time at which the test clock begins.
 */
class ClockTests {

	private static final Duration CENTURY = Duration.ofDays(36500);

	/**
	 * To the year 9999.
	 */
	private static final Duration AHEAD = Duration.ofDays(2_912_000);

	/**
	 * To the year 1970.
	 */
	private static final Duration BEHIND = Duration.ofDays(-20_778);

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private Browser start(PendingLoginStore store, Duration set) {
		this.application.withPolicy(TestSettings.maxAge(Duration.ofHours(8), Duration.ofMinutes(30)));
		Instant then = this.application.clock().instant();
		this.application.clock().advance(set);
		this.client.onExchange((code) -> new SingleSignOnTokenResponse(SimpleKey.of("key-of-" + code),
				then.plus(Duration.ofHours(6)).toString(), null));
		return this.application.withClient(this.client)
			.withPendingLoginsIn(store, EncryptionKeys.random())
			.start(DefaultChain.class);
	}

	@ParameterizedTest
	@MethodSource("behind")
	void loginWhenClockIsBehindThenSignedInUntilItIsSet(PendingLoginStore store, Duration set) {
		Browser browser = start(store, set);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(Duration.ofHours(7).plusMinutes(59));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(set.negated());
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
	}

	@ParameterizedTest
	@MethodSource("ahead")
	void loginWhenClockIsAheadThenExpiredAndKeyRevoked(PendingLoginStore store, Duration set) {
		Browser browser = start(store, set);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/login?error=expired");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@ParameterizedTest
	@EnumSource
	void requestWhenClockIsSetBackThenSessionEndsIfItCouldLastTooLong(PendingLoginStore store) {
		Browser browser = start(store, Duration.ZERO);
		browser.signIn("code", "/items");
		this.application.clock().advance(Duration.ofHours(-7));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.client.read()).hasSize(2);
		this.application.clock().advance(Duration.ofHours(-1));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
	}

	@Test
	void loopWhenClockIsFarAheadThenBroken() {
		Browser browser = start(PendingLoginStore.SESSION, AHEAD);
		for (int i = 0; i < 5; i++) {
			browser.signIn("code", "/items");
		}
		assertThat(Browser.location(browser.navigate("/ultracart/authorize"))).isEqualTo("/login?error=session_ended");
	}

	private static Stream<Arguments> behind() {
		return Stream.of(PendingLoginStore.values())
			.flatMap((store) -> Stream.of(Arguments.of(store, CENTURY.negated()), Arguments.of(store, BEHIND)));
	}

	private static Stream<Arguments> ahead() {
		return Stream.of(PendingLoginStore.values())
			.flatMap((store) -> Stream.of(Arguments.of(store, CENTURY), Arguments.of(store, AHEAD)));
	}

}
