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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer of the simulator, free of the HTTP server's types. Immutable.
 *
 * @param status the status, {@code 0} where the connection is broken instead
 * @param headers the headers
 * @param body the body, empty for none
 * @param delay how long the finished answer is held back
 * @param transmission how the body is sent
 * @param breakage how the connection is broken instead of an answer
 */
record SimulatorResponse(int status, Map<String, String> headers, String body, Duration delay,
		Transmission transmission, Breakage breakage) {

	static final String JSON = "application/json; charset=UTF-8";

	SimulatorResponse {
		headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
	}

	static SimulatorResponse status(int status) {
		return new SimulatorResponse(status, Map.of(), "", Duration.ZERO, Transmission.NORMAL, Breakage.NONE);
	}

	static SimulatorResponse json(ObjectNode document) {
		return status(200).header("Content-Type", JSON).body(document.toString());
	}

	static SimulatorResponse broken(Breakage breakage) {
		return new SimulatorResponse(0, Map.of(), "", Duration.ZERO, Transmission.NORMAL, breakage);
	}

	static SimulatorResponse error(int status, String message) {
		return error(status, message, message);
	}

	/**
	 * An error in the form of UltraCart's published captures: both messages and empty
	 * metadata, the message again in a header, and a closed connection.
	 */
	static SimulatorResponse error(int status, String developerMessage, String userMessage) {
		ObjectNode document = JsonNodeFactory.instance.objectNode();
		document.putObject("error").put("developer_message", developerMessage).put("user_message", userMessage);
		document.putObject("metadata");
		return status(status).header("UC-REST-ERROR", printable(developerMessage))
			.header("Connection", "close")
			.header("Content-Type", JSON)
			.body(document.toString());
	}

	/**
	 * A 429 as UltraCart's published capture shows it.
	 */
	static SimulatorResponse tooMany(String message) {
		return error(429, message).header("UC-REST-ERROR-MERCHANT-ID", "DEMO");
	}

	/**
	 * Adds the header in its usual form.
	 * @param wait the time to wait, sent in whole seconds, rounded up
	 */
	SimulatorResponse retryAfter(Duration wait) {
		return header("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
	}

	private static String printable(String message) {
		return message.replaceAll("[^\\x20-\\x7e]", "?");
	}

	SimulatorResponse header(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new SimulatorResponse(this.status, headers, this.body, this.delay, this.transmission, this.breakage);
	}

	SimulatorResponse body(String body) {
		return new SimulatorResponse(this.status, this.headers, body, this.delay, this.transmission, this.breakage);
	}

	SimulatorResponse delay(Duration delay) {
		return new SimulatorResponse(this.status, this.headers, this.body, delay, this.transmission, this.breakage);
	}

	SimulatorResponse transmission(Transmission transmission) {
		return new SimulatorResponse(this.status, this.headers, this.body, this.delay, transmission, this.breakage);
	}

	/**
	 * Ways to break a connection.
	 */
	enum Breakage {

		NONE, RESET, EMPTY, GARBAGE, MALFORMED_CHUNK

	}

}
