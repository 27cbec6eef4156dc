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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.session.TestClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CallbackTurns}.
 */
class CallbackTurnsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	private final TestClock clock = new TestClock(NOW);

	private final CallbackTurns turns = turns();

	private CallbackTurns turns() {
		CallbackTurns created = new CallbackTurns(Duration.ofMinutes(10));
		created.setClock(this.clock);
		return created;
	}

	@Test
	void takeWhenOtherBrowserHasTheTurnThenAtOnce() {
		take("a", "session-1", List.of("a", "b"));
		CallbackTurn other = take("c", "session-2", List.of("c", "d"));
		assertThat(other.isOvertaken()).isFalse();
		assertThat(other.isOvertaken()).isFalse();
	}

	@Test
	void takeWhenLoginOfTheSameBrowserHasTheTurnThenWaitsAndIsServed() {
		CallbackTurn first = take("a", null, List.of("a", "b"));
		CompletableFuture<CallbackTurn> second = takeAndWait("b", null, List.of("a", "b"));
		first.signedIn();
		assertThat(second.join().isOvertaken()).isTrue();
		assertThat(second.join().isOvertaken()).isTrue();
	}

	@Test
	void takeWhenSessionIsTheSameThenWaitsAndIsServed() {
		CallbackTurn first = take("a", "session", List.of());
		CompletableFuture<CallbackTurn> second = takeAndWait("b", "session", List.of());
		first.signedIn();
		assertThat(second.join().isOvertaken()).isTrue();
	}

	@Test
	void takeWhenSentBeforeTheBrowserKnewOfTheOtherThenWaitsAndIsServed() {
		CallbackTurn first = take("a", null, List.of("a", "b"));
		CompletableFuture<CallbackTurn> second = takeAndWait("b", null, List.of("b"));
		first.signedIn();
		assertThat(second.join().isOvertaken()).isTrue();
	}

	@Test
	void takeWhenTheOtherFailsThenTakesOver() {
		CallbackTurn first = take("a", "session", List.of());
		CompletableFuture<CallbackTurn> second = takeAndWait("b", "session", List.of());
		first.close();
		assertThat(second.join().isOvertaken()).isFalse();
		assertThat(second.join().isOvertaken()).isFalse();
	}

	@Test
	void takeWhenManyOfOneBrowserThenOneAtATime() {
		AtomicInteger open = new AtomicInteger();
		List<CompletableFuture<Integer>> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			String login = "login-" + i;
			all.add(CompletableFuture.supplyAsync(() -> {
				CallbackTurn turn = take(login, "session", List.of(login));
				int atOnce = open.incrementAndGet();
				open.decrementAndGet();
				turn.close();
				return atOnce;
			}, (task) -> new Thread(task).start()));
		}
		assertThat(all).allSatisfy((turn) -> assertThat(turn.get(20, TimeUnit.SECONDS)).isEqualTo(1));
	}

	@Test
	void isOvertakenWhenSomeSecondsLaterThenFalse() {
		take("a", "session", List.of()).signedIn();
		CallbackTurn later = take("b", "session", List.of());
		assertThat(later.mayUseSession(System.nanoTime())).isTrue();
		this.clock.advance(Duration.ofMillis(4999));
		assertThat(later.isOvertaken()).isTrue();
		this.clock.advance(Duration.ofMillis(1));
		assertThat(later.isOvertaken()).isFalse();
	}

	@Test
	void isOvertakenWhenSessionHasAnotherIdByNowThenTrue() {
		take("a", "session", List.of()).signedIn();
		assertThat(this.turns.take(this.turns.newTurn("b", null), Set.of(), "session").isOvertaken()).isTrue();
	}

	@Test
	void takeWhenNothingProvesTheBrowserThenNotRememberedAndDoesNotWait() {
		CallbackTurn open = take("a", "session", List.of());
		this.turns.take(this.turns.newTurn("forged", null), Set.of(), null).signedIn();
		assertThat(this.turns.take(this.turns.newTurn("forged", null), Set.of(), null).isOvertaken()).isFalse();
		assertThat(open.isOvertaken()).isFalse();
	}

	@Test
	void takeWhenTooManyWaitThenDoesNot() {
		CallbackTurn first = take("a", "session", List.of());
		List<CompletableFuture<CallbackTurn>> waiting = new ArrayList<>();
		for (int i = 0; i < 16; i++) {
			waiting.add(takeAndWait("b" + i, "session", List.of()).thenApply((turn) -> {
				turn.close();
				return turn;
			}));
		}
		assertThat(take("c", "session", List.of()).mayUseSession(System.nanoTime())).isTrue();
		first.signedIn();
		assertThat(waiting).allSatisfy((turn) -> assertThat(turn.get(20, TimeUnit.SECONDS).isOvertaken()).isTrue());
	}

	@Test
	void mayUseSessionWhenAnotherSignedInAfterArrivalThenFalse() {
		long arrivedAt = System.nanoTime();
		take("a", "session", List.of()).signedIn();
		CallbackTurn turn = take("b", "session", List.of());
		assertThat(turn.mayUseSession(arrivedAt)).isFalse();
		assertThat(turn.mayUseSession(System.nanoTime())).isTrue();
	}

	@Test
	void isOvertakenWhenLoginBeganAfterwardsThenFalse() {
		take("a", "session", List.of()).signedIn();
		CallbackTurn later = this.turns.take(this.turns.newTurn("b", NOW), Set.of("session"), null);
		assertThat(later.isOvertaken()).isFalse();
		later.close();
		CallbackTurn earlier = this.turns.newTurn("c", NOW.minusMillis(1));
		assertThat(this.turns.take(earlier, Set.of("session"), null).isOvertaken()).isTrue();
	}

	@Test
	void isOvertakenWhenTheSameCallbackIsRepeatedThenFalse() {
		take("a", null, List.of("a")).signedIn();
		assertThat(take("a", null, List.of("a")).isOvertaken()).isFalse();
	}

	@Test
	void isOvertakenWhenTheSameCallbackIsSubmittedTwiceAtOnceThenTrue() {
		CallbackTurn first = take("a", null, List.of("a"));
		CompletableFuture<CallbackTurn> second = takeAndWait("a", null, List.of("a"));
		first.signedIn();
		assertThat(second.join().isOvertaken()).isTrue();
	}

	@Test
	void takeWhenInterruptedThenDoesNotWait() {
		take("a", "session", List.of());
		Thread.currentThread().interrupt();
		assertThat(take("b", "session", List.of()).isOvertaken()).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

	private CallbackTurn take(String login, @Nullable String sessionId, List<String> pendingLogins) {
		Set<String> browser = new LinkedHashSet<>(pendingLogins);
		if (sessionId != null) {
			browser.add(sessionId);
		}
		return this.turns.take(this.turns.newTurn(login, null), browser, null);
	}

	private CompletableFuture<CallbackTurn> takeAndWait(String login, @Nullable String sessionId,
			List<String> pendingLogins) {
		CompletableFuture<CallbackTurn> turn = new CompletableFuture<>();
		Thread thread = new Thread(() -> turn.complete(take(login, sessionId, pendingLogins)));
		thread.start();
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			assertThat(thread.isAlive()).isTrue();
			Thread.onSpinWait();
		}
		return turn;
	}

}
