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

import java.net.URI;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionEndedException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.util.Assert;

/**
 * Calls UltraCart's API with the key of the user in the security context, and ends the
 * user's SSO session where UltraCart does not know its key any more.
 */
final class UserCalls implements ApiCalls {

	private final UltraCartApiTransport transport;

	private final CurrentSsoSessions currentSsoSessions;

	UserCalls(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		Assert.notNull(transport, "transport cannot be null");
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.transport = transport;
		this.currentSsoSessions = currentSsoSessions;
	}

	@Override
	public boolean leadTo(URI url) {
		return this.transport.leadsTo(url);
	}

	/**
	 * Makes a call for the user in the security context of this thread.
	 * @return UltraCart's response, other than that it does not know the key
	 * @throws AuthenticationCredentialsNotFoundException if there is no SSO session
	 * @throws AccessDeniedException if another user acts as the user
	 * @throws SsoSessionEndedException if the SSO session is over
	 * @throws UltraCartApiException if no response came that can be used
	 */
	@Override
	public UltraCartApiResponse make(HttpRequest request, byte[] body) {
		SsoSession ssoSession = this.currentSsoSessions.find();
		if (ssoSession == null) {
			throw missing(UltraCartApiTransport.nameOf(request));
		}
		UltraCartApiResponse response = this.transport.send(request, body, ssoSession.simpleKey());
		UltraCartApiException failure = response.getFailure();
		if (failure != null && failure.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED) {
			this.currentSsoSessions.endRefused(ssoSession);
			throw new SsoSessionEndedException(
					"UltraCart does not know the user's key any more: " + failure.getMessage(), failure.getRequestId());
		}
		return response;
	}

	/**
	 * Explains why there is no SSO session. A login would not help a user who acts as
	 * another user: it would end the impersonation.
	 */
	RuntimeException missing(String called) {
		if (this.currentSsoSessions.isImpersonation()) {
			return new AccessDeniedException(
					called + " is called on behalf of an impersonated user." + " Neither user's key is used for that");
		}
		if (this.currentSsoSessions.isUserPresent()) {
			return new AuthenticationCredentialsNotFoundException(called + " is called on behalf of a user whose SSO"
					+ " session is over or is not known on the thread '" + Thread.currentThread().getName()
					+ "'. A token that was made by hand has no SSO session; in tests use @WithUltraCartUser");
		}
		return new AuthenticationCredentialsNotFoundException(called + " is called on behalf of a user, but no user"
				+ " who has signed in with UltraCart is known on the thread '" + Thread.currentThread().getName()
				+ "'. Protect what makes the call, and propagate the security context to other threads, for instance"
				+ " with a DelegatingSecurityContextExecutor. For work that is not a user's, as a scheduled job, call"
				+ " UltraCart as the application: @UltraCartApi(as = Caller.APPLICATION)");
	}

}
