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

import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.client.SimpleKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link KeyMemory}.
 */
class KeyMemoryTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final Instant LATER = NOW.plusSeconds(60);

	private final KeyMemory memory = new KeyMemory();

	@Test // D7
	void addWhenClaimedBeforeThenRefused() {
		assertThat(this.memory.add("a", LATER, NOW)).isTrue();
		assertThat(this.memory.add("b", LATER, NOW)).isTrue();
		assertThat(this.memory.add("a", LATER, LATER.minusMillis(1))).isFalse();
	}

	@Test // D7
	@Timeout(30)
	void addWhenManyAtOnceThenExactlyOneWins() throws Exception {
		int callers = 2;
		int keys = 2000;
		CyclicBarrier together = new CyclicBarrier(callers);
		Callable<Integer> caller = () -> {
			int won = 0;
			for (int i = 0; i < keys; i++) {
				together.await(10, TimeUnit.SECONDS);
				if (this.memory.add("key-" + i, LATER.plusSeconds(i), LATER.plusSeconds(i - 1))) {
					won++;
				}
			}
			return won;
		};
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			int won = 0;
			for (Future<Integer> claims : executor.invokeAll(Collections.nCopies(callers, caller))) {
				won += claims.get();
			}
			assertThat(won).isEqualTo(keys);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void addWhenKeysHaveExpiredThenForgotten() {
		this.memory.add("a", LATER, NOW);
		this.memory.add("b", LATER.plusSeconds(1), NOW);
		this.memory.add("c", LATER.plusSeconds(1), LATER);
		assertThat(this.memory.size()).isEqualTo(2);
	}

	@Test
	void containsWhenAddedThenOnlyThatOne() {
		assertThat(this.memory.contains("a")).isFalse();
		this.memory.add("a", LATER, NOW);
		assertThat(this.memory.contains("a")).isTrue();
		assertThat(this.memory.contains("b")).isFalse();
	}

	@Test
	void isEmptyWhenAllKeysHaveExpiredThenTrue() {
		assertThat(this.memory.isEmpty(NOW)).isTrue();
		this.memory.add("a", LATER, NOW);
		this.memory.add("b", LATER.plusSeconds(1), NOW);
		assertThat(this.memory.isEmpty(LATER)).isFalse();
		assertThat(this.memory.contains("a")).isFalse();
		assertThat(this.memory.contains("b")).isTrue();
		assertThat(this.memory.isEmpty(LATER.plusSeconds(1))).isTrue();
		assertThat(this.memory.contains("b")).isFalse();
	}

	@Test // F1
	void fingerprintThenSameForSameKeyAndDoesNotTellIt() {
		String fingerprint = KeyMemory.fingerprint(SimpleKey.of("user-key"));
		assertThat(fingerprint).isEqualTo(KeyMemory.fingerprint(SimpleKey.of("user-key")))
			.isNotEqualTo(KeyMemory.fingerprint(SimpleKey.of("other-key")))
			.matches("[0-9a-f]{64}");
	}

	@Test
	void addWhenThereIsNoRoomThenTheOldestIsForgotten() {
		for (int i = 0; i <= KeyMemory.MAX_KEYS; i++) {
			this.memory.add("key-" + i, LATER, NOW);
		}
		assertThat(this.memory.size()).isEqualTo(KeyMemory.MAX_KEYS);
		assertThat(this.memory.add("key-1", LATER, NOW)).isFalse();
		assertThat(this.memory.add("key-0", LATER, NOW)).isTrue();
	}

}
