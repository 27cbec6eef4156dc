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

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ultracartsso.test.SimulatorResponse.Breakage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.util.Assert;

/**
 * Something that goes wrong with a call to the {@link UltraCartSimulator}. There are two
 * kinds:
 * <ul>
 * <li>Most faults <b>take the place of the normal answer</b>, and nothing changes in the
 * simulator: a code stays unused, a session alive. With {@link #takingEffect()} the call
 * does its work nevertheless, and only its answer is lost.
 * <li>Those named for what becomes of the answer <b>alter the normal answer</b> of a call
 * that takes effect: {@link #delay delay}, {@link #drip drip},
 * {@link #connectionResetMidway connectionResetMidway}, {@link #truncated truncated},
 * {@link #contentType contentType}, {@link #omitting omitting}, {@link #nulls nulls},
 * {@link #wrongTypes wrongTypes}, {@link #duplicates duplicates}, {@link #unreadableDates
 * unreadableDates}, {@link #hugeTexts hugeTexts}, {@link #deeplyNested deeplyNested} and
 * {@link #invalidUtf8 invalidUtf8}. An answer that has no JSON object, such as that of a
 * revocation, or is an error they leave as it is where they are about JSON.
 * </ul>
 * <p>
 * Failures below HTTP, such as those of TLS and DNS, cannot be simulated here: for them
 * have the application call an address where there is no simulator.
 * <p>
 * Immutable and usable any number of times.
 *
 * @since 0.1
 * @see UltraCartSimulator#answerNext(SimulatedOperation, SimulatedFault)
 * @see UltraCartSimulator#answerAlways(SimulatedOperation, SimulatedFault)
 * @see UltraCartSimulator#answerSometimes(java.util.function.Function)
 */
public final class SimulatedFault {

	private static final String RATE_EXCEEDED = "rate of 10000 per 86400 second(s) exceeded.";

	private static final String APPLICATION_DISABLED = "Your authorized application has been disabled by UltraCart";

	private static final JsonNode LIST_OF_NULL = JsonNodeFactory.instance.arrayNode().addNull();

