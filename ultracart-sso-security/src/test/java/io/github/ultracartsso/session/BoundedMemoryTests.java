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
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link BoundedMemory}.
 */
class BoundedMemoryTests {

	private static final int MAX_ENTRIES = 100;

	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final BoundedMemory<String> memory = memory(MAX_ENTRIES);

	@Test
	void getWhenPutThenOnlyThatOne() {
		assertThat(this.memory.get("a")).isNull();
		this.memory.putIfAbsent("a", "first");
		assertThat(this.memory.get("a")).isEqualTo("first");
		assertThat(this.memory.get("b")).isNull();
	}

	@Test
	void getWhenTimeToLiveIsOverThenNull() {
		this.memory.putIfAbsent("a", "first");
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		assertThat(this.memory.get("a")).isEqualTo("first");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.memory.get("a")).isNull();
	}

	@Test // D7
	void putIfAbsentWhenPresentThenFalseAndUnchanged() {
		assertThat(this.memory.putIfAbsent("a", "first")).isTrue();
		assertThat(this.memory.putIfAbsent("b", "other")).isTrue();
		assertThat(this.memory.putIfAbsent("a", "second")).isFalse();
		assertThat(this.memory.get("a")).isEqualTo("first");
	}

	@Test
	void putIfAbsentWhenPresentThenLifeIsNotExtended() {
		this.memory.putIfAbsent("a", "first");
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		this.memory.putIfAbsent("a", "second");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.memory.putIfAbsent("a", "third")).isTrue();
		assertThat(this.memory.get("a")).isEqualTo("third");
	}

	@Test // D7
	@Timeout(30)
	void putIfAbsentWhenManyAtOnceThenExactlyOneWins() throws Exception {
		int callers = 2;
		int ids = 2000;
		CyclicBarrier together = new CyclicBarrier(callers);
		Callable<Integer> caller = () -> {
			int won = 0;
			for (int i = 0; i < ids; i++) {
				together.await(10, TimeUnit.SECONDS);
				if (this.memory.putIfAbsent("id-" + i, "value")) {
					won++;
				}
			}
			return won;
		};
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			int won = 0;
			for (Future<Integer> wins : executor.invokeAll(Collections.nCopies(callers, caller))) {
				won += wins.get();
			}
			assertThat(won).isEqualTo(ids);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void computeIfAbsentWhenPresentThenNotComputed() {
		assertThat(this.memory.computeIfAbsent("a", () -> "first")).isEqualTo("first");
		assertThat(this.memory.computeIfAbsent("a", () -> {
			throw new AssertionError("computed again");
		})).isEqualTo("first");
		this.clock.advance(TIME_TO_LIVE);
		assertThat(this.memory.computeIfAbsent("a", () -> "second")).isEqualTo("second");
	}

	@Test
	void computeThenReplacesTheCurrentValueAndItLivesForTheFullTime() {
		assertThat(this.memory.compute("a", (current) -> current + "+1")).isEqualTo("null+1");
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		assertThat(this.memory.compute("a", (current) -> current + "+2")).isEqualTo("null+1+2");
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		assertThat(this.memory.get("a")).isEqualTo("null+1+2");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.memory.compute("a", (current) -> current + "+3")).isEqualTo("null+3");
	}

	@Test
	void computeWhenSameValueThenLifeIsNotExtended() {
		this.memory.putIfAbsent("a", "first");
		this.clock.advance(TIME_TO_LIVE.minusMillis(1));
		assertThat(this.memory.compute("a", (current) -> current)).isEqualTo("first");
		this.clock.advance(Duration.ofMillis(1));
		assertThat(this.memory.get("a")).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void computeWhenNullThenThrowsIllegalStateException() {
		assertThatIllegalStateException().isThrownBy(() -> this.memory.compute("a", (current) -> null))
			.withMessage("A memory holds no null");
	}

	@Test
	void putWhenFullThenTheOldestIsEvicted() {
		for (int i = 0; i <= MAX_ENTRIES; i++) {
			this.memory.putIfAbsent("id-" + i, "value");
		}
		assertThat(this.memory.size()).isEqualTo(MAX_ENTRIES);
		assertThat(this.memory.get("id-0")).isNull();
		assertThat(this.memory.get("id-1")).isNotNull();
	}

	@Test
	void putWhenReplacedMeanwhileThenNotTheOldestAnyMore() {
		for (int i = 0; i < MAX_ENTRIES; i++) {
			this.memory.putIfAbsent("id-" + i, "value");
		}
		this.memory.compute("id-0", (current) -> "new");
		this.memory.putIfAbsent("another", "value");
		assertThat(this.memory.get("id-0")).isEqualTo("new");
		assertThat(this.memory.get("id-1")).isNull();
	}

	@Test // G6
	void putWhenManyHaveExpiredThenNoneSweepsThemAll() {
		for (int i = 0; i < MAX_ENTRIES; i++) {
			this.memory.putIfAbsent("id-" + i, "value");
		}
		this.clock.advance(TIME_TO_LIVE);
		this.memory.putIfAbsent("first", "value");
		assertThat(this.memory.size()).isEqualTo(MAX_ENTRIES - 1);
		for (int i = 0; i < MAX_ENTRIES; i++) {
			this.memory.putIfAbsent("later-" + i, "value");
		}
		assertThat(this.memory.get("id-1")).isNull();
		assertThat(this.memory.get("first")).isNull();
		assertThat(this.memory.size()).isEqualTo(MAX_ENTRIES);
	}

	@Test
	void putWhenOthersHaveExpiredThenTheyAreForgottenBeforeThereAreTooMany() {
		this.memory.putIfAbsent("a", "value");
		this.clock.advance(Duration.ofSeconds(1));
		this.memory.putIfAbsent("b", "value");
		this.clock.advance(TIME_TO_LIVE.minusSeconds(1));
		this.memory.putIfAbsent("c", "value");
		assertThat(this.memory.size()).isEqualTo(2);
	}

	private BoundedMemory<String> memory(int maxEntries) {
		BoundedMemory<String> created = new BoundedMemory<>(maxEntries, TIME_TO_LIVE);
		created.setClock(this.clock);
		return created;
	}

}
