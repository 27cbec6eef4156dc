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

package io.github.ultracartsso.client.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.OAuthTokenCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link OAuthApplicationCredential}: when it fetches an access token, and with
 * what.
 */
@Timeout(60)
class OAuthApplicationCredentialTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final CapturedLog log = CapturedLog.of("io.github.ultracartsso");

	private final List<OAuthTokenCall.Request> requests = new ArrayList<>();

	private final OAuthApplicationCredential credential = new OAuthApplicationCredential(TestSecrets.CLIENT_ID,
			TestSecrets.REFRESH_TOKEN);

	private @Nullable String expiresIn = "3600";

	private @Nullable OAuthToken replacement;

	OAuthApplicationCredentialTests() {
		at(NOW);
	}

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenArgumentMissingThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OAuthApplicationCredential(" ", TestSecrets.REFRESH_TOKEN))
			.withMessage("clientId cannot be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new OAuthApplicationCredential(TestSecrets.CLIENT_ID, null))
			.withMessage("refreshToken cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void setterWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.credential.setRefreshTokenRepository(null))
			.withMessage("refreshTokens cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.credential.setClock(null))
			.withMessage("clock cannot be null");
	}

	@Test
	void authenticateWhenNothingCanFetchATokenThenThrowIllegalStateException() {
		assertThatIllegalStateException().isThrownBy(() -> this.credential.authenticate(new HttpHeaders()))
			.withMessage("There is no access token, and no way to fetch one");
	}

	@Test
	void authenticateWhenTokenGoodThenNothingNeedsToFetchOne() {
		assertThat(authenticate()).isEqualTo("Bearer access-1");
		HttpHeaders headers = new HttpHeaders();
		this.credential.authenticate(headers);
		assertThat(headers.toSingleValueMap()).containsExactly(Map.entry("Authorization", "Bearer access-1"));
	}

	@ParameterizedTest
	@CsvSource({ "3600, 3540", "600, 540", "100, 90", "10, 9", "' 3600 ', 3540" })
	void authenticateWhenTokenAboutToExpireThenAnotherIsFetched(String expiresIn, int goodFor) {
		this.expiresIn = expiresIn;
		authenticate();
		at(NOW.plusSeconds(goodFor).minusMillis(1));
		assertThat(authenticate()).isEqualTo("Bearer access-1");
		at(NOW.plusSeconds(goodFor));
		assertThat(authenticate()).isEqualTo("Bearer access-2");
		assertThat(this.requests).hasSize(2);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "0", "-60", "soon", "3600.5", "99999999999999999999" })
	void authenticateWhenLifeUnknownThenTokenIsGoodForOneCall(@Nullable String expiresIn) {
		this.expiresIn = expiresIn;
		assertThat(authenticate()).isEqualTo("Bearer access-1");
		assertThat(authenticate()).isEqualTo("Bearer access-2");
	}

	@Test
	void authenticateWhenLifeLongerThanCanBeCountedThenTokenIsGoodForAYear() {
		this.expiresIn = String.valueOf(Long.MAX_VALUE);
		authenticate();
		at(NOW.plus(Duration.ofDays(364)));
		assertThat(authenticate()).isEqualTo("Bearer access-1");
	}

	@Test
	void authenticateWhenFetchingFailsThenTheNextTriesAgain() {
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> authenticate((request) -> {
			throw failure();
		}));
		assertThat(authenticate()).isEqualTo("Bearer access-1");
	}

	@Test
	void authenticateWhenSeveralAtOnceThenOneFetches() {
		String other = whileAnotherWaits(this::answer);
		assertThat(other).isEqualTo("Bearer access-2");
		assertThat(this.requests).hasSize(2);
	}

	@Test
	void authenticateWhenSeveralAtOnceAndFetchingFailsThenAllFailOfOneCall() {
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> whileAnotherWaits((request) -> {
			this.requests.add(request);
			throw failure();
		})).withCauseInstanceOf(UltraCartApiException.class);
		assertThat(this.requests).hasSize(2);
	}

	/**
	 * Has a thread fetch a second token and, while it does, another ask for one.
	 * @return what the other gets
	 */
	private String whileAnotherWaits(OAuthTokenCall answer) {
		authenticate();
		CountDownLatch asked = new CountDownLatch(2);
		// looked at by each thread that asks, once it is settled who fetches
		this.credential.setClock(new ExpiringClock(NOW.plus(Duration.ofDays(1)), asked));
		CompletableFuture<String> other = new CompletableFuture<>();
		try {
			authenticate((request) -> {
				new Thread(() -> authenticate(answer, other)).start();
				await(asked);
				return answer.make(request);
			});
		}
		catch (UltraCartApiException ex) {
			// seen by the other as well
		}
		return other.orTimeout(30, TimeUnit.SECONDS).join();
	}

	private void authenticate(OAuthTokenCall answer, CompletableFuture<String> result) {
		try {
			result.complete(authenticate(answer));
		}
		catch (UltraCartApiException ex) {
			result.completeExceptionally(ex);
		}
	}

	@Test
	void rejectedWhenTokenInUseThenAnotherIsFetched() {
		HttpHeaders headers = headers();
		assertThat(this.credential.rejected(headers)).isTrue();
		assertThat(authenticate()).isEqualTo("Bearer access-2");
	}

	@Test
	void rejectedWhenTokenAlreadyReplacedThenTheNewOneStays() {
		HttpHeaders old = headers();
		this.credential.rejected(old);
		authenticate();
		assertThat(this.credential.rejected(old)).isTrue();
		assertThat(authenticate()).isEqualTo("Bearer access-2");
	}

	@Test
	void authenticateThenClientIdAndRefreshTokenAreSent() {
		authenticate();
		assertThat(this.requests)
			.containsExactly(new OAuthTokenCall.Request(TestSecrets.CLIENT_ID, TestSecrets.REFRESH_TOKEN));
	}

	@Test
	void authenticateWhenRefreshTokenReplacedThenTheNewOneIsUsedAndTheLogSaysSoOnce() {
		this.expiresIn = "0";
		this.replacement = OAuthToken.of("refresh-2");
		authenticate();
		this.replacement = OAuthToken.of("refresh-3");
		authenticate();
		this.replacement = null;
		authenticate();
		authenticate();
		assertThat(refreshTokens()).containsExactly(TestSecrets.REFRESH_TOKEN.value(), "refresh-2", "refresh-3",
				"refresh-3");
		assertThat(this.log.messages(Level.WARN)).singleElement()
			.asString()
			.contains("ultracart.sso.oauth.refresh-token", "RefreshTokenRepository")
			.doesNotContain("refresh-2");
	}

	@Test
	void authenticateWhenRefreshTokenRepeatedThenItIsNotSaved() {
		TestRefreshTokens repository = repository();
		this.replacement = TestSecrets.REFRESH_TOKEN;
		authenticate();
		assertThat(repository.saved).isEmpty();
	}

	@Test
	void authenticateWhenRefreshTokenReplacedThenSavedBeforeTheAccessTokenIsUsed() {
		TestRefreshTokens repository = repository();
		this.replacement = OAuthToken.of("refresh-2");
		authenticate();
		assertThat(repository.saved).containsExactly(OAuthToken.of("refresh-2"));
		assertThat(this.log.messages(Level.WARN)).isEmpty();
	}

	@Test
	void authenticateWhenAnotherInstanceSavedARefreshTokenThenItIsUsed() {
		TestRefreshTokens repository = repository();
		repository.saved.add(OAuthToken.of("refresh-of-another"));
		authenticate();
		assertThat(refreshTokens()).containsExactly("refresh-of-another");
	}

	@Test
	void authenticateWhenAnotherInstanceReplacesTheRefreshTokenMeanwhileThenTheNewOneIsUsed() {
		TestRefreshTokens repository = repository();
		assertThat(authenticate((request) -> {
			if (repository.saved.isEmpty()) {
				this.requests.add(request);
				repository.saved.add(OAuthToken.of("refresh-of-another"));
				throw rejected();
			}
			return answer(request);
		})).isEqualTo("Bearer access-2");
		assertThat(refreshTokens()).containsExactly(TestSecrets.REFRESH_TOKEN.value(), "refresh-of-another");
	}

	@Test
	void authenticateWhenRefreshTokenRejectedAndNoOtherSavedThenNotRepeated() {
		repository();
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> authenticate((request) -> {
			answer(request);
			throw rejected();
		}));
		assertThat(this.requests).hasSize(1);
	}

	@Test // F1
	void authenticateWhenSavingFailsThenLoggedWithoutTheTokenAndTriedAgain() {
		TestRefreshTokens repository = repository();
		this.expiresIn = "0";
		this.replacement = OAuthToken.of("refresh-2");
		repository.saving = false;
		assertThat(authenticate()).isEqualTo("Bearer access-1");
		assertThat(this.log.messages(Level.ERROR)).singleElement()
			.asString()
			.startsWith("The refresh token that UltraCart has issued for this application cannot be saved")
			.endsWith("IllegalStateException: no database for ******");
		assertThat(this.log.text()).doesNotContain("refresh-2");
		repository.saving = true;
		this.replacement = null;
		authenticate();
		assertThat(repository.saved).containsExactly(OAuthToken.of("refresh-2"));
		assertThat(refreshTokens()).containsExactly(TestSecrets.REFRESH_TOKEN.value(), "refresh-2");
	}

	@Test // F1
	void authenticateWhenLoadingFailsThenLoggedAndTheLastTokenIsUsed() {
		TestRefreshTokens repository = repository();
		this.expiresIn = "0";
		this.replacement = OAuthToken.of("refresh-2");
		authenticate();
		repository.loading = false;
		this.replacement = null;
		assertThat(authenticate()).isEqualTo("Bearer access-2");
		assertThat(refreshTokens()).endsWith("refresh-2");
		assertThat(this.log.messages(Level.ERROR)).singleElement()
			.asString()
			.startsWith("The refresh token of this application cannot be loaded");
	}

	@Test // F1
	void toStringThenNoSecret() {
		authenticate();
		assertThat(this.credential).hasToString("OAuthApplicationCredential[******]");
		assertThat(this.requests).allSatisfy((request) -> assertThat(request).hasToString("Request"));
		assertThat(new OAuthTokenCall.Response(TestSecrets.ACCESS_TOKEN, "60", TestSecrets.REFRESH_TOKEN))
			.hasToString("Response[accessToken=******, expiresIn=60, refreshToken=******]");
	}

	private TestRefreshTokens repository() {
		TestRefreshTokens repository = new TestRefreshTokens();
		this.credential.setRefreshTokenRepository(repository);
		return repository;
	}

	private HttpHeaders headers() {
		HttpHeaders headers = new HttpHeaders();
		this.credential.authenticate(headers, this::answer);
		return headers;
	}

	private String authenticate() {
		return authenticate(this::answer);
	}

	private String authenticate(OAuthTokenCall answer) {
		HttpHeaders headers = new HttpHeaders();
		this.credential.authenticate(headers, answer);
		return String.valueOf(headers.getFirst(HttpHeaders.AUTHORIZATION));
	}

	private synchronized OAuthTokenCall.Response answer(OAuthTokenCall.Request request) {
		this.requests.add(request);
		return new OAuthTokenCall.Response(OAuthToken.of("access-" + this.requests.size()), this.expiresIn,
				this.replacement);
	}

	private List<String> refreshTokens() {
		return this.requests.stream().map((request) -> request.refreshToken().value()).toList();
	}

	private void at(Instant now) {
		this.credential.setClock(Clock.fixed(now, ZoneOffset.UTC));
	}

	private static UltraCartApiException rejected() {
		return UltraCartApiException.withFailure(UltraCartApiFailure.CREDENTIAL_REJECTED, "rejected").build();
	}

	private static UltraCartApiException failure() {
		return UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "failed").build();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static final class TestRefreshTokens implements RefreshTokenRepository {

		private final List<OAuthToken> saved = new ArrayList<>();

		private boolean loading = true;

		private boolean saving = true;

		@Override
		public @Nullable OAuthToken load() {
			requireWhole(this.loading, "anybody");
			return this.saved.isEmpty() ? null : this.saved.get(this.saved.size() - 1);
		}

		@Override
		public void save(OAuthToken refreshToken) {
			requireWhole(this.saving, refreshToken.value());
			this.saved.add(refreshToken);
		}

		private static void requireWhole(boolean works, String token) {
			if (!works) {
				throw new IllegalStateException("no database for " + token);
			}
		}

	}

	/**
	 * Tells which threads have looked at it.
	 */
	private static final class ExpiringClock extends Clock {

		private final Instant now;

		private final CountDownLatch asked;

		private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

		ExpiringClock(Instant now, CountDownLatch asked) {
			this.now = now;
			this.asked = asked;
		}

		@Override
		public Instant instant() {
			if (this.threads.add(Thread.currentThread())) {
				this.asked.countDown();
			}
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			throw new UnsupportedOperationException();
		}

	}

}
