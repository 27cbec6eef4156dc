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
 * Gives UltraCart's own Java SDK what it needs to call the API on behalf of the user in
 * the security context:
 *
 * <pre class="code">
 * new OrderApi(ultraCartApiClients.forCurrentUser()).getOrder("DEMO-0009104390", "summary")
 * </pre>
 * <p>
 * The SDK gets no key. Its requests are sent, and bounded in number and time, as those of
 * the {@link UltraCartKeyInterceptor}; nothing that is set on the client changes that. An
 * answer that is not a success comes as the SDK's
 * {@link com.ultracart.admin.v2.util.ApiException}, except a 401, which ends the user's
 * session and comes as an
 * {@link io.github.ultracartsso.session.SsoSessionEndedException}. Where no answer comes,
 * the {@code ApiException} has status 0, and in its causes there is an
 * {@link io.github.ultracartsso.client.UltraCartApiException}.
 * <p>
 * The SDK's asynchronous methods fail.
 *
 * @since 0.1
 */
public final class UltraCartApiClients {

	private final UltraCartApiTransport transport;

	private final CurrentSsoSessions currentSsoSessions;

	private final OkHttpClient httpClient;

	/**
	 * Creates a factory.
	 * @param transport sends requests to UltraCart
	 * @param currentSsoSessions knows whom they are made for
	 */
	public UltraCartApiClients(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		UserCalls calls = new UserCalls(transport, currentSsoSessions);
		this.transport = transport;
		this.currentSsoSessions = currentSsoSessions;
		this.httpClient = new OkHttpClient.Builder()
			// it makes no connections, so it need not be able to make secure ones
			.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
			.addInterceptor(new UltraCartKeyOkHttpInterceptor(calls))
			.build();
	}

	/**
	 * Returns a client for the APIs of the SDK. Get one where it is needed: making it
	 * takes some milliseconds, after which several APIs may share it. Each call is made
	 * for whoever is signed in on the thread that makes it, so a client that is kept acts
	 * for nobody else's account.
	 * @return a new client
	 * @throws AuthenticationCredentialsNotFoundException if nobody has signed in with
	 * UltraCart
	 */
	public ApiClient forCurrentUser() {
		if (this.currentSsoSessions.find() == null) {
			throw UserCalls.unauthenticated("UltraCart's API");
		}
		return new ApiClient(this.httpClient).setBasePath(this.transport.baseUrl().toString());
	}

}
