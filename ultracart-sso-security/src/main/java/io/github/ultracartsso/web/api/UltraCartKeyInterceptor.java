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

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionEndedException;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Lets a {@link org.springframework.web.client.RestClient} or
 * {@link org.springframework.web.client.RestTemplate} of the application call UltraCart's
 * API on behalf of the user in the security context, or as the application:
 *
 * <pre class="code">
 * RestClient.builder().baseUrl("https://secure.ultracart.com/rest/v2").requestInterceptor(interceptor)
 * </pre>
 * <ul>
 * <li>A request to the scheme, host and port of UltraCart's API gets the user's key, or
 * the application's credential, and the version of the API unless it has one. Requests to
 * other origins are not changed.</li>
 * <li>The interceptor sends the request itself. So neither another interceptor nor an
 * HTTP library that follows redirects sees the credential. The request factory of the
 * client and its timeouts apply to other origins only.</li>
 * <li>The request waits in the queue of all calls of the application, at most for
 * {@code ultracart.sso.http.queue-timeout}, and calls for users go before those of the
 * application. It takes at most {@code ultracart.sso.http.call-timeout}, and is not
 * retried. Only a request of the application with an access token that UltraCart rejects
 * with 401 is sent again, with a new token.</li>
 * <li>A response that is not successful, or that contains an {@code error}, is thrown as
 * an {@link io.github.ultracartsso.client.UltraCartApiException}, before the status
 * handlers of the client are called.</li>
 * <li>In calls for a user, a 401 ends the user's session and is thrown as an
 * {@link io.github.ultracartsso.session.SsoSessionEndedException}, which Spring Security
 * handles with a login. If no user is signed in, an
 * {@link org.springframework.security.authentication.AuthenticationCredentialsNotFoundException}
 * is thrown. If another user acts as the user in the security context, an
 * {@link org.springframework.security.access.AccessDeniedException} is thrown.</li>
 * </ul>
 * Register it last: interceptors after it are not called for requests to UltraCart.
 *
 * @since 0.1
 * @see UltraCartApi
 */
public final class UltraCartKeyInterceptor implements ClientHttpRequestInterceptor {

	private final ApiCalls calls;

	/**
	 * Creates an interceptor for calls on behalf of the user in the security context.
	 * @param transport sends requests to UltraCart
	 * @param currentSsoSessions finds the user that they are sent for
	 */
	public UltraCartKeyInterceptor(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		this.calls = new UserCalls(transport, currentSsoSessions);
	}

	/**
	 * Creates an interceptor for calls of the application's own.
	 * @param transport sends requests to UltraCart
	 * @param applicationCredential authenticates the application
	 */
	public UltraCartKeyInterceptor(UltraCartApiTransport transport, ApplicationCredential applicationCredential) {
		this.calls = new ApplicationCalls(transport, applicationCredential);
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return this.calls.leadTo(request.getURI()) ? this.calls.make(request, body).orThrow()
				: execution.execute(request, body);
	}

}
