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

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins and sessions by a clock that is far ahead or behind, or is set meanwhile.
 * UltraCart's times are those of the time at which the test clock begins.
 */
class ClockTests {

	private static final Duration CENTURY = Duration.ofDays(36500);

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
	@EnumSource
	void loginWhenClockIsBehindThenSignedInUntilItIsSet(PendingLoginStore store) {
		Browser browser = start(store, CENTURY.negated());
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(Duration.ofHours(7).plusMinutes(59));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(CENTURY);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
	}

	@ParameterizedTest
	@EnumSource
	void loginWhenClockIsAheadThenExpiredAndKeyRevoked(PendingLoginStore store) {
		Browser browser = start(store, CENTURY);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/login?error=expired");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

}
