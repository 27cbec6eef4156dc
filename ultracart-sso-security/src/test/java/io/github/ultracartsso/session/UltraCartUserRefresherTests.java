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

package io.github.ultracartsso.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.UserRefresh.Ended;
import io.github.ultracartsso.session.UserRefresh.Kept;
import io.github.ultracartsso.session.UserRefresh.Outcome;
import io.github.ultracartsso.session.UserRefresh.Refreshed;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.GrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartUserRefresher}.
 */
@Timeout(60)
class UltraCartUserRefresherTests {

	private static final int REQUESTS = 8;

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final Instant LOGIN = TestSsoSessions.NOW;

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final TestClock clock = new TestClock(LOGIN);

	private final List<UltraCartUserRefreshFailedEvent> failures = Collections.synchronizedList(new ArrayList<>());

	private final ExecutorService requests = Executors.newCachedThreadPool();

	private final CountDownLatch answered = new CountDownLatch(1);

	private UltraCartUserMapper mapper = new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper());

	private SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	private UltraCartUserRefresher refresher = configured(new UltraCartUserRefresher(Duration.ofSeconds(30)));

	@BeforeEach
	void becomeDue() {
		this.clock.advance(Duration.ofMinutes(30));
	}

	@AfterEach
	void stop() {
		this.refresher.destroy();
		this.answered.countDown();
		this.requests.shutdownNow();
	}

	@Test
	void refreshThenUserReadWithItsKey() {
		assertThat(refresh()).isInstanceOfSatisfying(Refreshed.class, (refreshed) -> {
			assertThat(refreshed.user()).isEqualTo(JANE);
			assertThat(authorities(refreshed)).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
			assertThat(refreshed.readAt()).isEqualTo(this.clock.instant());
			assertThat(refreshed.first()).isTrue();
		});
		assertThat(this.client.read()).containsExactly("user-key");
	}

	@Test
	void refreshWhenManyRequestsTogetherThenOneCallAndAllKnow() throws Exception {
		CountDownLatch reading = hang();
		List<Future<Outcome>> outcomes = new ArrayList<>();
		outcomes.add(this.requests.submit(() -> refresh()));
		await(reading);
		CountDownLatch asking = new CountDownLatch(REQUESTS);
		for (int i = 0; i < REQUESTS; i++) {
			outcomes.add(this.requests.submit(() -> {
				asking.countDown();
				return refresh();
			}));
		}
		await(asking);
		this.answered.countDown();
		List<Refreshed> known = new ArrayList<>();
		for (Future<Outcome> outcome : outcomes) {
			known.add((Refreshed) outcome.get());
		}
		assertThat(known).allSatisfy((refreshed) -> assertThat(authorities(refreshed))
			.containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER"));
		assertThat(known).filteredOn(Refreshed::first).hasSize(1);
		assertThat(this.client.read()).hasSize(1);
	}

	@Test
	void refreshWhenSessionHasNotCaughtUpThenNoSecondCall() {
		refresh();
		this.clock.advance(Duration.ofSeconds(60));
		assertThat(refresh()).isInstanceOfSatisfying(Refreshed.class,
				(refreshed) -> assertThat(refreshed.first()).isFalse());
		assertThat(this.client.read()).hasSize(1);
	}

	@Test
	void refreshWhenSessionDoesNotCatchUpAtAllThenReadAgain() {
		refresh();
		this.clock.advance(Duration.ofSeconds(61));
		assertThat(refresh()).isInstanceOfSatisfying(Refreshed.class,
				(refreshed) -> assertThat(refreshed.first()).isTrue());
		assertThat(this.client.read()).hasSize(2);
	}

	@Test
	void refreshWhenDueAgainAtOnceThenReadAgain() {
		refresh();
		this.refresher.refresh(this.ssoSession.toBuilder().userReadAt(this.clock.instant()).build(), JANE, reader());
		assertThat(this.client.read()).hasSize(2);
	}

	@Test
	void refreshWhenOtherSessionThenReadOnItsOwn() {
		refresh();
		this.refresher.refresh(TestSsoSessions.withKey("other-key"), JANE, reader());
		assertThat(this.client.read()).containsExactly("user-key", "other-key");
	}

	@Test // A10
	void refreshWhenAnotherUserHasSignedInThenOutcomeIsNotTheirs() {
		refresh();
		UltraCartUser joe = UltraCartUser.with(43, "joe").build();
		assertThat(this.refresher.refresh(TestSsoSessions.withKey("joes-key"), joe, reader()))
			.isEqualTo(new Ended(Reason.OTHER_USER, true));
	}

	@ParameterizedTest
	@CsvSource({ "CREDENTIAL_REJECTED, REFUSED", "INVALID_REQUEST, DENIED", "REFUSED, DENIED" })
	void refreshWhenUltraCartRefusesThenEnded(UltraCartApiFailure failure, Reason reason) {
		fail(failure);
		assertThat(refresh()).isEqualTo(new Ended(reason, true));
		assertThat(refresh()).isEqualTo(new Ended(reason, false));
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.failures).isEmpty();
	}

	@Test
	void refreshWhenKeyOfAnotherUserThenEnded() {
		this.client.onSessionUser((key) -> new User(43, "Jane!ops", null, null, null, null));
		assertThat(refresh()).isEqualTo(new Ended(Reason.OTHER_USER, true));
	}

	@Test
	void refreshWhenKeyCannotBeOpenedThenEndedWithoutCall() {
		this.ssoSession = this.ssoSession.toBuilder().sealedKey("sealed", () -> null).build();
		assertThat(refresh()).isEqualTo(new Ended(Reason.KEY_LOST, true));
		assertThat(this.client.read()).isEmpty();
	}

	@Test
	void refreshWhenApplicationRefusesThenEnded() {
		this.mapper = (user) -> {
			throw new DisabledException("left the company");
		};
		assertThat(refresh()).isEqualTo(new Ended(Reason.DENIED, true));
		assertThat(this.failures).isEmpty();
	}

	@Test
	void refreshWhenApplicationDeniesInOurTermsThenEnded() {
		this.mapper = (user) -> {
			throw new UltraCartLoginException(UltraCartLoginError.DENIED, "left the company");
		};
		assertThat(refresh()).isEqualTo(new Ended(Reason.DENIED, true));
	}

	@ParameterizedTest
	@EnumSource(names = { "APPLICATION_DISABLED", "RATE_LIMITED", "SERVER_ERROR", "NO_RESPONSE", "INVALID_RESPONSE" })
	void refreshWhenItMayPassThenKeptAndToldOf(UltraCartApiFailure failure) {
		fail(failure);
		keptAndToldOf();
	}

	@Test
	void refreshWhenUserIncompleteThenKept() {
		this.client.onSessionUser((key) -> new User(42, null, null, null, null, null));
		keptAndToldOf();
	}

	@Test
	void refreshWhenMapperFailsThenKept() {
		this.mapper = (user) -> {
			throw new IllegalStateException("no database");
		};
		keptAndToldOf();
	}

	@Test
	void refreshWhenMapperSaysAServiceFailedThenKept() {
		this.mapper = (user) -> {
			throw new InternalAuthenticationServiceException("no directory");
		};
		keptAndToldOf();
	}

	@Test
	void refreshWhenSealerFailsThenKept() {
		this.ssoSession = this.ssoSession.toBuilder().sealedKey("sealed", () -> {
			throw new IllegalStateException("the KMS is down");
		}).build();
		keptAndToldOf();
	}

	@Test
	void refreshWhenClientIsBrokenThenKept() {
		this.client.onSessionUser((key) -> {
			throw new IllegalStateException("broken");
		});
		keptAndToldOf();
	}

	@Test
	void refreshWhenNoThreadIsFreeThenKeptAndNoFailure() {
		this.refresher = configured(
				new UltraCartUserRefresher(Duration.ofSeconds(30), new TaskExecutorAdapter((task) -> {
					throw new TaskRejectedException("full");
				})));
		keptAndNoFailure(Duration.ofSeconds(15));
	}

	@Test
	void refreshWhenItsTurnDoesNotComeInTimeThenKeptAndNoFailure() {
		RefreshPace pace = new RefreshPace(Duration.ofMinutes(30), 2, Duration.ofHours(4));
		this.refresher = configured(
				new UltraCartUserRefresher(Duration.ofMillis(20), new TaskExecutorAdapter((task) -> {
				})));
		this.refresher.setPace(pace);
		keptAndNoFailure(Duration.ofSeconds(15));
		assertThat(pace.take(false, this.clock.instant())).isTrue();
		assertThat(pace.take(false, this.clock.instant())).isTrue();
	}

	@Test
	void refreshWhenThereAreTooManyCallsThenKeptAndNoFailure() {
		this.client.onSessionUser((key) -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "8 calls are in the queue")
				.retryAfter(Duration.ofSeconds(40))
				.notSent()
				.build();
		});
		keptAndNoFailure(Duration.ofSeconds(40));
	}

	private void keptAndNoFailure(Duration pause) {
		try (CapturedLog log = CapturedLog.of(UltraCartUserRefresher.class.getName())) {
			assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plus(pause)));
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
		assertThat(this.failures).isEmpty();
	}

	@Test
	void refreshWhenItGoesOnFailingThenOneWarning() {
		fail(UltraCartApiFailure.SERVER_ERROR);
		try (CapturedLog log = CapturedLog.of(UltraCartUserRefresher.class.getName())) {
			for (int i = 0; i < 3; i++) {
				refresh();
				this.clock.advance(Duration.ofMinutes(5));
			}
			assertThat(this.failures).hasSize(3);
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("keeps the permissions", "the next attempt is not made before");
		}
	}

	@Test
	void refreshWhenItGoesOnFailingThenBackOffDoublesToFiveMinutes() {
		fail(UltraCartApiFailure.SERVER_ERROR);
		for (int seconds : new int[] { 15, 30, 60, 120, 240, 300, 300, 300 }) {
			assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(seconds)));
			int calls = this.client.read().size();
			this.clock.advance(Duration.ofSeconds(seconds).minusNanos(1));
			refresh();
			assertThat(this.client.read()).hasSize(calls);
			this.clock.advance(Duration.ofNanos(1));
		}
		assertThat(this.failures).hasSize(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "P-1D", "P-36500D", "P1D" })
	void refreshWhenClockIsSetThenReadAgain(Duration time) {
		fail(UltraCartApiFailure.SERVER_ERROR);
		refresh();
		this.clock.advance(time);
		assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(time.isNegative() ? 30 : 15)));
		assertThat(this.client.read()).hasSize(2);
	}

	@Test
	void refreshWhenItWorksAgainThenBackOffBeginsAnew() {
		fail(UltraCartApiFailure.SERVER_ERROR);
		refresh();
		this.clock.advance(Duration.ofSeconds(15));
		refresh();
		this.clock.advance(Duration.ofSeconds(30));
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.USER);
		assertThat(refresh()).isInstanceOf(Refreshed.class);
		this.clock.advance(Duration.ofMinutes(30));
		fail(UltraCartApiFailure.SERVER_ERROR);
		assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(15)));
	}

	@ParameterizedTest // G4
	@CsvSource({ "1, 15", "15, 15", "40, 40", "300, 300", "301, 300", "86400, 300" })
	void refreshWhenUltraCartSaysWhenThenNotBefore(int retryAfter, int seconds) {
		this.client.onSessionUser((key) -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "slow down")
				.retryAfter(Duration.ofSeconds(retryAfter))
				.build();
		});
		assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(seconds)));
	}

	@Test // G1
	void refreshWhenUltraCartHangsThenNotHeldUpAndNoSecondCall() {
		this.refresher = configured(new UltraCartUserRefresher(Duration.ofMillis(200)));
		hang();
		assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(15)));
		assertThat(refresh()).isInstanceOf(Kept.class);
		assertThat(this.failures).singleElement()
			.extracting((event) -> event.failure().getMessage())
			.asString()
			.contains("could not be read within PT0.2S");
	}

	@Test // G1
	void refreshWhenUltraCartHangsThenFollowersAreNotHeldUpEither() throws Exception {
		CountDownLatch opening = new CountDownLatch(1);
		this.refresher = configured(new UltraCartUserRefresher(Duration.ofMillis(1)));
		Future<Outcome> first = this.requests
			.submit(() -> this.refresher.refresh(this.ssoSession.toBuilder().sealedKey("sealed", () -> {
				opening.countDown();
				await(this.answered);
				return SimpleKey.of("user-key");
			}).build(), JANE, reader()));
		await(opening);
		assertThat(refresh()).isInstanceOf(Kept.class);
		assertThat(first).isNotDone();
		this.answered.countDown();
		assertThat(first.get()).isNotNull();
	}

	@Test
	void refreshWhenRequestIsInterruptedThenKeptAndStillInterrupted() throws Exception {
		hang();
		Future<Boolean> interrupted = this.requests.submit(() -> {
			Thread.currentThread().interrupt();
			assertThat(refresh()).isInstanceOf(Kept.class);
			return Thread.interrupted();
		});
		assertThat(interrupted.get()).isTrue();
	}

	@Test
	void refreshWhenFollowerIsInterruptedThenKeptAndStillInterrupted() throws Exception {
		CountDownLatch reading = hang();
		Future<Outcome> first = this.requests.submit(() -> refresh());
		await(reading);
		Future<Boolean> interrupted = this.requests.submit(() -> {
			Thread.currentThread().interrupt();
			assertThat(refresh()).isInstanceOf(Kept.class);
			return Thread.interrupted();
		});
		assertThat(interrupted.get()).isTrue();
		assertThat(first).isNotDone();
	}

	@Test
	void refreshThenOnThreadThatKeepsNoJvmAlive() {
		List<Thread> threads = new ArrayList<>();
		this.client.onSessionUser((key) -> {
			threads.add(Thread.currentThread());
			return FakeUltraCartSsoClient.USER;
		});
		refresh();
		assertThat(threads).singleElement().satisfies((thread) -> {
			assertThat(thread.isDaemon()).isTrue();
			assertThat(thread.getName()).startsWith("ultracart-refresh-");
		});
	}

	@Test // or the next user's call would be made as the user of the first request
	void refreshThenThreadInheritsNothingFromTheRequest() {
		InheritableThreadLocal<@Nullable String> user = new InheritableThreadLocal<>();
		user.set("Jane");
		List<@Nullable String> seen = new ArrayList<>();
		List<ClassLoader> loaders = new ArrayList<>();
		this.client.onSessionUser((key) -> {
			seen.add(user.get());
			loaders.add(Thread.currentThread().getContextClassLoader());
			return FakeUltraCartSsoClient.USER;
		});
		ClassLoader ours = Thread.currentThread().getContextClassLoader();
		Thread.currentThread().setContextClassLoader(new ClassLoader() {
		});
		try {
			refresh();
		}
		finally {
			Thread.currentThread().setContextClassLoader(ours);
			user.remove();
		}
		assertThat(seen).singleElement().isNull();
		assertThat(loaders).containsExactly(UltraCartUserRefresher.class.getClassLoader());
	}

	@Test
	void destroyThenUsersAreKeptAsTheyAre() {
		this.refresher.destroy();
		assertThat(refresh()).isInstanceOf(Kept.class);
		assertThat(this.client.read()).isEmpty();
	}

	@Test
	void refreshWhenNobodyNeedsTheOutcomeAnyMoreThenForgotten() {
		fail(UltraCartApiFailure.SERVER_ERROR);
		refresh();
		this.clock.advance(Duration.ofMinutes(6));
		assertThat(refresh()).isEqualTo(new Kept(this.clock.instant().plusSeconds(15)));
	}

	@Test
	void refreshWhenErrorThenFollowersAreNotLeftWaiting() {
		SsoSession broken = this.ssoSession.toBuilder().sealedKey("sealed", () -> {
			throw new StackOverflowError();
		}).build();
		try {
			this.refresher.refresh(broken, JANE, reader());
		}
		catch (StackOverflowError ex) {
			assertThat(refresh()).isInstanceOf(Refreshed.class);
			return;
		}
		throw new AssertionError("The error was swallowed");
	}

	@Test // F1
	void refreshWhenFailedThenEventHoldsNoKey() {
		fail(UltraCartApiFailure.SERVER_ERROR);
		refresh();
		assertThat(this.failures).singleElement().asString().doesNotContain("user-key");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartUserRefresher(null))
			.withMessage("timeout cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartUserRefresher(Duration.ofSeconds(86_401)))
			.withMessage("timeout cannot exceed a day");
		assertThatIllegalArgumentException().isThrownBy(() -> this.refresher.setClock(null))
			.withMessage("clock cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.refresher.setApplicationEventPublisher(null))
			.withMessage("eventPublisher cannot be null");
	}

	private UltraCartUserReader reader() {
		return new UltraCartUserReader(this.client, (user) -> this.mapper.mapUser(user));
	}

	private UltraCartUserRefresher configured(UltraCartUserRefresher refresher) {
		refresher.setClock(this.clock);
		refresher.setApplicationEventPublisher((event) -> this.failures.add((UltraCartUserRefreshFailedEvent) event));
		return refresher;
	}

	private Outcome refresh() {
		return this.refresher.refresh(this.ssoSession, JANE, reader());
	}

	private void fail(UltraCartApiFailure failure) {
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
	}

	private CountDownLatch hang() {
		CountDownLatch reading = new CountDownLatch(1);
		this.client.onSessionUser((key) -> {
			reading.countDown();
			await(this.answered);
			return FakeUltraCartSsoClient.USER;
		});
		return reading;
	}

	private void keptAndToldOf() {
		Instant retryAt = this.clock.instant().plusSeconds(15);
		assertThat(refresh()).isEqualTo(new Kept(retryAt));
		assertThat(refresh()).isEqualTo(new Kept(retryAt));
		assertThat(this.failures).singleElement().satisfies((event) -> {
			assertThat(event.user()).isEqualTo(JANE);
			assertThat(event.retryAt()).isEqualTo(retryAt);
		});
		this.clock.advance(Duration.ofSeconds(15));
		refresh();
		assertThat(this.failures).hasSize(2);
	}

	private static List<String> authorities(Refreshed refreshed) {
		return refreshed.user()
			.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.map(String::valueOf)
			.toList();
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
