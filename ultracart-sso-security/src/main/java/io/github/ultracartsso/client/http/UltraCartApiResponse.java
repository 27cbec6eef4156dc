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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

import io.github.ultracartsso.client.UltraCartApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/**
 * UltraCart's response to a call made with a user's key or the application's credential.
 * It is held in memory, so it can be read at any time and several times, and need not be
 * closed. An error response contains neither.
 *
 * @since 0.1
 */
public final class UltraCartApiResponse implements ClientHttpResponse {

	private final HttpStatusCode status;

	private final HttpHeaders headers;

	private final byte[] body;

	private final Supplier<String> call;

	private final @Nullable UltraCartApiException failure;

	UltraCartApiResponse(HttpStatusCode status, HttpHeaders headers, byte[] body, Supplier<String> call,
			@Nullable UltraCartApiException failure) {
		this.status = status;
		this.headers = HttpHeaders.readOnlyHttpHeaders(headers);
		this.body = body;
		this.call = call;
		this.failure = failure;
	}

	/**
	 * Returns which call a message is the response to, also where a client has wrapped
	 * the response.
	 * @param message what a message converter reads
	 * @return the name of the call as in {@link UltraCartApiException#getCall()}, or
	 * {@code null} if the message is no response of UltraCart
	 * @throws IOException if the message has no body
	 */
	public static @Nullable String callOf(HttpInputMessage message) throws IOException {
		return (message.getBody() instanceof Body body) ? body.call.get() : null;
	}

	/**
	 * Returns the response as an exception.
	 * @return the failure of the call, or {@code null} if it is a success (2xx) without
	 * an {@code error}
	 */
	public @Nullable UltraCartApiException getFailure() {
		return this.failure;
	}

	/**
	 * Returns the response if it is a success (2xx) without an {@code error}.
	 * @return this response
	 * @throws UltraCartApiException if it is not
	 */
	public UltraCartApiResponse orThrow() {
		if (this.failure != null) {
			throw this.failure;
		}
		return this;
	}

	UltraCartApiResponse withFailure(UltraCartApiException failure) {
		return new UltraCartApiResponse(this.status, this.headers, this.body, this.call, failure);
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return this.status;
	}

	/**
	 * Returns an empty text, because the reason phrase may be any text.
	 */
	@Override
	public String getStatusText() {
		return "";
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.headers;
	}

	/**
	 * Returns the body.
	 * @return a copy of the body, empty if there is none
	 */
	public byte[] bytes() {
		return this.body.clone();
	}

	@Override
	public InputStream getBody() {
		return new Body(this.body, this.call);
	}

	/**
	 * Does nothing, because nothing is open.
	 */
	@Override
	public void close() {
	}

	@Override
	public String toString() {
		return "UltraCartApiResponse[" + this.status + "]";
	}

	/**
	 * The body, which knows its call. Clients wrap responses, but not their bodies.
	 */
	private static final class Body extends ByteArrayInputStream {

		private final Supplier<String> call;

		Body(byte[] bytes, Supplier<String> call) {
			super(bytes);
			this.call = call;
		}

	}

}
