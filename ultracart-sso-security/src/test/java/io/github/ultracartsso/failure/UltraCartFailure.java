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

package io.github.ultracartsso.failure;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

import io.github.ultracartsso.ScriptedServer.Exchange;
import io.github.ultracartsso.ScriptedServer.Script;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

import static io.github.ultracartsso.failure.UltraCartFailure.Trait.DRIPPING;
import static io.github.ultracartsso.failure.UltraCartFailure.Trait.INCOMPLETE;
import static io.github.ultracartsso.failure.UltraCartFailure.Trait.LASTING;
import static io.github.ultracartsso.failure.UltraCartFailure.Trait.SILENT;
import static io.github.ultracartsso.failure.UltraCartFailure.Trait.SUCCESS;
import static io.github.ultracartsso.failure.UltraCartFailure.Trait.UNREACHABLE;

/**
 * The ways in which UltraCart, or something between it and the application, may fail a
 * call.
 */
// neither a script nor a set of traits ever changes
@SuppressWarnings("ImmutableEnumChecker")
enum UltraCartFailure {

	FOUND("302", UltraCartApiFailure.REFUSED, status("302 Found", "Location: https://evil.example/")),

	BAD_REQUEST("400", UltraCartApiFailure.INVALID_REQUEST, status("400 Bad Request")),

	UNAUTHORIZED("401", UltraCartApiFailure.CREDENTIAL_REJECTED, status("401 Unauthorized")),

	FORBIDDEN("403", UltraCartApiFailure.REFUSED, status("403 Forbidden")),

	NOT_FOUND("404", UltraCartApiFailure.REFUSED, status("404 Not Found")),

	GONE("410", UltraCartApiFailure.APPLICATION_DISABLED, status("410 Gone")),

	TEAPOT("418", UltraCartApiFailure.REFUSED, status("418 I'm a teapot")),

	TOO_MANY_REQUESTS("429 with `Retry-After: 0`", UltraCartApiFailure.RATE_LIMITED,
			status("429 Too Many Requests", "Retry-After: 0")),

	TOO_MANY_REQUESTS_FOR_A_MINUTE("429 with `Retry-After: 60`", UltraCartApiFailure.RATE_LIMITED,
			status("429 Too Many Requests", "Retry-After: 60"), LASTING),

	TOO_MANY_REQUESTS_UNTIL("429 with a date in `Retry-After`", UltraCartApiFailure.RATE_LIMITED,
			status("429 Too Many Requests", "Retry-After: Fri, 21 Nov 2036 12:00:00 GMT"), LASTING),

	TOO_MANY_REQUESTS_FOR_A_WHILE("429 without `Retry-After`", UltraCartApiFailure.RATE_LIMITED,
			status("429 Too Many Requests"), LASTING),

	INTERNAL_SERVER_ERROR("500", UltraCartApiFailure.SERVER_ERROR, status("500 Internal Server Error")),

	BAD_GATEWAY("502 with HTML", UltraCartApiFailure.SERVER_ERROR,
			answer("502 Bad Gateway", "text/html", "<html>Bad Gateway</html>")),

	SERVICE_UNAVAILABLE("503 with `Retry-After`", UltraCartApiFailure.SERVER_ERROR,
			status("503 Service Unavailable", "Retry-After: 60")),

	UNHEARD_OF("599", UltraCartApiFailure.SERVER_ERROR, status("599 Whatever")),

	CONTINUE_ALONE("100 and nothing more", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange.send("HTTP/1.1 100 Continue\r\n\r\n").staySilent(), SILENT),

	ZERO("status 000", UltraCartApiFailure.NO_RESPONSE, status("000 Nothing")),

	NO_HTTP("not HTTP", UltraCartApiFailure.NO_RESPONSE, (exchange) -> exchange.send("220 mail.example ESMTP\r\n\r\n")),

	EMPTY("200 with an empty body", UltraCartApiFailure.INVALID_RESPONSE, json(""), SUCCESS),

	HTML("200 with HTML", UltraCartApiFailure.INVALID_RESPONSE,
			answer("200 OK", "text/html", "<html>Sign in to the hotel's network</html>"), SUCCESS),

	OTHER_TYPE("JSON that claims to be text", UltraCartApiFailure.INVALID_RESPONSE,
			answer("200 OK", "text/plain", Answers.WELL), SUCCESS),

	TRUNCATED("truncated JSON", UltraCartApiFailure.INVALID_RESPONSE,
			json(Answers.WELL.substring(0, Answers.WELL.length() - 2)), SUCCESS),

