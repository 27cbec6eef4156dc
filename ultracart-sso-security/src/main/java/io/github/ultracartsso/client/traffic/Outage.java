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

package io.github.ultracartsso.client.traffic;

import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

/**
 * Why the circuit is open.
 */
enum Outage {

	/**
	 * UltraCart rejects the application's credential. Calls with users' keys go on.
	 */
	REJECTED(UltraCartApiFailure.CREDENTIAL_REJECTED, "UltraCart rejects the credential of the application",
			"UltraCart rejects the credential of this application, so users cannot sign in. Check it"
					+ " (ultracart.sso.simple-key): it must be the key of an authorized application that has the"
					+ " Single Sign-on write permission and whose allowed IP addresses, if any, include this machine's."
					+ " With OAuth (ultracart.sso.oauth.*), authorize the developer application anew and set its"
					+ " refresh token"),

	/**
	 * UltraCart has disabled the application.
	 */
	DISABLED(UltraCartApiFailure.APPLICATION_DISABLED, "UltraCart has disabled the application",
			"UltraCart has disabled this application, so users cannot sign in. Only UltraCart can enable it again:"
					+ " ask its support"),

	/**
	 * UltraCart has failed several calls in a row.
	 */
	FAILING(UltraCartApiFailure.NO_RESPONSE, "UltraCart has failed the calls before",
			"UltraCart has failed " + CircuitBreaker.TOLERATED_FAILURES + " calls in a row, so users cannot sign in for"
					+ " now. If UltraCart is not down, check ultracart.sso.base-url and this machine's network");

	private final UltraCartApiFailure failure;

	private final String reason;

	private final String advice;

	Outage(UltraCartApiFailure failure, String reason, String advice) {
		this.failure = failure;
		this.reason = reason;
		this.advice = advice;
	}

	/**
	 * Returns the outage that one failure proves, or {@code null} if none. A rejected
	 * {@code ssoToken} may be due to a forged code; only {@code ssoAuthorize} is about
	 * the credential alone. Calls that are not part of single sign-on prove nothing: they
	 * may be rejected because of what they ask for.
	 */
	static @Nullable Outage provedBy(CallKind kind, UltraCartApiFailure failure) {
		if (failure == UltraCartApiFailure.APPLICATION_DISABLED && kind.isSingleSignOn()) {
			return DISABLED;
		}
		return (kind == CallKind.AUTHORIZE && failure == UltraCartApiFailure.CREDENTIAL_REJECTED) ? REJECTED : null;
	}

	/**
	 * Returns the failure that rejected calls are reported with.
	 */
	UltraCartApiFailure failure() {
		return this.failure;
	}

	String reason() {
		return this.reason;
	}

	/**
	 * Returns what the operator has to know and to do.
	 */
	String advice() {
		return this.advice;
	}

}
