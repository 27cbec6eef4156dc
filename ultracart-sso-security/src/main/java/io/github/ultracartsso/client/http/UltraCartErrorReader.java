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

	UltraCartApiException read(String call, JsonResponse response, Redaction redaction) {
		return read(call, failure(response), response, MissingNode.getInstance(), redaction);
	}

	/**
	 * Reads an error response to a call that is not part of single sign-on. There an
	 * error in a successful response is UltraCart's way to refuse a call.
	 */
	UltraCartApiException readApi(String call, JsonResponse response, Redaction redaction) {
		return read(call, response.isSuccess() ? UltraCartApiFailure.REFUSED : failure(response), response,
				MissingNode.getInstance(), redaction);
	}

	/**
	 * Reads an error response to a request for an access token, whose error is a word.
	 */
	UltraCartApiException readOAuth(String call, JsonResponse response, Redaction redaction) {
		return read(call, oauthFailure(response), response, response.body(), redaction);
	}

	/**
	 * Returns the exception for a successful response that cannot be used.
	 * @param problem what is wrong, without anything of the response
	 */
	static UltraCartApiException invalid(String call, JsonResponse response, String problem, Redaction redaction) {
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_RESPONSE, "The response to " + call + " " + problem)
			.call(call)
			.status(response.status())
			.requestId(response.requestId(redaction))
			.build();
	}

	private UltraCartApiException read(String call, UltraCartApiFailure failure, JsonResponse response, JsonNode oauth,
			Redaction redaction) {
		HttpHeaders headers = response.headers();
		JsonNode error = response.body().path(JsonResponse.ERROR);
		String word = oauth.path(JsonResponse.ERROR).stringValue(null);
		String userMessage = error.path("user_message").stringValue(null);
		String said = firstText(headers.getFirst(ERROR_HEADER), error.path("developer_message").stringValue(null),
				userMessage, oauth.path(JsonResponse.ERROR_DESCRIPTION).stringValue(null), word);
		String errorCode = firstText(error.path("error_code").stringValue(null), word);
		String message = call + " was answered with status " + response.status()
				+ ((failure == UltraCartApiFailure.REFUSED && response.isSuccess()) ? " and an error" : "")
				+ ((said != null) ? ": " + redaction.clean(said, MAX_MESSAGE_LENGTH) : "");
		return UltraCartApiException.withFailure(failure, message)
			.call(call)
			.status(response.status())
			.errorCode((errorCode != null) ? redaction.clean(errorCode, MAX_CODE_LENGTH) : null)
			.userMessage((firstText(userMessage) != null) ? redaction.clean(userMessage, MAX_MESSAGE_LENGTH) : null)
			.requestId(response.requestId(redaction))
			.retryAfter(RetryAfter.parse(headers.getFirst(HttpHeaders.RETRY_AFTER), this.clock))
			.build();
	}

	/**
	 * OAuth reports with a word what other calls report with the status. An error that is
	 * not about the credential is not the user's fault, so it must not be taken for a
	 * rejected code.
	 */
	private static UltraCartApiFailure oauthFailure(JsonResponse response) {
		UltraCartApiFailure failure = failure(response);
		return switch (failure) {
			case INVALID_REQUEST ->
				isRejection(response) ? UltraCartApiFailure.CREDENTIAL_REJECTED : UltraCartApiFailure.REFUSED;
			case INVALID_RESPONSE -> isRejection(response) ? UltraCartApiFailure.CREDENTIAL_REJECTED : failure;
			case CREDENTIAL_REJECTED, APPLICATION_DISABLED, RATE_LIMITED, REFUSED, SERVER_ERROR, NO_RESPONSE -> failure;
		};
	}

	private static boolean isRejection(JsonResponse response) {
		return REJECTIONS.contains(response.body().path(JsonResponse.ERROR).stringValue(""));
	}

	private static UltraCartApiFailure failure(JsonResponse response) {
		return switch (response.status()) {
			case 400 -> UltraCartApiFailure.INVALID_REQUEST;
			case 401 -> UltraCartApiFailure.CREDENTIAL_REJECTED;
			case 410 -> UltraCartApiFailure.APPLICATION_DISABLED;
			case 429 -> UltraCartApiFailure.RATE_LIMITED;
			default -> (response.status() >= 500) ? UltraCartApiFailure.SERVER_ERROR
					: response.isSuccess() ? UltraCartApiFailure.INVALID_RESPONSE : UltraCartApiFailure.REFUSED;
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