	NO_OBJECT("JSON that is not an object", UltraCartApiFailure.INVALID_RESPONSE, json("[" + Answers.WELL + "]"),
			SUCCESS),

	WRONG_TYPES("fields of the wrong type", UltraCartApiFailure.INVALID_RESPONSE,
			json("{\"login_url\": [1], \"simple_key\": {\"a\": 1}, \"user_id\": \"x\", \"login\": true}"), SUCCESS),

	NULLS("every field `null`", UltraCartApiFailure.INVALID_RESPONSE,
			json("{\"login_url\": null, \"simple_key\": null, \"user_id\": null, \"login\": null}"), SUCCESS,
			INCOMPLETE),

	MISSING("the essential fields missing", UltraCartApiFailure.INVALID_RESPONSE,
			json("{\"success\": true, \"metadata\": {}}"), SUCCESS, INCOMPLETE),

	ERROR_OBJECT("200 with an `error`", UltraCartApiFailure.INVALID_RESPONSE,
			(exchange) -> json("{\"error\": " + Answers.echo(exchange) + ", " + Answers.WELL.substring(1))
				.play(exchange)),

	DEEP("deeply nested JSON", UltraCartApiFailure.INVALID_RESPONSE, json("{\"x\": " + "[".repeat(100_000)), SUCCESS),

	TWICE("a field twice", UltraCartApiFailure.INVALID_RESPONSE,
			json(Answers.WELL.replace("}", ", ") + Answers.WELL.substring(1)), SUCCESS),

	HUGE_STRING("a huge string", UltraCartApiFailure.INVALID_RESPONSE,
			json(Answers.WELL.replace(": \"", ": \"" + "x".repeat(100_000))), SUCCESS),

	NO_UNICODE("invalid UTF-8", UltraCartApiFailure.INVALID_RESPONSE,
			(exchange) -> exchange.send(Answers.head("200 OK", "application/json") + "\r\n")
				.send(Answers.WELL.replace(": \"", ": \"\u00ff").getBytes(StandardCharsets.ISO_8859_1)),
			SUCCESS),

	NO_DATE("an `expiration_dts` that is not a date", null, json(Answers.WELL.replace("2036", "20.36")), SUCCESS),

	HUGE("100 MB", UltraCartApiFailure.INVALID_RESPONSE,
			(exchange) -> exchange
				.send(Answers.head("200 OK", "application/json") + "Content-Length: 104857600\r\n\r\n{\"x\": \"")
				.sendWithoutEnd("x".repeat(8192).getBytes(StandardCharsets.US_ASCII)),
			SUCCESS),

