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

package io.github.ultracartsso.client.http;

import java.time.Clock;
import java.util.Set;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;

/**
 * Turns an error response into an {@link UltraCartApiException}. Everything taken from
 * the response is logged later, so it is freed of control characters, cut to a length,
 * and masked where it quotes a secret of the request.
 */
final class UltraCartErrorReader {

	private static final String ERROR_HEADER = "UC-REST-ERROR";

	private static final Set<String> REJECTIONS = Set.of("invalid_grant", "invalid_client", "unauthorized_client");

	private static final int MAX_MESSAGE_LENGTH = 300;

	private static final int MAX_CODE_LENGTH = 64;

	private final Clock clock;

	UltraCartErrorReader(Clock clock) {
		this.clock = clock;
	}

	UltraCartApiException read(String call, Answer answer, Redaction redaction) {
		return read(call, failure(answer), answer, MissingNode.getInstance(), redaction);
	}

	/**
	 * Reads an error response to a call that is not part of single sign-on. There an
	 * error in a successful response is UltraCart's way to refuse a call.
	 */
	UltraCartApiException readApi(String call, Answer answer, Redaction redaction) {
		return read(call, answer.isSuccess() ? UltraCartApiFailure.REFUSED : failure(answer), answer,
				MissingNode.getInstance(), redaction);
	}

	/**
	 * Reads an error response to a request for an access token, whose error is a word.
	 */
	UltraCartApiException readOAuth(String call, Answer answer, Redaction redaction) {
		return read(call, oauthFailure(answer), answer, answer.body(), redaction);
	}

	/**
	 * Returns the exception for a successful response that cannot be used.
	 * @param problem what is wrong, without anything of the response
	 */
	static UltraCartApiException invalid(String call, Answer answer, String problem, Redaction redaction) {
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_ANSWER, "The response to " + call + " " + problem)
			.call(call)
			.status(answer.status())
			.requestId(answer.requestId(redaction))
			.build();
	}

	private UltraCartApiException read(String call, UltraCartApiFailure failure, Answer answer, JsonNode oauth,
			Redaction redaction) {
		HttpHeaders headers = answer.headers();
		JsonNode error = answer.body().path(Answer.ERROR);
		String word = oauth.path(Answer.ERROR).stringValue(null);
		String userMessage = error.path("user_message").stringValue(null);
		String said = firstText(headers.getFirst(ERROR_HEADER), error.path("developer_message").stringValue(null),
				userMessage, oauth.path(Answer.ERROR_DESCRIPTION).stringValue(null), word);
		String errorCode = firstText(error.path("error_code").stringValue(null), word);
		String message = call + " was answered with status " + answer.status()
				+ ((failure == UltraCartApiFailure.REFUSED && answer.isSuccess()) ? " and an error" : "")
				+ ((said != null) ? ": " + redaction.clean(said, MAX_MESSAGE_LENGTH) : "");
		return UltraCartApiException.withFailure(failure, message)
			.call(call)
			.status(answer.status())
			.errorCode((errorCode != null) ? redaction.clean(errorCode, MAX_CODE_LENGTH) : null)
			.userMessage((firstText(userMessage) != null) ? redaction.clean(userMessage, MAX_MESSAGE_LENGTH) : null)
			.requestId(answer.requestId(redaction))
			.retryAfter(RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), this.clock))
			.build();
	}

	/**
	 * OAuth reports with a word what other calls report with the status. An error that is
	 * not about the credential is not the user's fault, so it must not be taken for a
	 * rejected code.
	 */
	private static UltraCartApiFailure oauthFailure(Answer answer) {
		UltraCartApiFailure failure = failure(answer);
		return switch (failure) {
			case INVALID_REQUEST ->
				isRejection(answer) ? UltraCartApiFailure.CREDENTIAL_REJECTED : UltraCartApiFailure.REFUSED;
			case INVALID_ANSWER -> isRejection(answer) ? UltraCartApiFailure.CREDENTIAL_REJECTED : failure;
			case CREDENTIAL_REJECTED, APPLICATION_DISABLED, RATE_LIMITED, REFUSED, SERVER_ERROR, NO_ANSWER -> failure;
		};
	}

	private static boolean isRejection(Answer answer) {
		return REJECTIONS.contains(answer.body().path(Answer.ERROR).stringValue(""));
	}

	private static UltraCartApiFailure failure(Answer answer) {
		return switch (answer.status()) {
			case 400 -> UltraCartApiFailure.INVALID_REQUEST;
			case 401 -> UltraCartApiFailure.CREDENTIAL_REJECTED;
			case 410 -> UltraCartApiFailure.APPLICATION_DISABLED;
			case 429 -> UltraCartApiFailure.RATE_LIMITED;
			default -> (answer.status() >= 500) ? UltraCartApiFailure.SERVER_ERROR
					: answer.isSuccess() ? UltraCartApiFailure.INVALID_ANSWER : UltraCartApiFailure.REFUSED;
		};
	}

	private static @Nullable String firstText(@Nullable String... candidates) {
		for (String candidate : candidates) {
			if (candidate != null && !candidate.isBlank()) {
				return candidate;
			}
		}
		return null;
	}

}
