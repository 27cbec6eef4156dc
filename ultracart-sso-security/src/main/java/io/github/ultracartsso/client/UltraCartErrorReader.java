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

package io.github.ultracartsso.client;

import java.time.Clock;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;

/**
 * Makes an {@link UltraCartApiException} of an answer that is not a success. Everything
 * taken from the answer is stripped of control characters, cut to a bearable length and
 * cleared of the secrets the call was made with, since it ends in logs.
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
	 * Makes an exception of an answer to the call for an access token, whose error is a
	 * word.
	 */
	UltraCartApiException readOAuth(String call, Answer answer, Redaction redaction) {
		return read(call, oauthFailure(answer), answer, answer.body(), redaction);
	}

	private UltraCartApiException read(String call, UltraCartApiFailure failure, Answer answer, JsonNode oauth,
			Redaction redaction) {
		HttpHeaders headers = answer.headers();
		JsonNode error = answer.body().path(Answer.ERROR);
		String word = oauth.path(Answer.ERROR).stringValue(null);
		StringBuilder message = new StringBuilder(call).append(" was answered with status ").append(answer.status());
		String said = firstText(headers.getFirst(ERROR_HEADER), error.path("developer_message").stringValue(null),
				error.path("user_message").stringValue(null), oauth.path(Answer.ERROR_DESCRIPTION).stringValue(null),
				word);
		if (said != null) {
			message.append(": ").append(redaction.clean(said, MAX_MESSAGE_LENGTH));
		}
		String errorCode = firstText(error.path("error_code").stringValue(null), word);
		String userMessage = firstText(error.path("user_message").stringValue(null));
		return UltraCartApiException.withFailure(failure, message.toString())
			.call(call)
			.status(answer.status())
			.errorCode((errorCode != null) ? redaction.clean(errorCode, MAX_CODE_LENGTH) : null)
			.userMessage((userMessage != null) ? redaction.clean(userMessage, MAX_MESSAGE_LENGTH) : null)
			.requestId(answer.requestId(redaction))
			.retryAfter(RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), this.clock))
			.build();
	}

	/**
	 * OAuth tells by a word what other calls tell by the status. Whatever is not about
	 * the credential is nobody's fault who tries to sign in, so it must not pass for a
	 * code that is refused.
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
