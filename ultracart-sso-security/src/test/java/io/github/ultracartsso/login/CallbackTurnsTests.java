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
import java.util.List;
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
		this.turns.take("a", "session-1", List.of("a", "b"));
		CallbackTurn other = this.turns.take("c", "session-2", List.of("c", "d"));
		assertThat(other.isOvertaken()).isFalse();
		assertThat(other.isServed(login(NOW.minusMillis(1)))).isFalse();
	}

	@Test
	void takeWhenLoginOfTheSameBrowserHasTheTurnThenWaitsAndIsServed() {
		CallbackTurn first = this.turns.take("a", null, List.of("a", "b"));
		CompletableFuture<CallbackTurn> second = takeAndWait("b", null, List.of("a", "b"));
		first.signedIn();
		assertThat(second.join().isOvertaken()).isTrue();
		assertThat(second.join().isServed(login(NOW.minusMillis(1)))).isTrue();
	}

	@Test
	void takeWhenSessionIsTheSameThenWaitsAndIsServed() {
		CallbackTurn first = this.turns.take("a", "session", List.of());
		CompletableFuture<CallbackTurn> second = takeAndWait("b", "session", List.of());
		first.signedIn();
		assertThat(second.join().isServed(login(NOW.minusMillis(1)))).isTrue();
	}

	@Test
	void takeWhenSentBeforeTheBrowserKnewOfTheOtherThenWaitsAndIsServed() {
		CallbackTurn first = this.turns.take("a", null, List.of("a", "b"));
		CompletableFuture<CallbackTurn> second = takeAndWait("b", null, List.of("b"));
		first.signedIn();
		assertThat(second.join().isServed(login(NOW.minusMillis(1)))).isTrue();
	}

	@Test
	void takeWhenTheOtherFailsThenTakesOver() {
		CallbackTurn first = this.turns.take("a", "session", List.of());
		CompletableFuture<CallbackTurn> second = takeAndWait("b", "session", List.of());
		first.close();
		assertThat(second.join().isOvertaken()).isFalse();
		assertThat(second.join().isServed(login(NOW.minusMillis(1)))).isFalse();
	}

	@Test
	void takeWhenManyOfOneBrowserThenOneAtATime() {
		AtomicInteger open = new AtomicInteger();
		List<CompletableFuture<Integer>> all = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			String login = "login-" + i;
			all.add(CompletableFuture.supplyAsync(() -> {
				CallbackTurn turn = this.turns.take(login, "session", List.of(login));
				int atOnce = open.incrementAndGet();
				open.decrementAndGet();
				turn.close();
				return atOnce;
			}, (task) -> new Thread(task).start()));
		}
		assertThat(all).allSatisfy((turn) -> assertThat(turn.get(20, TimeUnit.SECONDS)).isEqualTo(1));
	}

	@Test
	void isServedWhenLoginBeganAfterwardsThenFalse() {
		this.turns.take("a", "session", List.of()).signedIn();
		CallbackTurn later = this.turns.take("b", "session", List.of());
		assertThat(later.isServed(login(NOW.minusMillis(1)))).isTrue();
		assertThat(later.isServed(login(NOW))).isFalse();
		assertThat(later.isOvertaken()).isTrue();
		this.clock.advance(Duration.ofSeconds(5));
		assertThat(later.isOvertaken()).isFalse();
	}

	@Test
	void isServedWhenTheSameCallbackIsRepeatedThenFalse() {
		this.turns.take("a", null, List.of("a")).signedIn();
		assertThat(this.turns.take("a", null, List.of("a")).isServed(login(NOW.minusMillis(1)))).isFalse();
	}

	@Test
	void isServedWhenTheSameCallbackIsSubmittedTwiceAtOnceThenTrue() {
		CallbackTurn first = this.turns.take("a", null, List.of("a"));
		CompletableFuture<CallbackTurn> second = takeAndWait("a", null, List.of("a"));
		first.signedIn();
		assertThat(second.join().isServed(login(NOW.minusMillis(1)))).isTrue();
	}

	@Test
	void isServedWhenTooLongAgoThenFalse() {
		this.turns.take("a", "session", List.of()).signedIn();
		this.clock.advance(Duration.ofMinutes(10));
		assertThat(this.turns.take("b", "session", List.of()).isServed(login(NOW.minusMillis(1)))).isFalse();
	}

	@Test
	void takeWhenInterruptedThenDoesNotWait() {
		this.turns.take("a", "session", List.of());
		Thread.currentThread().interrupt();
		assertThat(this.turns.take("b", "session", List.of()).isOvertaken()).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

	private CompletableFuture<CallbackTurn> takeAndWait(String login, @Nullable String sessionId,
			List<String> pendingLogins) {
		CompletableFuture<CallbackTurn> turn = new CompletableFuture<>();
		Thread thread = new Thread(() -> turn.complete(this.turns.take(login, sessionId, pendingLogins)));
		thread.start();
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
		return turn;
	}

	private static PendingLogin login(Instant startedAt) {
		return new PendingLogin("ultracart", "state", startedAt, startedAt.plusSeconds(600),
				new ReturnTarget("/items", Instant.EPOCH));
	}

}
