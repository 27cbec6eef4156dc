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

package io.github.ultracartsso.test;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Supplier;

import io.github.ultracartsso.test.SimulatorResponse.Breakage;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.util.Assert;

/**
 * Something that goes wrong with a call to the {@link UltraCartSimulator}. A fault takes
 * the place of the call's normal answer, in which case nothing changes in the simulator
 * (a code stays unused, a session alive); {@link #delay(Duration)} and
 * {@link #omitting(String...)} instead alter the normal answer of a call that takes
 * effect.
 * <p>
 * Immutable and usable any number of times.
 *
 * @since 0.1
 * @see UltraCartSimulator#answerNext(SimulatedOperation, SimulatedFault)
 * @see UltraCartSimulator#answerAlways(SimulatedOperation, SimulatedFault)
 */
public final class SimulatedFault {

	private static final String RATE_EXCEEDED = "rate of 10000 per 86400 second(s) exceeded.";

	private static final String APPLICATION_DISABLED = "Your authorized application has been disabled by UltraCart";

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final String description;

	private final Answer answer;

	private SimulatedFault(String description, Answer answer) {
		this.description = description;
		this.answer = answer;
	}

	/**
	 * An error with the message UltraCart gives for the status.
	 * @param status the status, 400 to 599
	 * @return the fault
	 * @throws IllegalArgumentException if the status is not that of an error
	 */
	public static SimulatedFault status(int status) {
		if (status == 500) {
			return error(status, "Internal server error", "An unexpected error occurred.");
		}
		return status(status, switch (status) {
			case 401 -> RestApi.INVALID_CREDENTIALS;
			case 410 -> APPLICATION_DISABLED;
			case 429 -> RATE_EXCEEDED;
			default -> "The request failed with status " + status + ".";
		});
	}

	/**
	 * An error with a message, in UltraCart's envelope and headers.
	 * @param status the status, 400 to 599
	 * @param message the message for developers and users
	 * @return the fault
	 * @throws IllegalArgumentException if the status is not that of an error
	 */
	public static SimulatedFault status(int status, String message) {
		Assert.notNull(message, "message must not be null");
		return error(status, message, message);
	}

	private static SimulatedFault error(int status, String developerMessage, String userMessage) {
		Assert.isTrue(status >= 400 && status <= 599, () -> "status must be 400 to 599 but was " + status
				+ "; use body(status, contentType, body) for an answer that is no error");
		SimulatorResponse response = SimulatorResponse.error(status, developerMessage, userMessage);
		return new SimulatedFault("status " + status, (normal) -> response);
	}

	/**
	 * A 429 as for an exceeded call rate, with the header {@code Retry-After}. UltraCart
	 * also answers 429 to concurrent calls.
	 * @param retryAfter how long the caller has to wait, sent in whole seconds, rounded
	 * up
	 * @return the fault
	 * @throws IllegalArgumentException if the duration is negative
	 * @see <a href="https://www.ultracart.com/api/rate_limiting.html">UltraCart's rate
	 * limits</a>
	 */
	public static SimulatedFault rateLimited(Duration retryAfter) {
		Assert.notNull(retryAfter, "retryAfter must not be null");
		Assert.isTrue(!retryAfter.isNegative(), "retryAfter must not be negative");
		long seconds = retryAfter.plusNanos(999_999_999).toSeconds();
		SimulatorResponse response = SimulatorResponse.error(429, RATE_EXCEEDED)
			.header("UC-REST-ERROR-MERCHANT-ID", "DEMO")
			.header("Retry-After", Long.toString(seconds));
		return new SimulatedFault("rate limited for " + seconds + " s", (normal) -> response);
	}

	/**
	 * A 410 as for an application that UltraCart has disabled.
	 * @return the fault
	 */
	public static SimulatedFault applicationDisabled() {
		return status(410, APPLICATION_DISABLED);
	}

	/**
	 * The normal answer, held back for a while. The call takes effect at once, also where
	 * the caller does not wait for the answer.
	 * @param delay how long the answer is held back, at least a millisecond
	 * @return the fault
	 * @throws IllegalArgumentException if the delay is shorter than a millisecond or
	 * longer than a day
	 */
	public static SimulatedFault delay(Duration delay) {
		Assert.notNull(delay, "delay must not be null");
		Assert.isTrue(delay.toMillis() > 0 && delay.compareTo(Duration.ofDays(1)) <= 0,
				() -> "delay must be between a millisecond and a day but was " + delay);
		return new SimulatedFault("delay of " + delay, (normal) -> normal.get().delay(delay));
	}

	/**
	 * The normal answer without some of its members. All of them are optional by
	 * UltraCart's specification. An answer that is no JSON object stays as it is.
	 * @param members the names of top-level members, such as {@code expiration_dts}
	 * @return the fault
	 * @throws IllegalArgumentException if there are no names
	 */
	public static SimulatedFault omitting(String... members) {
		Assert.notEmpty(members, "members must not be empty");
		String[] names = members.clone();
		return new SimulatedFault("without " + Arrays.toString(names), (normal) -> {
			SimulatorResponse response = normal.get();
			if (response.status() == 200 && JSON.readTree(response.body()) instanceof ObjectNode document) {
				return response.body(document.remove(Arrays.asList(names)).toString());
			}
			return response;
		});
	}

	/**
	 * A connection that is reset instead of an answer.
	 * @return the fault
	 */
	public static SimulatedFault connectionReset() {
		return new SimulatedFault("connection reset", (normal) -> SimulatorResponse.broken(Breakage.RESET));
	}

	/**
	 * A connection that is closed without a single byte of an answer.
	 * @return the fault
	 */
	public static SimulatedFault emptyResponse() {
		return new SimulatedFault("empty response", (normal) -> SimulatorResponse.broken(Breakage.EMPTY));
	}

	/**
	 * Random bytes that are no HTTP, then a closed connection.
	 * @return the fault
	 */
	public static SimulatedFault garbage() {
		return new SimulatedFault("garbage", (normal) -> SimulatorResponse.broken(Breakage.GARBAGE));
	}

	/**
	 * An answer of any form, such as the HTML page of a proxy or JSON cut short.
	 * @param status the status, 200 to 599
	 * @param contentType the value of the header {@code Content-Type}
	 * @param body the body, may be empty
	 * @return the fault
	 * @throws IllegalArgumentException if the status is out of range or the content type
	 * has no text
	 */
	public static SimulatedFault body(int status, String contentType, String body) {
		Assert.isTrue(status >= 200 && status <= 599, () -> "status must be 200 to 599 but was " + status);
		Assert.hasText(contentType, "contentType must not be empty");
		Assert.notNull(body, "body must not be null");
		SimulatorResponse response = SimulatorResponse.status(status).header("Content-Type", contentType).body(body);
		return new SimulatedFault("status " + status + " with " + contentType, (normal) -> response);
	}

	SimulatorResponse apply(Supplier<SimulatorResponse> normal) {
		return this.answer.given(normal);
	}

	/**
	 * Returns what goes wrong, in a few words.
	 */
	@Override
	public String toString() {
		return "SimulatedFault[" + this.description + "]";
	}

	/**
	 * Makes the answer from the normal one, which takes effect only when asked for.
	 */
	@FunctionalInterface
	private interface Answer {

		SimulatorResponse given(Supplier<SimulatorResponse> normal);

	}

}
