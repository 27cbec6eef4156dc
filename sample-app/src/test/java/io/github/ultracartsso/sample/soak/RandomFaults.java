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

package io.github.ultracartsso.sample.soak;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.jspecify.annotations.Nullable;

/**
 * Makes one call in ten fail and one in twenty hang. No fault is a false statement that
 * an application cannot detect: an issued key that cannot be read, a live key that is
 * reported dead, or another user's name. No fault closes UltraCart for all users (401 to
 * the application, 410) either, since the soak would idle.
 */
final class RandomFaults implements Function<SimulatedOperation, @Nullable SimulatedFault> {

	private static final double ERRORS = 0.10;

	private static final double HANGS = 0.05;

	/**
	 * Failures that cannot be mistaken for success and change nothing at UltraCart.
	 */
	private static final List<Supplier<SimulatedFault>> FAILURES = List.of(() -> SimulatedFault.status(500),
			() -> SimulatedFault.status(503), () -> SimulatedFault.status(504), () -> SimulatedFault.htmlPage(502),
			() -> SimulatedFault.redirect("https://elsewhere.example/"), SimulatedFault::connectionReset,
			SimulatedFault::emptyResponse, SimulatedFault::garbage,
			() -> SimulatedFault.rateLimited(Duration.ofSeconds(1)),
			() -> SimulatedFault.rateLimitedUntil(Instant.now().plusSeconds(1)), () -> SimulatedFault.status(403),
			() -> SimulatedFault.status(404), () -> SimulatedFault.status(400));

	/**
	 * A 200 that is not a valid response, in place of the normal one.
	 */
	private static final List<Supplier<SimulatedFault>> FALSE_SUCCESSES = List.of(SimulatedFault::emptyBody,
			SimulatedFault::malformedChunk, () -> SimulatedFault.htmlPage(200),
			() -> SimulatedFault.hugeBody(100_000_000), () -> SimulatedFault.successWithError("Not now."),
			() -> SimulatedFault.body(200, "application/json", "{\"simple_key\": [\"log"));

	/**
	 * Normal responses that are made unreadable.
	 */
	private static final List<Supplier<SimulatedFault>> DEFECTS = List.of(SimulatedFault::truncated,
			SimulatedFault::nulls, SimulatedFault::wrongTypes, SimulatedFault::unreadableDates,
			() -> SimulatedFault.deeplyNested(100_000), () -> SimulatedFault.contentType("text/plain"),
			SimulatedFault::connectionResetMidway, () -> SimulatedFault.drip(Duration.ofMillis(20)));

	/**
	 * Normal responses with other texts in them.
	 */
	private static final List<Supplier<SimulatedFault>> FALSEHOODS = List.of(SimulatedFault::duplicates,
			SimulatedFault::invalidUtf8, () -> SimulatedFault.hugeTexts(1_000_000));

	private static final Map<SimulatedOperation, List<Supplier<SimulatedFault>>> ERRORS_OF = Map.of(
			SimulatedOperation.AUTHORIZE, join(List.of(FAILURES, FALSE_SUCCESSES, DEFECTS, FALSEHOODS)),
			SimulatedOperation.TOKEN,
			join(List.of(FAILURES, FALSE_SUCCESSES, List.of(SimulatedFault::unreadableDates))),
			SimulatedOperation.SESSION_USER, join(List.of(FAILURES, FALSE_SUCCESSES, DEFECTS)),
			SimulatedOperation.SESSION_REVOKE, join(List.of(FAILURES, takingEffect(FALSE_SUCCESSES))));

	private final Map<String, Integer> met = new TreeMap<>();

	private final Random random;

	private int hangs;

	RandomFaults(long seed) {
		this.random = new Random(seed);
	}

	private static List<Supplier<SimulatedFault>> join(List<List<Supplier<SimulatedFault>>> faults) {
		return faults.stream().flatMap(List::stream).toList();
	}

	private static List<Supplier<SimulatedFault>> takingEffect(List<Supplier<SimulatedFault>> faults) {
		return faults.stream().<Supplier<SimulatedFault>>map((fault) -> () -> fault.get().takingEffect()).toList();
	}

	@Override
	public synchronized @Nullable SimulatedFault apply(SimulatedOperation operation) {
		double chance = this.random.nextDouble();
		if (chance < HANGS) {
			this.hangs++;
			return SimulatedFault.silence();
		}
		if (chance < HANGS + ERRORS) {
			List<Supplier<SimulatedFault>> errors = ERRORS_OF.getOrDefault(operation, FAILURES);
			this.met.merge(operation.name(), 1, Integer::sum);
			return errors.get(this.random.nextInt(errors.size())).get();
		}
		return null;
	}

	synchronized int hangs() {
		return this.hangs;
	}

	/**
	 * The number of calls of each kind that have failed otherwise.
	 */
	synchronized Map<String, Integer> errors() {
		return new TreeMap<>(this.met);
	}

}
