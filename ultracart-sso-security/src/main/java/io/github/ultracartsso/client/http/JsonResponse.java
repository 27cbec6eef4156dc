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

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;

/**
 * UltraCart's response. The body is a missing node if it is not JSON.
 */
record JsonResponse(int status, HttpHeaders headers, JsonNode body) {

	/**
	 * The member that reports an error.
	 */
	static final String ERROR = "error";

	/**
	 * The member that explains an {@link #ERROR} that is a single word, as in responses
	 * of OAuth.
	 */
	static final String ERROR_DESCRIPTION = "error_description";

	private static final String REQUEST_ID_HEADER = "X-UltraCart-Request-Id";

	private static final int MAX_REQUEST_ID_LENGTH = 64;

	static JsonResponse withoutBody(ClientHttpResponse received) throws IOException {
		return new JsonResponse(received.getStatusCode().value(), received.getHeaders(), MissingNode.getInstance());
	}

	JsonResponse withBody(JsonNode body) {
		return new JsonResponse(this.status, this.headers, body);
	}

	boolean isSuccess() {
		return this.status / 100 == 2;
	}

	boolean isError() {
		return !isSuccess() || this.body.hasNonNull(ERROR);
	}

	boolean isUnauthorized() {
		return this.status == HttpStatus.UNAUTHORIZED.value();
	}

	/**
	 * Returns whether the response is known to have no body.
	 */
	boolean isEmpty() {
		return this.status == HttpStatus.NO_CONTENT.value() || this.headers.getContentLength() == 0;
	}

	/**
	 * Returns whether the content type is JSON or unknown.
	 */
	boolean mayBeJson() {
		if (!hasReadableContentType()) {
			return false;
		}
		MediaType type = this.headers.getContentType();
		return type == null || MediaType.APPLICATION_JSON.isCompatibleWith(type)
				|| "json".equals(type.getSubtypeSuffix());
	}

	/**
	 * Returns whether the content type is unknown or can be parsed.
	 */
	boolean hasReadableContentType() {
		try {
			this.headers.getContentType();
			return true;
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
	}

	@Nullable String requestId(Redaction redaction) {
		String requestId = this.headers.getFirst(REQUEST_ID_HEADER);
		return (requestId != null) ? redaction.clean(requestId, MAX_REQUEST_ID_LENGTH) : null;
	}

	@Override
	public String toString() {
		return "JsonResponse[status=" + this.status + "]";
	}

}
