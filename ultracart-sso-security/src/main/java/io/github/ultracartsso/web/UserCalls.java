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

package io.github.ultracartsso.web;

import java.net.URI;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionEndedException;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Makes calls of UltraCart's API with the SSO session of whoever they are made for, and
 * ends it where UltraCart does not know its key any more.
 */
final class UserCalls {

	private final UltraCartApiTransport transport;

	private final CurrentSsoSessions currentSsoSessions;

	UserCalls(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		Assert.notNull(transport, "transport cannot be null");
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.transport = transport;
		this.currentSsoSessions = currentSsoSessions;
	}

	boolean leadTo(URI url) {
		return this.transport.leadsTo(url);
	}

	/**
	 * Makes a call for the user in the security context of this thread.
	 */
	UltraCartApiResponse make(HttpRequest request, byte[] body) {
		return make(request, body, this.currentSsoSessions.authentication());
	}

	/**
	 * Makes a call for a user.
	 * @return UltraCart's answer, other than that it does not know the key
	 * @throws AuthenticationCredentialsNotFoundException if there is no SSO session
	 * @throws SsoSessionEndedException if the SSO session is over
	 * @throws UltraCartApiException if no answer came that can be used
	 */
	UltraCartApiResponse make(HttpRequest request, byte[] body, @Nullable Authentication user) {
		SsoSession ssoSession = this.currentSsoSessions.find(user);
		if (ssoSession == null) {
			throw nobody(UltraCartApiTransport.nameOf(request));
		}
		UltraCartApiResponse response = this.transport.send(request, body, ssoSession.simpleKey());
		UltraCartApiException failure = response.getFailure();
		if (failure != null && failure.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED) {
			this.currentSsoSessions.end(ssoSession);
			throw new SsoSessionEndedException(
					"UltraCart does not know the user's key any more: " + failure.getMessage(), failure.getRequestId());
		}
		return response;
	}

	static AuthenticationCredentialsNotFoundException nobody(String called) {
		return new AuthenticationCredentialsNotFoundException(called + " is called on behalf of a user, but nobody is"
				+ " known on the thread '" + Thread.currentThread().getName() + "' who has signed in with UltraCart."
				+ " Protect what makes the call, and carry the security context to other threads, for instance with a"
				+ " DelegatingSecurityContextExecutor");
	}

}
