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

package io.github.ultracartsso.test.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ultracartsso.test.simulator.http.ErrorResponses;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse.Breakage;
import io.github.ultracartsso.test.simulator.http.Transmission;

import org.springframework.util.Assert;

/**
 * A failure of a call to the simulator. There are two kinds:
 * <ul>
 * <li>Most faults <b>replace the normal response</b>, and the call has no effect: a code
 * stays unused, a session stays alive. With {@link #takingEffect()} the call takes effect
 * and only its response is lost.
 * <li>The following faults <b>alter the normal response</b> of a call that takes effect:
 * {@link #delay delay}, {@link #drip drip}, {@link #connectionResetMidway
 * connectionResetMidway}, {@link #truncated truncated}, {@link #contentType contentType},
 * {@link #omitting omitting}, {@link #nulls nulls}, {@link #wrongTypes wrongTypes},
 * {@link #duplicates duplicates}, {@link #unreadableDates unreadableDates},
 * {@link #hugeTexts hugeTexts}, {@link #deeplyNested deeplyNested} and
 * {@link #invalidUtf8 invalidUtf8}. Those about JSON leave a response as it is where it
 * is an error or has no JSON object, such as the response of a revocation.
 * </ul>
 * <p>
 * Failures below HTTP, such as those of TLS and DNS, cannot be simulated here. To test
 * them, let the application call an address without a simulator.
 * <p>
 * Immutable, and may be used any number of times.
 *
 * @since 0.1
 * @see io.github.ultracartsso.test.UltraCartSimulator#answerNext
 * @see io.github.ultracartsso.test.UltraCartSimulator#answerAlways
 * @see io.github.ultracartsso.test.UltraCartSimulator#answerSometimes
 */
// long because a test finds here everything that can fail
public final class SimulatedFault {

	private static final Duration LONGEST = Duration.ofDays(1);

	private final String description;

	/**
	 * Makes the response from the normal one. The call takes effect when the normal
	 * response is requested.
	 */
	private final Function<Supplier<SimulatorResponse>, SimulatorResponse> answer;

	private SimulatedFault(String description, Function<Supplier<SimulatorResponse>, SimulatorResponse> answer) {
		this.description = description;
		this.answer = answer;
	}

	private static SimulatedFault replacing(String description, SimulatorResponse response) {
		return new SimulatedFault(description, (normal) -> response);
	}

	/**
	 * An error with the message that UltraCart gives for the status.
	 * @param status the status, 400 to 599
	 * @return the fault
	 * @throws IllegalArgumentException if the status is not that of an error
	 */
	public static SimulatedFault status(int status) {
		requireError(status);
		return replacing("status " + status, ErrorResponses.error(status));
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
		requireError(status);
		return replacing("status " + status, ErrorResponses.error(status, message));
	}

	private static void requireError(int status) {
		Assert.isTrue(status >= 400 && status <= 599, () -> "status must be 400 to 599 but was " + status
				+ "; use body(status, contentType, body) for a response that is not an error");
	}

