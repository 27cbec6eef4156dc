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

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * What UltraCart answered. The body is a missing node where it is not JSON.
 */
record Answer(int status, HttpHeaders headers, JsonNode body) {

	/**
	 * The member that tells of a failure.
	 */
	static final String ERROR = "error";

	/**
	 * The member that explains a failure whose {@link #ERROR} is a mere word, as in
	 * answers of OAuth.
	 */
	static final String ERROR_DESCRIPTION = "error_description";

	private static final String REQUEST_ID_HEADER = "X-UltraCart-Request-Id";

	private static final int MAX_REQUEST_ID_LENGTH = 64;

	Answer withBody(JsonNode body) {
		return new Answer(this.status, this.headers, body);
	}

	boolean isSuccess() {
		return this.status / 100 == 2;
	}

	boolean isUnauthorized() {
		return this.status == HttpStatus.UNAUTHORIZED.value();
	}

	/**
	 * Returns whether there is surely no body.
	 */
	boolean isEmpty() {
		return this.status == HttpStatus.NO_CONTENT.value() || this.headers.getContentLength() == 0;
	}

	/**
	 * Returns whether the body does not say that it is something else than JSON.
	 */
	boolean mayBeJson() {
		try {
			MediaType type = this.headers.getContentType();
			return type == null || MediaType.APPLICATION_JSON.isCompatibleWith(type)
					|| "json".equals(type.getSubtypeSuffix());
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
		return "Answer[status=" + this.status + "]";
	}

}