	private static final Duration LONGEST = Duration.ofDays(1);

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
		SimulatorResponse response = SimulatorResponse.tooMany(RATE_EXCEEDED).retryAfter(retryAfter);
		return new SimulatedFault("rate limited for " + retryAfter, (normal) -> response);
	}

	/**
	 * A 429 as for an exceeded call rate, whose header {@code Retry-After} has the form
	 * of a date.
	 * @param retryAt when the caller may call again, sent in whole seconds
	 * @return the fault
	 */
	public static SimulatedFault rateLimitedUntil(Instant retryAt) {
		Assert.notNull(retryAt, "retryAt must not be null");
		SimulatorResponse response = SimulatorResponse.tooMany(RATE_EXCEEDED)
			.header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(retryAt.atOffset(ZoneOffset.UTC)));
		return new SimulatedFault("rate limited until " + retryAt, (normal) -> response);
	}

	/**
	 * A 429 as for an exceeded call rate, without the header {@code Retry-After}.
	 * @return the fault
	 */
	public static SimulatedFault rateLimited() {
		SimulatorResponse response = SimulatorResponse.tooMany(RATE_EXCEEDED);
		return new SimulatedFault("rate limited", (normal) -> response);
	}

	/**
	 * A 410 as for an application that UltraCart has disabled.
	 * @return the fault
	 */
	public static SimulatedFault applicationDisabled() {
		return status(410, APPLICATION_DISABLED);
	}

	/**
	 * A redirect that no call should follow: it would take a key to another place.
	 * @param location the value of the header {@code Location}
	 * @return the fault
	 */
	public static SimulatedFault redirect(String location) {
		Assert.hasText(location, "location must not be empty");
		SimulatorResponse response = SimulatorResponse.status(302).header("Location", location);
		return new SimulatedFault("redirect", (normal) -> response);
	}

	/**
	 * A page for people in the place of JSON, as proxies and firewalls answer.
	 * @param status the status, 200 to 599, such as 502
	 * @return the fault
	 * @throws IllegalArgumentException if the status is out of range
	 */
	public static SimulatedFault htmlPage(int status) {
		return body(status, "text/html", "<html><body><h1>Bad Gateway</h1></body></html>");
	}

	/**
	 * A 200 without a body.
	 * @return the fault
	 */
	public static SimulatedFault emptyBody() {
		return body(200, SimulatorResponse.JSON, "");
	}

	/**
	 * A 200 that has an {@code error} in the place of what was asked for.
	 * @param message the message for developers and users
	 * @return the fault
	 */
	public static SimulatedFault successWithError(String message) {
		Assert.notNull(message, "message must not be null");
		return body(200, SimulatorResponse.JSON, SimulatorResponse.error(500, message).body());
	}

	/**
	 * A 200 with JSON that is far too long. It is made while it is sent and needs no
	 * memory.
	 * @param bytes how long it is, such as 100 MB; {@code Long.MAX_VALUE} for an answer
	 * that goes on until the caller gives up
	 * @return the fault
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static SimulatedFault hugeBody(long bytes) {
		Assert.isTrue(bytes >= 0, () -> "bytes must not be negative but was " + bytes);
		SimulatorResponse response = SimulatorResponse.status(200)
			.header("Content-Type", SimulatorResponse.JSON)
			.body("{\"filling\":\"")
			.transmission(Transmission.filledUpTo(bytes));
		return new SimulatedFault("body of " + bytes + " bytes", (normal) -> response);
	}

	/**
	 * Silence: the call is accepted and not answered for as long as the caller waits and
	 * the simulator runs, a day at most.
	 * @return the fault
	 */
	public static SimulatedFault silence() {
		return silence(LONGEST);
	}

	/**
	 * Silence that ends with a connection closed without a single byte of an answer.
	 * @param duration how long the call is left unanswered, at least a millisecond
	 * @return the fault
	 * @throws IllegalArgumentException if the duration is shorter than a millisecond or
	 * longer than a day
	 */
	public static SimulatedFault silence(Duration duration) {
		requireDelay(duration, "duration");
		SimulatorResponse response = SimulatorResponse.broken(Breakage.EMPTY).delay(duration);
		return new SimulatedFault("silence of " + duration, (normal) -> response);
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
		requireDelay(delay, "delay");
		return new SimulatedFault("delay of " + delay, (normal) -> normal.get().delay(delay));
	}

	/**
	 * The normal answer, its body sent byte by byte, so that each read of the caller is
	 * in time and all of them together take long.
	 * @param pause the time between two bytes, at least a millisecond
	 * @return the fault
	 * @throws IllegalArgumentException if the pause is shorter than a millisecond or
	 * longer than a day
	 */
	public static SimulatedFault drip(Duration pause) {
		requireDelay(pause, "pause");
		return new SimulatedFault("a byte each " + pause,
				(normal) -> normal.get().transmission(Transmission.dripping(pause)));
	}

	private static void requireDelay(Duration delay, String name) {
		Assert.notNull(delay, () -> name + " must not be null");
		Assert.isTrue(delay.toMillis() > 0 && delay.compareTo(LONGEST) <= 0,
				() -> name + " must be between a millisecond and a day but was " + delay);
	}

	/**
	 * The normal answer, of which the second half is missing although it came to its end.
	 * @return the fault
	 */
	public static SimulatedFault truncated() {
		return new SimulatedFault("truncated body", (normal) -> {
			SimulatorResponse response = normal.get();
			return response.body(response.body().substring(0, response.body().length() / 2));
		});
	}

	/**
	 * The normal answer under another content type.
	 * @param contentType the value of the header {@code Content-Type}
	 * @return the fault
	 */
	public static SimulatedFault contentType(String contentType) {
		Assert.hasText(contentType, "contentType must not be empty");
		return new SimulatedFault("content type " + contentType,
				(normal) -> normal.get().header("Content-Type", contentType));
	}

	/**
	 * The normal answer without some of its members. All of them are optional by
	 * UltraCart's specification.
	 * @param members the names of top-level members, such as {@code expiration_dts}
	 * @return the fault
	 * @throws IllegalArgumentException if there are no names
	 */
	public static SimulatedFault omitting(String... members) {
		Assert.notEmpty(members, "members must not be empty");
		List<String> names = List.of(members);
		return altering("without " + names, (document) -> document.remove(names).toString());
	}

	/**
	 * The normal answer with {@code null} in the place of each top-level member, and of
	 * what the lists among them contain.
	 * @return the fault
	 */
	public static SimulatedFault nulls() {
		return altering("nulls", replacing((name, value) -> value.isArray() ? LIST_OF_NULL : NullNode.getInstance()));
	}

	/**
	 * The normal answer with top-level members of other types: objects in the place of
	 * texts, numbers and booleans, texts in the place of lists and objects.
	 * @return the fault
	 */
	public static SimulatedFault wrongTypes() {
		return altering("wrong types", replacing((name, value) -> value.isContainer() ? StringNode.valueOf("a text")
				: JsonNodeFactory.instance.objectNode()));
	}

	/**
	 * The normal answer with each top-level member twice, first as it should be and then
	 * with another value: {@code "another"} for a text, {@code null} for anything else.
	 * @return the fault
	 */
	public static SimulatedFault duplicates() {
		return altering("duplicate members", (document) -> {
			String other = replacing(
					(name, value) -> value.isString() ? StringNode.valueOf("another") : NullNode.getInstance())
				.apply(document.deepCopy());
			return document.toString().replaceFirst("}$", ",") + other.substring(1);
		});
	}

	/**
	 * The normal answer with dates that are none.
	 * @return the fault
	 */
	public static SimulatedFault unreadableDates() {
		return altering("unreadable dates",
				replacing((name, value) -> name.endsWith("_dts") ? StringNode.valueOf("half past ten") : value));
	}

	/**
	 * The normal answer with very long texts as top-level members.
	 * @param characters the length of each text
	 * @return the fault
	 * @throws IllegalArgumentException if the length is negative
	 */
	public static SimulatedFault hugeTexts(int characters) {
		Assert.isTrue(characters >= 0, () -> "characters must not be negative but was " + characters);
		return altering("texts of " + characters + " characters",
				replacing((name, value) -> value.isString() ? StringNode.valueOf("x".repeat(characters)) : value));
	}

	/**
	 * The normal answer with a first member of lists in lists.
	 * @param depth the number of lists
	 * @return the fault
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static SimulatedFault deeplyNested(int depth) {
		Assert.isTrue(depth >= 0, () -> "depth must not be negative but was " + depth);
		return altering("lists in lists, " + depth + " deep", (document) -> "{\"nested\":" + "[".repeat(depth)
				+ "]".repeat(depth) + "," + document.toString().substring(1));
	}

	/**
	 * The normal answer with bytes that are no UTF-8, which it says to be in: an é in
	 * ISO-8859-1 at the end of each top-level text.
	 * @return the fault
	 */
	public static SimulatedFault invalidUtf8() {
		SimulatedFault accented = altering("invalid UTF-8", replacing(
				(name, value) -> value.isString() ? StringNode.valueOf(value.stringValue() + "\u00e9") : value));
		return new SimulatedFault(accented.description,
				(normal) -> accented.apply(normal).transmission(Transmission.in(StandardCharsets.ISO_8859_1)));
	}

	private static SimulatedFault altering(String description, Function<ObjectNode, String> alteration) {
		return new SimulatedFault(description, (normal) -> {
			SimulatorResponse response = normal.get();
			ObjectNode document = (response.status() / 100 == 2) ? document(response.body()) : null;
			return (document != null) ? response.body(alteration.apply(document)) : response;
		});
	}

	private static @Nullable ObjectNode document(String body) {
		try {
			return (JSON.readTree(body) instanceof ObjectNode document) ? document : null;
		}
		catch (JacksonException ex) {
			// resources may answer with anything
			return null;
		}
	}

	private static Function<ObjectNode, String> replacing(BiFunction<String, JsonNode, JsonNode> replacement) {
		return (document) -> {
			for (String name : List.copyOf(document.propertyNames())) {
				document.set(name, replacement.apply(name, document.path(name)));
			}
			return document.toString();
		};
	}

	/**
	 * A connection that is reset instead of an answer.
	 * @return the fault
	 */
	public static SimulatedFault connectionReset() {
		return new SimulatedFault("connection reset", (normal) -> SimulatorResponse.broken(Breakage.RESET));
	}

	/**
	 * The first half of the normal answer's body, then a connection that is reset.
	 * @return the fault
	 */
	public static SimulatedFault connectionResetMidway() {
		return new SimulatedFault("connection reset midway",
				(normal) -> normal.get().transmission(Transmission.brokenOff()));
	}

	/**
	 * A 200 without usable headers whose body is no proper sequence of chunks, then a
	 * closed connection.
	 * @return the fault
	 */
	public static SimulatedFault malformedChunk() {
		return new SimulatedFault("malformed chunk", (normal) -> SimulatorResponse.broken(Breakage.MALFORMED_CHUNK));
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

	/**
	 * Returns the same fault for a call that does its work all the same: a code is used
	 * up, a session ended, and the caller does not learn of it.
	 * @return the fault
	 */
	public SimulatedFault takingEffect() {
		return new SimulatedFault(this.description + " after the call took effect", (normal) -> {
			SimulatorResponse answer = normal.get();
			return this.answer.given(() -> answer);
		});
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
