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

package io.github.ultracartsso.client.traffic;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.ultracartsso.client.UltraCartRateLimitException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link CallQueue}.
 */
class CallQueueTests {

	private static final GatedCall START = TestGatedCall.of(CallKind.AUTHORIZE);

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final CallQueue queue = new CallQueue(1, Duration.ofSeconds(60));

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	@ParameterizedTest // G5
	@CsvSource({ "1, 50", "2000, 22", "10000, 16" })
	void enterWhenManyStartsWaitThenAsManyAsCanBeServedInTime(long millis, int places) {
		for (int i = 0; i < 200; i++) {
			this.queue.enter(START);
			this.queue.served(Duration.ofMillis(millis).toNanos());
			this.queue.leave(START);
		}
		this.queue.enter(START);
		for (int i = 0; i < places; i++) {
			this.threads.execute(() -> this.queue.enter(START));
		}
		while (this.queue.waiting() < places) {
			Thread.onSpinWait();
		}
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> this.queue.enter(START))
			.withMessageContaining(places + " calls are in the queue before it");
	}

}
