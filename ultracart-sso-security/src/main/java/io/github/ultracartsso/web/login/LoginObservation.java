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

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.StateDigest;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;

import org.springframework.security.core.AuthenticationException;

/**
 * Observation {@code ultracart.sso.login} of one step of a login: its start or its
 * callback. Both are parts of the traces of their requests. The Observation API has no
 * link from one trace to another, so both have the same high-cardinality key
 * {@code login}, which a trace can be found by.
 */
final class LoginObservation implements AutoCloseable {

	static final String START = "start";

	static final String CALLBACK = "callback";

	private static final String NAME = "ultracart.sso.login";

	private final Observation observation;

	private final Observation.Scope scope;

	private String outcome = "redirected";

	LoginObservation(ObservationRegistry observationRegistry, String step) {
		this.observation = Observation.createNotStarted(NAME, observationRegistry)
			.contextualName("ultracart login " + step)
			.lowCardinalityKeyValue("step", step)
			.start();
		this.scope = this.observation.openScope();
	}

	/**
	 * Sets the login, of which the state is not revealed.
	 */
	void login(PendingLogin pendingLogin) {
		if (!this.observation.isNoop()) {
			this.observation.highCardinalityKeyValue("login", StateDigest.of(pendingLogin.state()));
		}
	}

	void succeeded() {
		this.outcome = "success";
	}

	void failed(AuthenticationException ex) {
		UltraCartLoginError error = UltraCartLoginError.of(ex);
		this.outcome = error.code();
		if (error.isServiceFailure()) {
			this.observation.error(ex);
		}
	}

	@Override
	public void close() {
		this.scope.close();
		this.observation.lowCardinalityKeyValue("outcome", this.outcome);
		this.observation.stop();
	}

}