	/**
	 * A 429 as for an exceeded call rate, with the header {@code Retry-After}. UltraCart
	 * also answers concurrent calls with 429.
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
		return replacing("rate limited for " + retryAfter, ErrorResponses.rateExceeded().retryAfter(retryAfter));
	}

	/**
	 * A 429 as for an exceeded call rate, with a date in the header {@code Retry-After}.
	 * @param retryAt when the caller may call again, sent in whole seconds
	 * @return the fault
	 */
	public static SimulatedFault rateLimitedUntil(Instant retryAt) {
		Assert.notNull(retryAt, "retryAt must not be null");
		return replacing("rate limited until " + retryAt, ErrorResponses.rateExceeded()
			.header("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(retryAt.atOffset(ZoneOffset.UTC))));
	}

	/**
	 * A 429 as for an exceeded call rate, without the header {@code Retry-After}.
	 * @return the fault
	 */
	public static SimulatedFault rateLimited() {
		return replacing("rate limited", ErrorResponses.rateExceeded());
	}

	/**
	 * A 410 as for an application that UltraCart has disabled.
	 * @return the fault
	 */
	public static SimulatedFault applicationDisabled() {
		return status(410);
	}

	/**
	 * A redirect. No call should follow it, because it would take a key to another
	 * server.
	 * @param location the value of the header {@code Location}
	 * @return the fault
	 */
	public static SimulatedFault redirect(String location) {
		Assert.hasText(location, "location must not be empty");
		return replacing("redirect", SimulatorResponse.status(302).header("Location", location));
	}

	/**
	 * An HTML page in place of JSON, as proxies and firewalls send it.
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
	 * A 200 whose body is an {@code error}.
	 * @param message the message for developers and users
	 * @return the fault
	 */
	public static SimulatedFault successWithError(String message) {
		Assert.notNull(message, "message must not be null");
		return body(200, SimulatorResponse.JSON, ErrorResponses.error(500, message).body());
	}

	/**
	 * A 200 with JSON that is too long. The body is made while it is sent and takes no
	 * memory.
	 * @param bytes the length, such as 100 MB; with {@code Long.MAX_VALUE} the response
	 * goes on until the caller gives up
	 * @return the fault
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static SimulatedFault hugeBody(long bytes) {
		Assert.isTrue(bytes >= 0, () -> "bytes must not be negative but was " + bytes);
		return replacing("body of " + bytes + " bytes",
				SimulatorResponse.status(200)
					.header("Content-Type", SimulatorResponse.JSON)
					.body("{\"filling\":\"")
					.transmission(Transmission.filledUpTo(bytes)));
	}

	/**
	 * No response for as long as the caller waits and the simulator runs, a day at most.
	 * @return the fault
	 */
	public static SimulatedFault silence() {
		return silence(LONGEST);
	}

	/**
	 * No response for a while, then a connection that is closed without a single byte.
	 * @param duration how long there is no response, at least a millisecond
	 * @return the fault
	 * @throws IllegalArgumentException if the duration is shorter than a millisecond or
	 * longer than a day
	 */
	public static SimulatedFault silence(Duration duration) {
		requireDelay(duration, "duration");
		return replacing("silence of " + duration, SimulatorResponse.broken(Breakage.EMPTY).delay(duration));
	}

	/**
	 * The normal response after a delay. The call takes effect at once, even if the
	 * caller does not wait for the response.
	 * @param delay how long the response is held back, at least a millisecond
	 * @return the fault
	 * @throws IllegalArgumentException if the delay is shorter than a millisecond or
	 * longer than a day
	 */
	public static SimulatedFault delay(Duration delay) {
		requireDelay(delay, "delay");
		return new SimulatedFault("delay of " + delay, (normal) -> normal.get().delay(delay));
	}

	/**
	 * The normal response, whose body is sent byte by byte: each read of the caller is in
	 * time, and all of them together take long.
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
	 * The normal response without the second half of its body, although the response is
	 * complete by its headers.
	 * @return the fault
	 */
	public static SimulatedFault truncated() {
		return new SimulatedFault("truncated body", (normal) -> {
			SimulatorResponse response = normal.get();
			return response.body(response.body().substring(0, response.body().length() / 2));
		});
	}

	/**
	 * The normal response with another content type.
	 * @param contentType the value of the header {@code Content-Type}
	 * @return the fault
	 */
	public static SimulatedFault contentType(String contentType) {
		Assert.hasText(contentType, "contentType must not be empty");
		return new SimulatedFault("content type " + contentType,
				(normal) -> normal.get().header("Content-Type", contentType));
	}

	/**
	 * The normal response without some of its members. UltraCart's specification makes
	 * all of them optional.
	 * @param members the names of top-level members, such as {@code expiration_dts}
	 * @return the fault
	 * @throws IllegalArgumentException if there are no names
	 */
	public static SimulatedFault omitting(String... members) {
		Assert.notEmpty(members, "members must not be empty");
		List<String> names = List.of(members);
		return altering("without " + names, DocumentAlteration.omitting(names));
	}

	/**
	 * The normal response with {@code null} in place of each top-level member, or as the
	 * only element where the member is a list.
	 * @return the fault
	 */
	public static SimulatedFault nulls() {
		return altering("nulls", DocumentAlteration.nulls());
	}

	/**
	 * The normal response with top-level members of other types: objects in place of
	 * texts, numbers and booleans, texts in place of lists and objects.
	 * @return the fault
	 */
	public static SimulatedFault wrongTypes() {
		return altering("wrong types", DocumentAlteration.wrongTypes());
	}

	/**
	 * The normal response with each top-level member twice: first with its value, then
	 * with {@code "another"} for a text and {@code null} for anything else.
	 * @return the fault
	 */
	public static SimulatedFault duplicates() {
		return altering("duplicate members", DocumentAlteration.duplicates());
	}

	/**
	 * The normal response with dates that cannot be parsed.
	 * @return the fault
	 */
	public static SimulatedFault unreadableDates() {
		return altering("unreadable dates", DocumentAlteration.unreadableDates());
	}

	/**
	 * The normal response with very long texts as top-level members.
	 * @param characters the length of each text
	 * @return the fault
	 * @throws IllegalArgumentException if the length is negative
	 */
	public static SimulatedFault hugeTexts(int characters) {
		Assert.isTrue(characters >= 0, () -> "characters must not be negative but was " + characters);
		return altering("texts of " + characters + " characters",
				DocumentAlteration.texts((text) -> "x".repeat(characters)));
	}

	/**
	 * The normal response with an additional first member of nested lists.
	 * @param depth the number of lists
	 * @return the fault
	 * @throws IllegalArgumentException if the number is negative
	 */
	public static SimulatedFault deeplyNested(int depth) {
		Assert.isTrue(depth >= 0, () -> "depth must not be negative but was " + depth);
		return altering("lists in lists, " + depth + " deep", DocumentAlteration.deeplyNested(depth));
	}

	/**
	 * The normal response with bytes that are not UTF-8, although its content type says
	 * so: an é in ISO-8859-1 at the end of each top-level text.
	 * @return the fault
	 */
	public static SimulatedFault invalidUtf8() {
		SimulatedFault accented = altering("invalid UTF-8", DocumentAlteration.texts((text) -> text + "\u00e9"));
		return new SimulatedFault(accented.description,
				(normal) -> accented.apply(normal).transmission(Transmission.in(StandardCharsets.ISO_8859_1)));
	}

	private static SimulatedFault altering(String description, DocumentAlteration alteration) {
		return new SimulatedFault(description, (normal) -> {
			SimulatorResponse response = normal.get();
			return (response.status() / 100 == 2) ? response.body(alteration.alter(response.body())) : response;
		});
	}

	/**
	 * A connection that is reset in place of a response.
	 * @return the fault
	 */
	public static SimulatedFault connectionReset() {
		return replacing("connection reset", SimulatorResponse.broken(Breakage.RESET));
	}

	/**
	 * The first half of the normal response's body, then a connection that is reset.
	 * @return the fault
	 */
	public static SimulatedFault connectionResetMidway() {
		return new SimulatedFault("connection reset midway",
				(normal) -> normal.get().transmission(Transmission.brokenOff()));
	}

	/**
	 * A 200 without usable headers and with a malformed chunk as its body, then a closed
	 * connection.
	 * @return the fault
	 */
	public static SimulatedFault malformedChunk() {
		return replacing("malformed chunk", SimulatorResponse.broken(Breakage.MALFORMED_CHUNK));
	}

	/**
	 * A connection that is closed without a single byte of a response.
	 * @return the fault
	 */
	public static SimulatedFault emptyResponse() {
		return replacing("empty response", SimulatorResponse.broken(Breakage.EMPTY));
	}

	/**
	 * Random bytes that are not HTTP, then a closed connection.
	 * @return the fault
	 */
	public static SimulatedFault garbage() {
		return replacing("garbage", SimulatorResponse.broken(Breakage.GARBAGE));
	}

	/**
	 * A response of any form, such as the HTML page of a proxy or JSON that is cut short.
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
		return replacing("status " + status + " with " + contentType,
				SimulatorResponse.status(status).header("Content-Type", contentType).body(body));
	}

	/**
	 * Returns the same fault for a call that takes effect: a code is used up, a session
	 * ended, and the caller does not learn of it.
	 * @return the fault
	 */
	public SimulatedFault takingEffect() {
		return new SimulatedFault(this.description + " after the call took effect", (normal) -> {
			SimulatorResponse response = normal.get();
			return this.answer.apply(() -> response);
		});
	}

	/**
	 * Makes the response of a call with this fault. Not part of the API: the simulator
	 * calls it.
	 * @param normal makes the normal response, and has the call take effect
	 * @return the response
	 */
	public SimulatorResponse apply(Supplier<SimulatorResponse> normal) {
		return this.answer.apply(normal);
	}

	/**
	 * Returns what happens, in a few words.
	 * @return the description, such as {@code status 500}
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Returns a short description of the fault.
	 */
	@Override
	public String toString() {
		return "SimulatedFault[" + this.description + "]";
	}

}