	ENDLESS("an endless response", UltraCartApiFailure.INVALID_RESPONSE,
			(exchange) -> exchange
				.send(Answers.head("200 OK", "application/json") + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")
				.sendWithoutEnd(("2000\r\n" + " ".repeat(8192) + "\r\n").getBytes(StandardCharsets.US_ASCII)),
			SUCCESS),

	BOMB("a compressed response of 16 MB", UltraCartApiFailure.INVALID_RESPONSE,
			(exchange) -> exchange.send(Answers.head("200 OK", "application/json") + "Content-Encoding: gzip\r\n\r\n")
				.send(Answers.BOMB),
			SUCCESS),

	SILENCE("silence", UltraCartApiFailure.NO_RESPONSE, Exchange::staySilent, SILENT),

	SILENCE_AFTER_THE_HEAD("silence after the headers of a 200", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange.send(Answers.head("200 OK", "application/json") + "\r\n").staySilent(), SILENT,
			SUCCESS),

	DRIPPING_HEAD("headers that drip", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange.drip("HTTP/1.1 200 " + "O".repeat(1000), 100), DRIPPING),

	DRIPPING_BODY("a body that drips", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange.send(Answers.head("200 OK", "application/json") + "\r\n{")
				.drip(" ".repeat(1000), 100),
			DRIPPING, SUCCESS),

	NO_RESPONSE("the connection closed without a response", UltraCartApiFailure.NO_RESPONSE, (exchange) -> {
	}),

	RESET("the connection reset before the response", UltraCartApiFailure.NO_RESPONSE, Exchange::reset),

	RESET_IN_THE_HEAD("the connection reset in the headers", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange.send("HTTP/1.1 200 OK\r\nContent-Ty").reset()),

	CLOSED_IN_THE_BODY("the connection closed in the body", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange
				.send(Answers.head("200 OK", "application/json") + "Content-Length: 1000\r\n\r\n" + Answers.WELL),
			SUCCESS),

	MALFORMED_CHUNK("malformed chunks", UltraCartApiFailure.NO_RESPONSE,
			(exchange) -> exchange
				.send(Answers.head("200 OK", "application/json") + "Transfer-Encoding: chunked\r\n\r\n" + Answers.WELL),
			SUCCESS),

	REFUSED("the connection refused", UltraCartApiFailure.NO_RESPONSE, Exchange::reset, UNREACHABLE),

	UNKNOWN_HOST("the host's name not found", UltraCartApiFailure.NO_RESPONSE, Exchange::reset, UNREACHABLE),

	NO_TLS("the TLS handshake failed", UltraCartApiFailure.NO_RESPONSE, Exchange::reset, UNREACHABLE);

	private final String description;

	private final @Nullable UltraCartApiFailure failure;

	private final Script script;

	private final Set<Trait> traits;

	/**
	 * Creates a failure.
	 * @param description its name for operators
	 * @param failure what the client makes of it, {@code null} if it takes no offence
	 */
	UltraCartFailure(String description, @Nullable UltraCartApiFailure failure, Script script, Trait... traits) {
		this.description = description;
		this.failure = failure;
		this.script = script;
		this.traits = Set.of(traits);
	}

	String description() {
		return this.description;
	}

	@Nullable UltraCartApiFailure failure() {
		return this.failure;
	}

	Script script() {
		return this.script;
	}

	boolean is(Trait trait) {
		return this.traits.contains(trait);
	}

	boolean isSlow() {
		return is(SILENT) || is(DRIPPING);
	}

	@Override
	public String toString() {
		return this.description;
	}

	private static Script status(String status, String... headers) {
		return (exchange) -> exchange.send(Answers.head(status, "application/json") + headers(headers) + "\r\n"
				+ "{\"error\": " + Answers.echo(exchange) + "}");
	}

	private static String headers(String... headers) {
		return String.join("", Arrays.stream(headers).map((header) -> header + "\r\n").toList());
	}

	private static Script json(String body) {
		return answer("200 OK", "application/json", body);
	}

	private static Script answer(String status, String contentType, String body) {
		return (exchange) -> exchange.send(Answers.head(status, contentType) + "\r\n" + body);
	}

	/**
	 * What matters for how often a call is made, how long it takes, and what it means.
	 */
	enum Trait {

		/**
		 * The status is a success, and nothing in the answer contradicts it.
		 */
		SUCCESS,

		/**
		 * The answer lacks what is essential, though that is no matter of the client
		 * where it is the user.
		 */
		INCOMPLETE,

		/**
		 * It does not pass while a call may last.
		 */
		LASTING,

		/**
		 * Nothing comes.
		 */
		SILENT,

		/**
		 * Always something comes.
		 */
		DRIPPING,

		/**
		 * The request cannot even be sent.
		 */
		UNREACHABLE

	}

	/**
	 * What answers are made of.
	 */
	private static final class Answers {

		/**
		 * A good answer to every call.
		 */
		private static final String WELL = "{\"login_url\": \"https://secure.ultracart.com/login\","
				+ " \"simple_key\": \"" + FailingCall.SECRET + "-answered\", \"user_id\": 42, \"login\": \"Jane!ops\","
				+ " \"expiration_dts\": \"2036-11-21T12:00:00-05:00\"}";

		private static final byte[] BOMB = bomb();

		private static String head(String status, String contentType) {
			return "HTTP/1.1 " + status + "\r\nContent-Type: " + contentType + "\r\nConnection: close\r\n";
		}

		/**
		 * Returns an error that repeats the secrets of the request, on several lines.
		 */
		private static String echo(Exchange exchange) {
			String secrets = exchange.request()
				.lines()
				.filter((line) -> line.startsWith("x-ultracart-simple-key") || line.startsWith("{"))
				.collect(Collectors.joining("\\r\\n\\u001b"));
			return "{\"developer_message\": \"" + secrets.replace('"', '\'') + "\"}";
		}

		private static byte[] bomb() {
			ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
				out.write("{\"x\": \"".getBytes(StandardCharsets.US_ASCII));
				for (int i = 0; i < 2048; i++) {
					out.write("x".repeat(8192).getBytes(StandardCharsets.US_ASCII));
				}
				out.write("\"}".getBytes(StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return compressed.toByteArray();
		}

	}

}
