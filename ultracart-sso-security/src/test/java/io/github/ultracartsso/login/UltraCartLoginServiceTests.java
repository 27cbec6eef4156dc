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
package io.github.ultracartsso.login;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.CapturedLog;
import ch.qos.logback.classic.Level;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.client.traffic.TestLimitStore;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSsoSessions;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartLoginService}.
 */
class UltraCartLoginServiceTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final StartingBrowser BROWSER = new StartingBrowser("198.51.100.9", null);

	private static final BaseUrl BASE_URL = new BaseUrl("https://app.example.com", false);

	private static final UltraCartLoginSettings SETTINGS = UltraCartLoginSettings.DEFAULTS
		.withRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of("app.example.com")));

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final Authentication RESULT = new UltraCartAuthenticationToken(JANE, List.of());

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final TestClock clock = new TestClock(NOW);

	private final LoginStartBudget budget = new LoginStartBudget(8);

	private final List<Object> events = new ArrayList<>();

	private final UltraCartLoginService service = service(IpLock.OFF);

	private UltraCartLoginService service(IpLock ipLock) {
		SsoSessionPolicy defaults = SsoSessionPolicy.DEFAULTS;
		SsoSessionPolicy policy = new SsoSessionPolicy(ipLock, defaults.refreshInterval(), defaults.refreshTimeout(),
				null, Duration.ofMinutes(30));
		SsoSessions ssoSessions = new SsoSessions(policy);
		ssoSessions.setClock(this.clock);
		ssoSessions.setApplicationEventPublisher(this.events::add);
		this.budget.setClock(this.clock);
		UltraCartLoginService created = new UltraCartLoginService(this.client, SETTINGS, this.budget, ssoSessions);
		created.setClock(this.clock);
		return created;
	}

	@Test
	void beginWhenUltraCartAgreesThenLoginUrlAndPendingLoginOfTheRegistration() {
		BegunLogin login = this.service.begin(new BaseUrl("https://app.example.com/shop", false), BROWSER,
				new ReturnTarget("/items", Instant.EPOCH, false));
		assertThat(login.loginUrl()).isEqualTo(FakeUltraCartSsoClient.LOGIN_URL);
		assertThat(this.client.authorized()).singleElement().satisfies((sent) -> {
			assertThat(sent.redirectUri()).isEqualTo("https://app.example.com/shop/login/ultracart");
			assertThat(login.pendingLogin())
				.isEqualTo(new PendingLogin("ultracart", sent.state(), NOW.plusSeconds(600).minusSeconds(600),
						NOW.plusSeconds(600), new ReturnTarget("/items", Instant.EPOCH, false)));
		});
	}

	@Test
	void beginWhenNoLoginCanStartThenBudgetIsNotAsked() {
		TestLimitStore store = new TestLimitStore();
		this.budget.setLimitStore(new ResilientLimitStore(store), "shop");
		this.client.onCheckStart(() -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "50 calls are in the queue")
				.notSent()
				.build();
		});
		assertThatExceptionOfType(UltraCartLoginException.class)
			.isThrownBy(() -> this.service.begin(BASE_URL, BROWSER, null))
			.returns(UltraCartLoginError.BUSY, UltraCartLoginException::getError);
		assertThat(store.calls()).isZero();
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test
	void beginWhenBrowserIsKnownThenGoesBeforeOthers() {
		this.service.begin(BASE_URL, BROWSER, null);
		assertThat(this.client.knownStarts()).isZero();
		this.service.begin(BASE_URL, new StartingBrowser("198.51.100.9", "known"), null);
		assertThat(this.client.knownStarts()).isOne();
	}

	@Test // A1
	void beginWhenCalledTwiceThenTwoStatesOf256Bits() {
		this.service.begin(BASE_URL, BROWSER, null);
		this.service.begin(BASE_URL, BROWSER, null);
		assertThat(this.client.authorized()).hasSize(2)
			.doesNotHaveDuplicates()
			.allSatisfy((sent) -> assertThat(Base64.getUrlDecoder().decode(sent.state())).hasSize(32));
	}

	@ParameterizedTest // A5
	@CsvSource({ "2026-11-21T07:05:00-05:00, 300", "2026-11-21T07:10:00-05:00, 600", "2026-11-21T07:30:00-05:00, 600",
			"not a date, 600", ", 600" })
	void beginWhenUltraCartSaysWhenLoginExpiresThenNoLaterThanInTenMinutes(@Nullable String expirationDts,
			long seconds) {
		this.client
			.onAuthorize((sent) -> new SingleSignOnAuthorizeResponse(FakeUltraCartSsoClient.LOGIN_URL, expirationDts));
		assertThat(this.service.begin(BASE_URL, BROWSER, null).pendingLogin().expiresAt())
			.isEqualTo(NOW.plusSeconds(seconds));
	}

	@Test // C4
	void beginWhenRedirectUriWouldBePlainThenFailsWithoutCallOrStart() {
		BaseUrl plain = new BaseUrl("http://app.example.com", false);
		assertThat(failure(UltraCartLoginError.UNAVAILABLE, () -> this.service.begin(plain, BROWSER, null)))
			.hasMessageContaining("would not be an https URL")
			.hasMessageContaining("ultracart.sso.redirect-uri");
		assertThat(this.client.authorized()).isEmpty();
		assertUnusedStarts(2);
	}

	@Test // C4
	void beginWhenHostIsNotListedThenFailsWithoutCallOrStart() {
		assertThat(beginAt("https://evil.example")).hasMessageContaining("ultracart.sso.redirect-uri")
			.hasMessageContaining("ultracart.sso.redirect-hosts");
		assertThat(this.client.authorized()).isEmpty();
		assertUnusedStarts(2);
	}

	@ParameterizedTest // C4
	@CsvSource({ "https://other.example:8443/shop, https://other.example:8443/shop/login/ultracart",
			"http://other.example:8080/shop, https://other.example/shop/login/ultracart",
			"http://localhost:8080, https://backoffice.example.com/login/ultracart",
			"https://not a host, https://backoffice.example.com/login/ultracart" })
	void beginWhenHostIsNotListedThenErrorNamesTheRemedies(String baseUrl, String redirectUri) {
		try (CapturedLog log = CapturedLog.of(UltraCartLoginService.class.getName())) {
			beginAt(baseUrl);
			assertThat(log.messages(Level.ERROR)).singleElement()
				.asString()
				.contains("for a request to " + baseUrl + ",", "Set ultracart.sso.redirect-uri to the URL",
						"such as " + redirectUri + " if that", "ultracart.sso.redirect-hosts");
		}
	}

	@Test // C4
	void beginWhenManyHostsAreNotListedThenOneErrorAMinute() {
		try (CapturedLog log = CapturedLog.of(UltraCartLoginService.class.getName())) {
			for (int i = 0; i < 100; i++) {
				beginAt("https://evil" + i + ".example");
			}
			assertThat(log.messages(Level.ERROR)).hasSize(1);
			this.clock.advance(Duration.ofSeconds(59));
			beginAt("https://evil.example");
			assertThat(log.messages(Level.ERROR)).hasSize(1);
			this.clock.advance(Duration.ofSeconds(1));
			beginAt("https://evil.example");
			assertThat(log.messages(Level.ERROR)).hasSize(2);
			this.clock.advance(Duration.ofDays(-1));
			beginAt("https://evil.example");
			assertThat(log.messages(Level.ERROR)).hasSize(3);
		}
	}

	@Test // C4
	void beginWhenHostContainsControlCharactersThenNotInTheLog() {
		try (CapturedLog log = CapturedLog.of(UltraCartLoginService.class.getName())) {
			beginAt("https://evil\r\n2026 ERROR forged" + "x".repeat(1000));
			assertThat(log.messages(Level.ERROR)).singleElement()
				.asString()
				.contains("https://evil 2026 ERROR forged")
				.doesNotContain("\r", "\n")
				.hasSizeLessThan(1000);
		}
	}

	private Throwable beginAt(String baseUrl) {
		return failure(UltraCartLoginError.UNAVAILABLE,
				() -> this.service.begin(new BaseUrl(baseUrl, false), BROWSER, null));
	}

	@Test // G5
	void beginWhenBudgetIsSpentThenBusyWithoutCall() {
		this.budget.take("state-1", BROWSER);
		this.budget.take("state-2", BROWSER);
		assertThat(failure(UltraCartLoginError.BUSY, () -> this.service.begin(BASE_URL, BROWSER, null)))
			.hasMessageContaining("ultracart.sso.login.max-starts-per-hour")
			.hasNoCause();
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test // G5
	void beginWhenCallMayHaveReachedUltraCartThenStartIsUsed() {
		this.client.onAuthorize((sent) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.NO_RESPONSE);
		});
		failure(UltraCartLoginError.UNAVAILABLE, () -> this.service.begin(BASE_URL, BROWSER, null));
		assertUnusedStarts(1);
	}

	@Test // G5
	void beginWhenCallWasNotSentThenStartIsGivenBack() {
		this.client.onAuthorize((sent) -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "held back").notSent().build();
		});
		failure(UltraCartLoginError.BUSY, () -> this.service.begin(BASE_URL, BROWSER, null));
		assertUnusedStarts(2);
	}

	@ParameterizedTest
	@CsvSource({ "CREDENTIAL_REJECTED, APPLICATION_REJECTED", "APPLICATION_DISABLED, APPLICATION_DISABLED",
			"RATE_LIMITED, BUSY", "INVALID_REQUEST, UNAVAILABLE", "REFUSED, UNAVAILABLE", "SERVER_ERROR, UNAVAILABLE",
			"NO_RESPONSE, UNAVAILABLE", "INVALID_RESPONSE, UNAVAILABLE" })
	void beginWhenCallFailsThenFails(UltraCartApiFailure failure, UltraCartLoginError error) {
		this.client.onAuthorize((sent) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		assertThat(failure(error, () -> this.service.begin(BASE_URL, BROWSER, null))).hasMessageContaining("req-1");
	}

	@ParameterizedTest // C3
	@ValueSource(strings = { "https://evil.example/login", "http://secure.ultracart.com/login",
			"https://secure.ultracart.com/\r\nSet-Cookie: a=b" })
	void beginWhenLoginUrlIsNotAllowedThenFailsAndStartIsUsed(String loginUrl) {
		this.client.onAuthorize((sent) -> new SingleSignOnAuthorizeResponse(loginUrl, null));
		assertThat(failure(UltraCartLoginError.UNAVAILABLE, () -> this.service.begin(BASE_URL, BROWSER, null)))
			.hasMessageContaining("ultracart.sso.allowed-login-hosts")
			.hasMessageNotContaining(loginUrl);
		assertUnusedStarts(1);
	}

	@Test // F1
	void beginThenBegunLoginDoesNotPrintTheState() {
		this.client.onAuthorize((sent) -> new SingleSignOnAuthorizeResponse(
				"https://secure.ultracart.com/login?state=" + sent.state(), null));
		BegunLogin login = this.service.begin(BASE_URL, BROWSER, new ReturnTarget("/items", Instant.EPOCH, false));
		assertThat(login).asString().doesNotContain(login.pendingLogin().state()).doesNotContain("items");
	}

	@Test // A3
	void acceptWhenFirstCallbackThenTrueOnce() {
		assertThat(this.service.accept(login("state"))).isTrue();
		assertThat(this.service.accept(login("state"))).isFalse();
		assertThat(this.service.accept(login("other"))).isTrue();
	}

	@Test // A11
	void acceptWhenLoginIsOfAnotherRegistrationThenFalse() {
		assertThat(this.service.accept(
				new PendingLogin("other", "state", NOW.plusSeconds(60).minusSeconds(600), NOW.plusSeconds(60), null)))
			.isFalse();
		assertThat(this.service.accept(login("state"))).isTrue();
	}

	@Test // A2
	void acceptWhenThereIsNoLoginThenFalse() {
		assertThat(this.service.accept(null)).isFalse();
	}

	@Test
	void exchangeWhenUltraCartSaysHowLongAndWhereFromThenInTheSsoSession() {
		this.client.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code),
				"2026-11-21T15:00:00-05:00", "203.0.113.7"));
		SsoSession ssoSession = exchange();
		assertThat(ssoSession.registrationId()).isEqualTo("ultracart");
		assertThat(ssoSession.userId()).isNull();
		assertThat(ssoSession.simpleKey()).isEqualTo(FakeUltraCartSsoClient.keyOf("code"));
		assertThat(ssoSession.expiresAt()).isEqualTo("2026-11-21T20:00:00Z");
		assertThat(ssoSession.ipAddress()).isEqualTo("203.0.113.7");
		assertThat(ssoSession.clientAddress()).isEqualTo("198.51.100.9");
		assertThat(ssoSession.beganAt()).isEqualTo(NOW);
		assertThat(Base64.getUrlDecoder().decode(ssoSession.id())).hasSize(16);
		assertThat(exchange().id()).isNotEqualTo(ssoSession.id());
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-21T15:00:00-05:00, 0", "soon, 1", ", 1" })
	void exchangeWhenExpiryIsNotReadableThenMaxAgeOfThePolicyAndWarned(@Nullable String expirationDts, int warnings) {
		this.client.onExchange(
				(code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), expirationDts, null));
		try (CapturedLog log = CapturedLog.of(UltraCartLoginService.class.getName())) {
			SsoSession ssoSession = exchange();
			assertThat(log.messages(Level.WARN)).hasSize(warnings)
				.allSatisfy((message) -> assertThat(message).contains("expiration_dts", "PT30M"));
			assertThat(ssoSession.expiresAt().equals(NOW.plus(Duration.ofMinutes(30)))).isEqualTo(warnings > 0);
		}
	}

	@Test
	void exchangeWhenInAKnownBrowserThenBeforeNewOnes() {
		exchange();
		assertThat(this.client.knownExchanges()).isZero();
		this.service.exchange(new UltraCartCallback("state", "code", null), login("state"),
				new StartingBrowser("198.51.100.9", "known"));
		assertThat(this.client.knownExchanges()).isOne();
	}

	@Test // A5
	void exchangeWhenLoginHasExpiredThenNoCall() {
		this.clock.advance(Duration.ofMinutes(10));
		failure(UltraCartLoginError.EXPIRED, this::exchange);
		assertThat(this.client.exchanged()).isEmpty();
	}

	@ParameterizedTest // A12
	@CsvSource({ "access_denied, DENIED", "invalid_request, EXPIRED" })
	void exchangeWhenCallbackHasAnErrorThenNoCall(String error, UltraCartLoginError expected) {
		UltraCartCallback callback = new UltraCartCallback("state", null, error);
		failure(expected, () -> this.service.exchange(callback, login("state"), BROWSER));
		assertThat(this.client.exchanged()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "INVALID_REQUEST, INVALID_CODE", "CREDENTIAL_REJECTED, APPLICATION_REJECTED",
			"APPLICATION_DISABLED, APPLICATION_DISABLED", "RATE_LIMITED, BUSY", "REFUSED, UNAVAILABLE",
			"SERVER_ERROR, UNAVAILABLE", "NO_RESPONSE, UNAVAILABLE", "INVALID_RESPONSE, UNAVAILABLE" })
	void exchangeWhenCallFailsThenFailsWithoutAnotherCall(UltraCartApiFailure failure, UltraCartLoginError error) {
		this.client.onExchange((code) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		failure(error, this::exchange);
		assertThat(this.client.exchanged()).hasSize(1);
	}

	@Test // D4
	void checkWhenKeyHasExpiredThenFails() {
		failure(UltraCartLoginError.EXPIRED, () -> this.service.check(TestSsoSessions.expiringAt(NOW)));
		this.service.check(TestSsoSessions.expiringAt(NOW.plusMillis(1)));
	}

	@ParameterizedTest // B2
	@EnumSource
	void checkWhenUltraCartSawAnotherAddressThenRejectedIfEnforced(IpLock ipLock) {
		UltraCartLoginService locked = service(ipLock);
		SsoSession elsewhere = TestSsoSessions.withKey("key");
		if (ipLock == IpLock.ENFORCE) {
			failure(UltraCartLoginError.IP_MISMATCH, () -> locked.check(elsewhere));
		}
		else {
			locked.check(elsewhere);
		}
		assertThat(this.events).isEmpty();
	}

	@Test // B2
	void checkWhenUltraCartSawTheSameAddressThenAccepted() {
		service(IpLock.ENFORCE).check(TestSsoSessions.builder("key").clientAddress("203.0.113.7").build());
	}

	@Test
	void signedInThenSsoSessionIsOfTheUser() {
		SsoSession ssoSession = exchange();
		this.clock.advance(Duration.ofSeconds(3));
		SsoSession signedIn = this.service.signedIn(ssoSession, RESULT);
		assertThat(signedIn).isEqualTo(ssoSession);
		assertThat(signedIn.isOf(JANE)).isTrue();
		assertThat(signedIn.userReadAt()).isEqualTo(NOW.plusSeconds(3));
		assertThat(signedIn.beganAt()).isEqualTo(NOW);
	}

	@Test
	void signedInAndCompleteWhenPrincipalIsOfTheApplicationThenUserIsNotKnown() {
		SsoSession ssoSession = exchange();
		Authentication own = new TestingAuthenticationToken("jane", null);
		assertThat(this.service.signedIn(ssoSession, own).userId()).isNull();
		this.service.accept(login("state"));
		this.service.complete(login("state"), ssoSession, own);
		assertThat(findCompleted(JANE)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "OFF, true", "WARN, true", "PIN, false", "ENFORCE, false" })
	void bindThenTokenHasTheIdAndAccessToTheKeyUnlessLockedToAnAddress(IpLock ipLock, boolean access) {
		SsoSession ssoSession = TestSsoSessions.withKey("key");
		assertThat(service(ipLock).bind(RESULT, ssoSession)).isInstanceOfSatisfying(UltraCartAuthenticationToken.class,
				(token) -> {
					assertThat(token.getSsoSessionId()).isEqualTo(ssoSession.id());
					assertThat(token.simpleKeySupplier() != null).isEqualTo(access);
				});
	}

	@Test
	void completeWhenInANewBrowserThenItsPartOfTheStartBudgetIsFree() {
		LoginStartBudget budget = new LoginStartBudget(500);
		UltraCartLoginService service = new UltraCartLoginService(this.client, SETTINGS, budget,
				new SsoSessions(SsoSessionPolicy.DEFAULTS));
		String state = service.begin(BASE_URL, BROWSER, null).pendingLogin().state();
		assertThat(budget.left(false)).isEqualTo(249);
		service.complete(login(state), exchange(), RESULT);
		assertThat(budget.left(false)).isEqualTo(250);
	}

	@Test // A3
	void findCompletedWhenSameUserThenTheLogin() {
		this.service.accept(login("state"));
		assertThat(findCompleted(JANE)).isNull();
		this.service.complete(login("state"), exchange(), RESULT);
		assertThat(findCompleted(UltraCartUser.with(42, "renamed").build())).isEqualTo(new CompletedLogin("/items"));
	}

	@Test // A3
	void findCompletedWhenAnotherUserOrRegistrationThenNull() {
		this.service.accept(login("state"));
		this.service.complete(login("state"), exchange(), RESULT);
		assertThat(findCompleted(UltraCartUser.with(43, "Jane!ops").build())).isNull();
		assertThat(findCompleted(UltraCartUser.with(42, "Jane!ops").registrationId("other").build())).isNull();
	}

	@Test // H1
	void completeWhenWarnedAndUltraCartSawAnotherAddressThenReported() {
		service(IpLock.WARN).complete(login("state"), TestSsoSessions.withKey("key"), RESULT);
		assertThat(this.events)
			.containsExactly(new SsoSessionAddressMismatchEvent(JANE, "203.0.113.7", "127.0.0.1", false));
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		UltraCartLoginSettings settings = UltraCartLoginSettings.DEFAULTS;
		SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginService(null, settings, this.budget, ssoSessions))
			.withMessage("client cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginService(this.client, null, this.budget, ssoSessions))
			.withMessage("settings cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginService(this.client, settings, null, ssoSessions))
			.withMessage("startBudget cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginService(this.client, settings, this.budget, null))
			.withMessage("ssoSessions cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.service.setClock(null))
			.withMessage("clock cannot be null");
	}

	private static PendingLogin login(String state) {
		return new PendingLogin("ultracart", state, NOW.plusSeconds(600).minusSeconds(600), NOW.plusSeconds(600),
				new ReturnTarget("/items", Instant.EPOCH, false));
	}

	private SsoSession exchange() {
		return this.service.exchange(new UltraCartCallback("state", "code", null), login("state"), BROWSER);
	}

	private @Nullable CompletedLogin findCompleted(UltraCartUser user) {
		return this.service.findCompleted(new UltraCartCallback("state", "code", null), user);
	}

	private void assertUnusedStarts(int expected) {
		int unused = 0;
		while (this.budget.take("more", BROWSER)) {
			unused++;
		}
		assertThat(unused).isEqualTo(expected);
	}

	private static UltraCartLoginException failure(UltraCartLoginError expected, ThrowingCallable call) {
		List<UltraCartLoginException> failures = new ArrayList<>();
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(call).satisfies((ex) -> {
			assertThat(ex.getError()).isEqualTo(expected);
			failures.add(ex);
		});
		return Objects.requireNonNull(failures.get(0));
	}

}
