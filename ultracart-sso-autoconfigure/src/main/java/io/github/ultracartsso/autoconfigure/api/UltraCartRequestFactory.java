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
import java.io.OutputStream;
import java.net.URI;

import io.github.ultracartsso.client.SecureTransport;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Creates requests that are sent to UltraCart with the credential of their caller, and to
 * no other host. As the end of a client, it comes after all interceptors that a client
 * has or is given later, so these apply and do not see the credential.
 */
final class UltraCartRequestFactory implements ClientHttpRequestFactory {

	private final URI baseUrl;

	private final UltraCartKeyInterceptor keyInterceptor;

	/**
	 * Creates a factory.
	 * @param baseUrl the URL of UltraCart's API
	 * @param keyInterceptor sends the requests with the credential of their caller
	 */
	UltraCartRequestFactory(URI baseUrl, UltraCartKeyInterceptor keyInterceptor) {
		this.baseUrl = baseUrl;
		this.keyInterceptor = keyInterceptor;
	}

	@Override
	public ClientHttpRequest createRequest(URI url, HttpMethod method) {
		return new Request(url, method);
	}

	private final class Request extends AbstractClientHttpRequest {

		private final FastByteArrayOutputStream body = new FastByteArrayOutputStream();

		private final URI url;

		private final HttpMethod method;

		Request(URI url, HttpMethod method) {
			this.url = url;
			this.method = method;
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.url;
		}

		@Override
		protected OutputStream getBodyInternal(HttpHeaders headers) {
			return this.body;
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			return UltraCartRequestFactory.this.keyInterceptor.intercept(this, this.body.toByteArray(),
					(request, bytes) -> {
						// only reached for other hosts, because the interceptor sends the
						// rest itself
						throw new IllegalArgumentException("This RestClient calls UltraCart at "
								+ UltraCartRequestFactory.this.baseUrl + " only, not " + SecureTransport.host(this.url)
								+ ". Use a RestClient of your own for other hosts");
					});
		}

	}

}
