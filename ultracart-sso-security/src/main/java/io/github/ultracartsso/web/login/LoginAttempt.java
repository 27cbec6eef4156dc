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

package io.github.ultracartsso.web.login;

import io.github.ultracartsso.login.CallbackTurn;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.session.SsoSession;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * What is known of a login while its callback is handled. It is kept in the request,
 * since the filter passes control to its superclass in between.
 */
final class LoginAttempt implements AutoCloseable {

	private static final String ATTRIBUTE = LoginAttempt.class.getName();

	/**
	 * When the callback arrived, as {@link System#nanoTime()}.
	 */
	final long arrivedAt = System.nanoTime();

	final LoginObservation observation;

	private final ServletRequest request;

	@Nullable CallbackTurn turn;

	@Nullable PendingLogin pendingLogin;

	/**
	 * The SSO session, from the exchange of the code on.
	 */
	@Nullable SsoSession ssoSession;

	/**
	 * The authentication of the user, from when it begins to be stored.
	 */
	@Nullable Authentication authentication;

	private LoginAttempt(ServletRequest request, LoginObservation observation) {
		this.request = request;
		this.observation = observation;
	}

	static LoginAttempt begin(ServletRequest request, LoginObservation observation) {
		LoginAttempt attempt = new LoginAttempt(request, observation);
		request.setAttribute(ATTRIBUTE, attempt);
		return attempt;
	}

	static LoginAttempt of(ServletRequest request) {
		LoginAttempt attempt = (LoginAttempt) request.getAttribute(ATTRIBUTE);
		Assert.state(attempt != null, "There is no login attempt outside the filter");
		return attempt;
	}

	@Override
	public void close() {
		this.request.removeAttribute(ATTRIBUTE);
		if (this.turn != null) {
			this.turn.close();
		}
		this.observation.close();
	}

}
