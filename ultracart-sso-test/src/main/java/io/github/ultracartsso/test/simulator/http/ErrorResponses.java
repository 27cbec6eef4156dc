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

package io.github.ultracartsso.test.simulator.http;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Error responses in the form of UltraCart's published captures: a JSON envelope with two
 * messages and empty metadata, the developer's message again in a header, and a closed
 * connection. Not part of the API.
 */
public final class ErrorResponses {

	public static final String INVALID_CREDENTIALS = "Invalid credentials supplied.";

	private static final String APPLICATION_DISABLED = "Your authorized application has been disabled by UltraCart";

	private static final String RATE_EXCEEDED = "rate of 10000 per 86400 second(s) exceeded.";

	private ErrorResponses() {
	}

	/**
	 * An error with the message that UltraCart gives for the status.
	 */
	public static SimulatorResponse error(int status) {
		return switch (status) {
			case 401 -> error(status, INVALID_CREDENTIALS);
			case 410 -> error(status, APPLICATION_DISABLED);
			case 429 -> error(status, RATE_EXCEEDED);
			case 500 -> error(status, "Internal server error", "An unexpected error occurred.");
			default -> error(status, "The request failed with status " + status + ".");
		};
	}

	/**
	 * An error with one message for developers and users.
	 */
	public static SimulatorResponse error(int status, String message) {
		return error(status, message, message);
	}

	public static SimulatorResponse error(int status, String developerMessage, String userMessage) {
		ObjectNode document = JsonNodeFactory.instance.objectNode();
		document.putObject("error").put("developer_message", developerMessage).put("user_message", userMessage);
		document.putObject("metadata");
		return SimulatorResponse.status(status)
			.header("UC-REST-ERROR", printable(developerMessage))
			.header("Connection", "close")
			.header("Content-Type", SimulatorResponse.JSON)
			.body(document.toString());
	}

	/**
	 * A 429 for an exceeded call rate.
	 */
	public static SimulatorResponse rateExceeded() {
		return tooMany(RATE_EXCEEDED);
	}

	/**
	 * A 429 with the merchant's id, as UltraCart's published capture shows it.
	 */
	public static SimulatorResponse tooMany(String message) {
		return error(429, message).header("UC-REST-ERROR-MERCHANT-ID", "DEMO");
	}

	private static String printable(String message) {
		return message.replaceAll("[^\\x20-\\x7e]", "?");
	}

}
