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
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.DisabledException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a signed-in user whom UltraCart or the application does not describe
 * any more.
 */
@Timeout(60)
class RefreshFailureTests {

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private boolean welcome = true;

	private Browser browser;

	@BeforeEach
	void becomeDue() {
		UltraCartUserMapper mapper = this::map;
		this.browser = this.application.withClient(ultraCart.client(this.application.clock()))
			.withBean("mapper", mapper)
			.start(DefaultChain.class);
		this.browser.signIn("code", "/items");
		this.application.clock().advance(Duration.ofMinutes(30));
	}

	@ParameterizedTest // D4
	@CsvSource({ "401, REFUSED, false", "400, DENIED, true", "403, DENIED, true", "404, DENIED, true" })
	void requestWhenUltraCartRefusesThenSessionEnds(int status, Reason reason, boolean revoked) {
		ultraCart.fail(Operation.USER, status);
		assertEnds(reason);
		assertThat(ultraCart.revokedKeys()).isEqualTo(revoked ? List.of("key-of-code") : List.of());
	}

	@Test // A10
	void requestWhenKeyIsAnotherUsersThenSessionEnds() {
		ultraCart.addUser("code", 43, "joe");
		assertEnds(Reason.OTHER_USER);
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	@Test
	void requestWhenApplicationRefusesThenSessionEnds() {
		this.welcome = false;
		assertEnds(Reason.DENIED);
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	@Test
	void navigationWhenUltraCartRefusesThenThroughLoginBackToWhereItWas() {
		ultraCart.fail(Operation.USER, 401);
		MockHttpServletResponse refused = this.browser.navigate("/items?page=3");
		String state = Browser.stateOf(this.browser.navigate(Browser.location(refused)));
		ultraCart.addUser("again", 42, "Jane!ops");
		assertThat(Browser.location(this.browser.callback(state, "again"))).isEqualTo("/items?page=3");
	}

	@ParameterizedTest
	@MethodSource
	void requestWhenItMayPassThenGoesOnAndTriedAgainAfterBackOff(ResponseDefinitionBuilder answer) {
		ultraCart.answer(Operation.USER, answer);
		assertGoesOn();
		assertGoesOn();
		assertThat(this.application.sessionEvents()).singleElement()
			.isInstanceOfSatisfying(UltraCartUserRefreshFailedEvent.class, (event) -> {
				assertThat(event.user()).isEqualTo(JANE);
				assertThat(event.retryAt()).isEqualTo(this.application.clock().instant().plusSeconds(15));
			});
		this.application.sessionEvents().clear();
		ultraCart.addUser("code", 42, "Jane!ops");
		this.application.clock().advance(Duration.ofSeconds(14));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).isEmpty();
		this.application.clock().advance(Duration.ofSeconds(1));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).hasOnlyElementsOfType(UltraCartUserRefreshedEvent.class)
			.hasSize(1);
		assertThat(ultraCart.revokedKeys()).isEmpty();
	}

	static Stream<Named<ResponseDefinitionBuilder>> requestWhenItMayPassThenGoesOnAndTriedAgainAfterBackOff() {
		return Stream.concat(
				Stream.of(500, 503)
					.map((status) -> Named.of(status.toString(), WireMock.aResponse().withStatus(status))),
				Stream.of(Named.of("connection reset", WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)),
						Named.of("no JSON", WireMock.ok("<html>maintenance</html>")),
						Named.of("incomplete user", WireMock.okJson("{\"user_id\": 42}"))));
	}

	@Test
	void requestWhenApplicationIsDisabledThenGoesOnAndTriedAgainOnceUltraCartIsAsked() {
		ultraCart.fail(Operation.USER, 410);
		assertGoesOn();
		ultraCart.addUser("code", 42, "Jane!ops");
		this.application.clock().advance(Duration.ofSeconds(15));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).hasOnlyElementsOfType(UltraCartUserRefreshFailedEvent.class)
			.hasSize(2);
		this.application.sessionEvents().clear();
		this.application.clock().advance(Duration.ofSeconds(30));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).singleElement().isInstanceOf(UltraCartUserRefreshedEvent.class);
	}

	@Test // G4
	void requestWhenRateLimitedThenNotTriedBeforeUltraCartSaysSo() {
		ultraCart.answer(Operation.USER, WireMock.aResponse().withStatus(429).withHeader("Retry-After", "60"));
		assertGoesOn();
		this.application.clock().advance(Duration.ofSeconds(59));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).hasSize(1);
		this.application.clock().advance(Duration.ofSeconds(1));
		assertGoesOn();
		assertThat(this.application.sessionEvents()).hasSize(2);
	}

	private void assertGoesOn() {
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	private void assertEnds(Reason reason) {
		MockHttpServletResponse refused = this.browser.fetch("/items");
		assertThat(refused.getStatus()).isEqualTo(401);
		assertThat(Browser.body(refused)).contains("\"error\":\"session_ended\"");
		assertThat(this.browser.session()).isNull();
		assertThat(this.application.sessionEvents()).containsExactly(new SsoSessionEndedEvent(JANE, reason));
		assertThat(this.browser.fetch("/items").getStatus()).isEqualTo(401);
		assertThat(this.application.sessionEvents()).hasSize(1);
	}

	private UltraCartUser map(User user) {
		if (!this.welcome) {
			throw new DisabledException("left the company");
		}
		return UltraCartUser.with(Objects.requireNonNull(user.userId()), String.valueOf(user.login())).build();
	}

}
