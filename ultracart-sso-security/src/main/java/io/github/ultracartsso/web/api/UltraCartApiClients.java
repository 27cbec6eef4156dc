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

import java.util.List;

import com.ultracart.admin.v2.util.ApiClient;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionEndedException;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;

/**
 * Creates clients for UltraCart's own Java SDK that call the API on behalf of the user in
 * the security context:
 *
 * <pre class="code">
 * new OrderApi(ultraCartApiClients.forCurrentUser()).getOrder("DEMO-0009104390", "summary")
 * </pre>
 * <p>
 * The SDK gets no key. Its requests are sent, and limited in number and time, like those
 * of the {@link UltraCartKeyInterceptor}. Nothing that is set on the client changes that.
 * A response that is not successful is thrown as the SDK's
 * {@link com.ultracart.admin.v2.util.ApiException}, except a 401: it ends the user's
 * session and is thrown as an
 * {@link io.github.ultracartsso.session.SsoSessionEndedException}. If there is no
 * response, the {@code ApiException} has status 0 and an
 * {@link io.github.ultracartsso.client.UltraCartApiException} among its causes.
 * <p>
 * The asynchronous methods of the SDK are not supported and fail.
 *
 * @since 0.1
 */
public final class UltraCartApiClients {

	private final UltraCartApiTransport transport;

	private final CurrentSsoSessions currentSsoSessions;

	private final UserCalls calls;

	private final OkHttpClient httpClient;

	/**
	 * Creates a factory.
	 * @param transport sends requests to UltraCart
	 * @param currentSsoSessions finds the user that they are sent for
	 */
	public UltraCartApiClients(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		this.calls = new UserCalls(transport, currentSsoSessions);
		this.transport = transport;
		this.currentSsoSessions = currentSsoSessions;
		this.httpClient = new OkHttpClient.Builder()
			// it opens no connections, so it needs no TLS
			.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
			.addInterceptor(new UltraCartKeyOkHttpInterceptor(this.calls))
			.build();
	}

	/**
	 * Returns a client for the APIs of the SDK. Creating one takes some milliseconds.
	 * Several APIs may share it. Each call is made for the user in the security context
	 * of the thread that makes it, so a client that is kept never acts for the user that
	 * it was created for on the thread of another.
	 * @return a new client
	 * @throws AuthenticationCredentialsNotFoundException if no user has signed in with
	 * UltraCart
	 */
	public ApiClient forCurrentUser() {
		if (this.currentSsoSessions.find() == null) {
			throw this.calls.missing("UltraCart's API");
		}
		return new ApiClient(this.httpClient).setBasePath(this.transport.baseUrl().toString());
	}

}
