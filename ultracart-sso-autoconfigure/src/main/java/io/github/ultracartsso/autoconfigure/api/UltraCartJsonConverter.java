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

package io.github.ultracartsso.autoconfigure.api;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;

/**
 * Reads UltraCart's JSON, and throws an {@link UltraCartApiException} where a successful
 * response cannot be read: it is not JSON, such as a page, or JSON of another type, or
 * {@code null}. The exception quotes nothing of the response, which may be personal data.
 */
final class UltraCartJsonConverter extends JacksonJsonHttpMessageConverter {

	private static final String REQUEST_ID_HEADER = "X-UltraCart-Request-Id";

	UltraCartJsonConverter(JsonMapper.Builder json) {
		super(json);
	}

	/**
	 * Returns whether the type can be read from JSON, whatever the response is.
	 */
	@Override
	public boolean canRead(ResolvableType type, @Nullable MediaType mediaType) {
		return super.canRead(type, null);
	}

	@Override
	public Object read(ResolvableType type, HttpInputMessage response, @Nullable Map<String, Object> hints)
			throws IOException {
		try {
			Object value = super.read(type, response, hints);
			if (value == null) {
				throw unreadable(response, "is null instead of " + type);
			}
			return value;
		}
		catch (HttpMessageNotReadableException ex) {
			throw unreadable(response, "cannot be read as " + type + describe(ex));
		}
	}

	private static UltraCartApiException unreadable(HttpInputMessage response, String problem) throws IOException {
		String call = UltraCartApiResponse.callOf(response);
		UltraCartApiException.Builder failure = UltraCartApiException
			.withFailure(UltraCartApiFailure.INVALID_RESPONSE,
					((call != null) ? "The response to " + call : "UltraCart's response") + " " + problem)
			.requestId(requestId(response));
		if (call != null) {
			failure.call(call);
		}
		if (response instanceof ClientHttpResponse answer) {
			failure.status(answer.getStatusCode().value());
		}
		return failure.build();
	}

	/**
	 * Says where the response is wrong. The exception's message would quote it.
	 */
	private static String describe(HttpMessageNotReadableException ex) {
		if (!(ex.getCause() instanceof JacksonException json)) {
			return "";
		}
		String path = json.getPathReference();
		return ": " + json.getClass().getSimpleName() + (path.isEmpty() ? "" : " at " + path) + remedy(json);
	}

	private static String remedy(JacksonException ex) {
		Class<?> type = (ex instanceof MismatchedInputException mismatch) ? mismatch.getTargetType() : null;
		return (type == LocalDateTime.class)
				? ". UltraCart's dates have an offset: use Instant, OffsetDateTime or LocalDate" : "";
	}

	private static @Nullable String requestId(HttpInputMessage response) {
		String requestId = response.getHeaders().getFirst(REQUEST_ID_HEADER);
		return (requestId != null && requestId.matches("[A-Za-z0-9-]{1,64}")) ? requestId : null;
	}

}
