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

package io.github.ultracartsso.web.api;

import java.io.IOException;
import java.net.URI;

import com.ultracart.admin.v2.util.ApiCallback;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;

/**
 * Sends the requests of UltraCart's SDK through {@link UserCalls} instead of the HTTP
 * client of the SDK.
 */
final class UltraCartKeyOkHttpInterceptor implements Interceptor {

	private final UserCalls calls;

	UltraCartKeyOkHttpInterceptor(UserCalls calls) {
		this.calls = calls;
	}

	/**
	 * Sends a request.
	 * @throws IOException if there is no response. The SDK turns it into an
	 * {@code ApiException}
	 */
	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		URI url = request.url().uri();
		if (!this.calls.leadTo(url)) {
			throw new IOException(
					"An ApiClient made by UltraCartApiClients calls UltraCart alone, not " + url.getHost());
		}
		// the SDK tags asynchronous requests so
		if (request.tag() instanceof ApiCallback<?>) {
			throw new IOException("An ApiClient made by UltraCartApiClients makes no asynchronous calls, because"
					+ " no user is signed in on the threads that make them. Call the method that returns the result"
					+ " on a thread that the security context is propagated to");
		}
		UserRequest call = new UserRequest(HttpMethod.valueOf(request.method()), url, headers(request));
		try {
			return response(request, this.calls.make(call, body(request.body())));
		}
		catch (UltraCartApiException ex) {
			throw new IOException(ex.getMessage(), ex);
		}
	}

	private static HttpHeaders headers(Request request) {
		HttpHeaders headers = new HttpHeaders();
		request.headers().forEach((header) -> headers.add(header.getFirst(), header.getSecond()));
		MediaType type = (request.body() != null) ? request.body().contentType() : null;
		if (type != null) {
			headers.set(HttpHeaders.CONTENT_TYPE, type.toString());
		}
		return headers;
	}

	private static byte[] body(@Nullable RequestBody body) throws IOException {
		if (body == null) {
			return new byte[0];
		}
		try (Buffer buffer = new Buffer()) {
			body.writeTo(buffer);
			return buffer.readByteArray();
		}
	}

	private static Response response(Request request, UltraCartApiResponse response) {
		HttpHeaders headers = response.getHeaders();
		Headers.Builder copy = new Headers.Builder();
		headers.forEach((name, values) -> values.forEach((value) -> copy.addUnsafeNonAscii(name, value)));
		String type = headers.getFirst(HttpHeaders.CONTENT_TYPE);
		return new Response.Builder().request(request)
			.protocol(Protocol.HTTP_1_1)
			.code(response.getStatusCode().value())
			.message(reason(response.getStatusCode().value()))
			.headers(copy.build())
			.body(ResponseBody.create(response.bytes(), (type != null) ? MediaType.parse(type) : null))
			.build();
	}

	private static String reason(int status) {
		HttpStatus known = HttpStatus.resolve(status);
		return (known != null) ? known.getReasonPhrase() : "";
	}

}
