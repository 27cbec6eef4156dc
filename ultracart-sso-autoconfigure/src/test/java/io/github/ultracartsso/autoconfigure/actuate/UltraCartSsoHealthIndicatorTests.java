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

package io.github.ultracartsso.autoconfigure.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallQuota;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.GatedCall;
import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.SimpleKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSsoHealthIndicator} and
 * {@link UltraCartHealthContributorAutoConfiguration}.
 */
class UltraCartSsoHealthIndicatorTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	private final CallGate callGate = new CallGate(1, Duration.ofSeconds(5));

	private final LoginStartBudget startBudget = new LoginStartBudget();

	private final UltraCartSsoHealthIndicator indicator = new UltraCartSsoHealthIndicator(this.callGate,
			this.startBudget, new RefreshPace(Duration.ofMinutes(30)), null);

	@Test
	void healthWhenNoLoginYetThenUnknown() {
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		assertThat(health().getDetails()).contains(Map.entry("lastLogin", "none yet"), Map.entry("calls", "made"));
	}

	@ParameterizedTest
	@EnumSource(names = { "APPLICATION_REJECTED", "APPLICATION_DISABLED", "UNAVAILABLE", "BUSY" })
	void healthWhenLoginCouldNotStartThenUpAndSaysWhy(UltraCartLoginError error) {
		this.indicator.onApplicationEvent(failureOf("ssoAuthorize", error));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
		assertThat(health().getDetails()).contains(Map.entry("lastLogin", error.code()), Map.entry("calls", "made"));
	}

	@ParameterizedTest
	@CsvSource({ "CREDENTIAL_REJECTED, 1, DOWN", "APPLICATION_DISABLED, 1, DOWN", "NO_RESPONSE, 5, UNKNOWN",
			"RATE_LIMITED, 1, UNKNOWN" })
	void healthWhenCallsAreRejectedThenSaysWhyAndIsDownIfUltraCartRefuses(UltraCartApiFailure failure, int times,
			String status) {
		for (int i = 0; i < times; i++) {
			fail(failure);
		}
		assertThat(health().getStatus()).isEqualTo(new Status(status));
		assertThat(health().getDetails()).contains(Map.entry("lastLogin", "none yet"), Map.entry("calls", "rejected"),
				Map.entry("reason", failure.name()));
	}

	@Test
	void healthWhenQuotaIsKnownThenSaysWhatIsLeft() {
		this.callGate.setQuota(new CallQuota(1000, 10_000));
		this.callGate.attempt(CallKind.TOKEN, () -> "called");
		assertThat(health().getDetails())
			.contains(Map.entry("callsMadeInHour", 1), Map.entry("callsMadeInDay", 1), Map.entry("callsWaiting", 0),
					Map.entry("startsLeftForKnownBrowsers", 500), Map.entry("startsLeftForNewBrowsers", 250),
					Map.entry("refreshStretch", 1.0))
			.doesNotContainKey("closedFor");
		assertThat(health().getDetails()).containsEntry("callsLeftInHour", 999)
			.containsEntry("callsLeftInDay", 9999)
			.containsEntry("callsSinceStart", Map.of("success", 1L))
			.containsEntry("timeWaited", "PT0S")
			.doesNotContainKey("limitsShared");
	}

	@Test
	void healthWhenStoreOfLimitsDoesNotWorkThenSaysSoAndIsNotDown() {
		LimitStore limitStore = mock(LimitStore.class);
		given(limitStore.replace(any(), any(), any())).willReturn(true);
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.limits.store=redis")
			.withBean(LimitStore.class, () -> limitStore)
			.run((context) -> {
				UltraCartSsoHealthIndicator contributor = context.getBean(UltraCartSsoHealthIndicator.class);
				Gauge shared = context.getBean(MeterRegistry.class).get("ultracart.sso.limits.shared").gauge();
				assertThat(String.valueOf(contributor.health())).contains("limitsShared=true");
				assertThat(shared.value()).isOne();
				given(limitStore.read(any())).willThrow(new IllegalStateException("down"));
				given(limitStore.replace(any(), any(), any())).willThrow(new IllegalStateException("down"));
				context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
				assertThat(String.valueOf(contributor.health())).doesNotStartWith("DOWN")
					.contains("limitsShared=false", "callsSinceStart={success=1}");
				assertThat(shared.value()).isZero();
			});
	}

	@Test
	void healthWhenNoLoginCanStartThenSaysForWhatReasonAndHowLong() {
		this.callGate.setClock(Clock.fixed(Instant.parse("2026-11-21T12:00:00Z"), ZoneOffset.UTC));
		fail(UltraCartApiFailure.CREDENTIAL_REJECTED);
		this.callGate.setQuota(new CallQuota(1, 10_000));
		this.callGate.attempt(CallKind.TOKEN, () -> "called");
		assertThat(health().getDetails()).containsEntry("closedFor", Map.of("circuit", "PT30S", "quota", "PT1H1M"));
	}

	@Test // only a refusal needs somebody to act
	void healthWhenRefusedAndTooManyCallsThenDown() {
		fail(UltraCartApiFailure.CREDENTIAL_REJECTED);
		this.callGate.setClock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(31)));
		fail(UltraCartApiFailure.RATE_LIMITED);
		assertThat(health().getStatus()).isEqualTo(Status.DOWN);
	}

	@Test
	void healthWhenThereIsNoGateThenFollowsLogins() {
		UltraCartSsoHealthIndicator withoutGate = new UltraCartSsoHealthIndicator(null, null, null, null);
		withoutGate.onApplicationEvent(failureOf("ssoAuthorize", UltraCartLoginError.APPLICATION_REJECTED));
		assertThat(String.valueOf(withoutGate.health())).isEqualTo("UP {lastLogin=application_rejected, calls=made}");
	}

	@ParameterizedTest
	@EnumSource(names = { "DENIED", "EXPIRED", "UNKNOWN_STATE", "INVALID_RESPONSE", "INVALID_CODE" })
	void healthWhenUserFailedThenUnchanged(UltraCartLoginError error) {
		this.indicator.onApplicationEvent(failure(error));
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
		this.indicator.onApplicationEvent(failureOf("ssoAuthorize", UltraCartLoginError.BUSY));
		this.indicator.onApplicationEvent(failure(error));
		assertThat(health().getStatus()).isEqualTo(Status.UP);
	}

	@ParameterizedTest
	@EnumSource(names = { "APPLICATION_REJECTED", "APPLICATION_DISABLED", "UNAVAILABLE" })
	void healthWhenNoAccessTokenThenSaysWhyWhicheverCallNeededIt(UltraCartLoginError error) {
		this.indicator.onApplicationEvent(failureOf("oauthAccessToken", error));
		assertThat(health().getDetails()).containsEntry("lastLogin", error.code());
	}

	@ParameterizedTest
	@EnumSource(names = { "APPLICATION_REJECTED", "APPLICATION_DISABLED", "UNAVAILABLE" })
	void healthWhenVisitorCanBringItAboutThenUnchanged(UltraCartLoginError error) {
		this.indicator.onApplicationEvent(failureOf("ssoToken", error));
		this.indicator.onApplicationEvent(failure(error));
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenOtherLoginFailedThenUnchanged() {
		AbstractAuthenticationEvent event = new AuthenticationFailureServiceExceptionEvent(
				new TestingAuthenticationToken("jane", null),
				new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE, "not of this login"));
		this.indicator.onApplicationEvent(event);
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@Test
	void healthWhenOtherLoginSucceededThenUnchanged() {
		this.indicator.onApplicationEvent(new AuthenticationSuccessEvent(new TestingAuthenticationToken("jane", null)));
		assertThat(health().getStatus()).isEqualTo(Status.UNKNOWN);
	}

	@ParameterizedTest // a load balancer sends no login to an instance that is down
	@CsvSource({ "401, CREDENTIAL_REJECTED", "410, APPLICATION_DISABLED" })
	void applicationWhenUltraCartRefusesItThenDownOnlyWhileCallsAreHeldBack(int status, String reason) {
		CallGate gate = new CallGate(1, Duration.ofSeconds(5));
		TestApplication.withEverything(this.ultraCart).withBean(CallGate.class, () -> gate).run((context) -> {
			UltraCartSsoHealthIndicator contributor = context.getBean(UltraCartSsoHealthIndicator.class);
			TestBrowser browser = new TestBrowser(context);
			this.ultraCart.givenStatus(put(TestUltraCart.AUTHORIZE), status);
			browser.navigate("/ultracart/authorize");
			assertThat(String.valueOf(contributor.health())).startsWith("DOWN").contains("reason=" + reason);
			for (Duration later : List.of(Duration.ofSeconds(31), Duration.ofDays(1))) {
				gate.setClock(Clock.offset(Clock.systemUTC(), later));
				assertThat(String.valueOf(contributor.health())).startsWith("UP").contains("lastLogin=application_");
			}
			browser.navigate("/ultracart/authorize");
			assertThat(String.valueOf(contributor.health())).startsWith("DOWN");
			gate.setClock(Clock.offset(Clock.systemUTC(), Duration.ofDays(2)));
			this.ultraCart.start();
			browser.navigate("/ultracart/authorize");
			assertThat(String.valueOf(contributor.health())).startsWith("UP");
			browser.signIn(this.ultraCart);
			assertThat(String.valueOf(contributor.health())).startsWith("UP").contains("lastLogin=success");
		});
	}

	@Test
	void applicationWhenHealthAskedThenUltraCartIsNotCalled() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("management.endpoint.health.show-components=always")
			.run((context) -> {
				assertThat(new TestBrowser(context).fetch("/actuator/health")).hasStatusOk()
					.bodyJson()
					.hasPath("$.components.ultracartSso");
				assertThat(this.ultraCart.calls()).isEmpty();
			});
	}

	@Test
	void applicationWhenNothingSetThenContributorIsRegisteredByItsName() {
		TestApplication.withEverything(this.ultraCart)
			.run((context) -> assertThat(
					context.getBean(HealthContributorRegistry.class).getContributor("ultracartSso"))
				.isInstanceOf(UltraCartSsoHealthIndicator.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "management.health.ultracartsso.enabled=false",
			"management.health.ultracartSso.enabled=false", "management.health.defaults.enabled=false" })
	void applicationWhenContributorDisabledThenItIsNotThere(String property) {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UltraCartSsoHealthIndicator.class));
	}

	private Health health() {
		Health health = this.indicator.health();
		assertThat(health).isNotNull();
		return health;
	}

	private void fail(UltraCartApiFailure failure) {
		GatedCall call = new GatedCall() {

			@Override
			public String callName() {
				return "ssoAuthorize";
			}

			@Override
			public CallKind kind() {
				return CallKind.AUTHORIZE;
			}

		};
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.callGate.pass(call, () -> this.callGate.attempt(CallKind.TOKEN, () -> {
				throw UltraCartApiException.withFailure(failure, "failed").build();
			})));
	}

	private static AbstractAuthenticationEvent failure(UltraCartLoginError error) {
		return event(new UltraCartLoginException(error, "failed"));
	}

	private static AbstractAuthenticationEvent failureOf(String call, UltraCartLoginError error) {
		return event(new UltraCartLoginServiceException(error, "failed",
				UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "failed").call(call).build()));
	}

	private static AbstractAuthenticationEvent event(UltraCartLoginException ex) {
		return new AuthenticationFailureServiceExceptionEvent(
				new UltraCartLoginAuthenticationToken(UltraCartUser.DEFAULT_REGISTRATION_ID), ex);
	}

	@Test
	void contributorWhenApplicationHasItsOwnThenBacksOff() {
		HealthIndicator own = () -> Health.up().build();
		TestApplication.withEverything(this.ultraCart)
			.withBean("ultracartSsoHealthIndicator", HealthIndicator.class, () -> own)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UltraCartSsoHealthIndicator.class));
	}

	@Test
	void contributorWhenNoWebApplicationThenNone() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UltraCartSsoHealthIndicator.class));
	}

}
