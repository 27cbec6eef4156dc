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

package io.github.ultracartsso.client;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Why UltraCart is bound to fail an application's calls.
 */
enum Outage {

	/**
	 * The credential of the application is wrong. What is called with the keys of users
	 * goes on.
	 */
	REJECTED(UltraCartApiFailure.CREDENTIAL_REJECTED, "UltraCart rejects the credential of the application",
			"UltraCart rejects the credential of this application, so nobody can sign in. Check it"
					+ " (ultracart.sso.simple-key): it has to be the key of an authorized application that has the"
					+ " Single Sign-on write permission and whose allowed IP addresses, if any, include this machine's."
					+ " Where it is OAuth (ultracart.sso.oauth.*), authorize the developer application anew and set its"
					+ " refresh token"),

	/**
	 * UltraCart has disabled the application.
	 */
	DISABLED(UltraCartApiFailure.APPLICATION_DISABLED, "UltraCart has disabled the application",
			"UltraCart has disabled this application, so nobody can sign in. Only UltraCart can enable it again:"
					+ " ask its support"),

	/**
	 * UltraCart has failed several calls in a row.
	 */
	FAILING(UltraCartApiFailure.NO_ANSWER, "UltraCart has failed the calls before",
			"UltraCart has failed " + CircuitBreaker.TOLERATED_FAILURES + " calls in a row, so nobody can sign in for"
					+ " now. If it is not out of order, check ultracart.sso.base-url and this machine's way to it");

	private final UltraCartApiFailure failure;

	private final String reason;

	private final String advice;

	Outage(UltraCartApiFailure failure, String reason, String advice) {
		this.failure = failure;
		this.reason = reason;
		this.advice = advice;
	}

	/**
	 * Returns which outage such a failure shows by itself, or {@code null} if none. A
	 * refused {@code ssoToken} may be about the code, which anybody can make up; only
	 * {@code ssoAuthorize} is about the credential alone. What an application calls with
	 * the key of a user shows nothing: it may be about what it asks for.
	 */
	static @Nullable Outage of(GatedCall operation, UltraCartApiFailure failure) {
		if (failure == UltraCartApiFailure.APPLICATION_DISABLED && operation.isSingleSignOn()) {
			return DISABLED;
		}
		return (operation == SsoOperation.AUTHORIZE && failure == UltraCartApiFailure.CREDENTIAL_REJECTED) ? REJECTED
				: null;
	}

	/**
	 * Returns what the operator has to know and to do.
	 */
	String advice() {
		return this.advice;
	}

	boolean concerns(GatedCall operation) {
		return this != REJECTED || operation.isMadeByApplication();
	}

	/**
	 * Returns whether such an outcome of a call shows that this is over.
	 * @param operation the call
	 * @param failure how the call failed, or {@code null} if it did not
	 * @param begunBy the call that has shown that it had begun
	 */
	boolean isOverAfter(GatedCall operation, @Nullable UltraCartApiFailure failure, GatedCall begunBy) {
		if (this == FAILING) {
			return operation.healthAfter(failure) == GatedCall.Health.GOOD;
		}
		return isToldBy(operation, begunBy) && (failure == null || failure == UltraCartApiFailure.INVALID_REQUEST);
	}

	/**
	 * Returns whether the call can show at all that this is over. A key that is dead
	 * counts as revoked, which says nothing of the application.
	 * @param operation the call
	 * @param begunBy the call that has shown that it had begun
	 */
	boolean isToldBy(GatedCall operation, GatedCall begunBy) {
		if (this == FAILING) {
			return operation.isSingleSignOn();
		}
		return operation.isMadeByApplication()
				|| (operation == SsoOperation.SESSION_USER && !begunBy.isMadeByApplication());
	}

	UltraCartApiException refusal(GatedCall operation, Instant now, Duration left) {
		return UltraCartApiException
			.withFailure(this.failure,
					operation.callName() + " is not called before " + now.plus(left) + ", because " + this.reason)
			.call(operation.callName())
			.retryAfter(left)
			.notSent()
			.build();
	}

}
