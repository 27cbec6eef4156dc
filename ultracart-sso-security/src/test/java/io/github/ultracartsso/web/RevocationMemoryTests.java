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

package io.github.ultracartsso.web;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RevocationMemory}.
 */
class RevocationMemoryTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final Instant LATER = NOW.plusSeconds(60);

	private final RevocationMemory memory = new RevocationMemory();

	@Test // D7
	void claimWhenClaimedBeforeThenRefused() {
		assertThat(this.memory.claim("a", LATER, NOW)).isTrue();
		assertThat(this.memory.claim("b", LATER, NOW)).isTrue();
		assertThat(this.memory.claim("a", LATER, LATER.minusMillis(1))).isFalse();
	}

	@RepeatedTest(20) // D7
	@Timeout(30)
	void claimWhenManyAtOnceThenExactlyOneWins() throws Exception {
		int callers = 4;
		CyclicBarrier together = new CyclicBarrier(callers);
		ExecutorService executor = Executors.newFixedThreadPool(callers);
		try {
			Callable<Boolean> caller = () -> {
				together.await(20, TimeUnit.SECONDS);
				return this.memory.claim("a", LATER, NOW);
			};
			List<Future<Boolean>> claims = executor
				.invokeAll(IntStream.range(0, callers).mapToObj((i) -> caller).toList());
			assertThat(claims.stream().filter(RevocationMemoryTests::won)).hasSize(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void claimWhenKeysHaveExpiredThenForgotten() {
		this.memory.claim("a", LATER, NOW);
		this.memory.claim("b", LATER.plusSeconds(1), NOW);
		this.memory.claim("c", LATER.plusSeconds(1), LATER);
		assertThat(this.memory.size()).isEqualTo(2);
	}

	@Test
	void claimWhenThereIsNoRoomThenTheOldestIsForgotten() {
		for (int i = 0; i <= RevocationMemory.MAX_KEYS; i++) {
			this.memory.claim("key-" + i, LATER, NOW);
		}
		assertThat(this.memory.size()).isEqualTo(RevocationMemory.MAX_KEYS);
		assertThat(this.memory.claim("key-1", LATER, NOW)).isFalse();
		assertThat(this.memory.claim("key-0", LATER, NOW)).isTrue();
	}

	private static boolean won(Future<Boolean> claim) {
		try {
			return claim.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
