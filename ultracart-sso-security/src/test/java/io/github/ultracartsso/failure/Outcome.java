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

package io.github.ultracartsso.failure;

import java.time.Duration;

import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.failure.UltraCartFailure.Trait;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a failure, and the rules by which it does.
 *
 * @param failure what the client says of it, {@code null} if it takes no offence
 * @param requests how many requests UltraCart sees
 * @param delay what the person waits for
 * @param page what the person sees then
 */
record Outcome(@Nullable UltraCartApiFailure failure, int requests, Delay delay, String page) {

	private static final int ALL_ATTEMPTS = 3;

	/**
	 * Returns what has to come of a failure.
	 */
	static Outcome of(UltraCartFailure ultraCart, Step step) {
		UltraCartApiFailure failure = failure(ultraCart, step);
		int attempts = attempts(ultraCart, step, failure);
		return new Outcome(failure, ultraCart.is(Trait.UNREACHABLE) ? 0 : attempts, Delay.of(ultraCart, attempts),
				page(ultraCart, step, failure));
	}

	private static @Nullable UltraCartApiFailure failure(UltraCartFailure ultraCart, Step step) {
		boolean fine = switch (step) {
			case START, EXCHANGE -> false;
			case USER, REFRESH -> ultraCart.is(Trait.INCOMPLETE);
			case SIGN_OUT ->
				ultraCart.is(Trait.SUCCESS) || ultraCart.failure() == UltraCartApiFailure.CREDENTIAL_REJECTED;
		};
		return fine ? null : ultraCart.failure();
	}

	private static int attempts(UltraCartFailure ultraCart, Step step, @Nullable UltraCartApiFailure failure) {
		boolean passing = failure == UltraCartApiFailure.RATE_LIMITED || failure == UltraCartApiFailure.SERVER_ERROR
				|| failure == UltraCartApiFailure.NO_RESPONSE;
		boolean repeated = switch (step) {
			case START -> failure == UltraCartApiFailure.RATE_LIMITED || ultraCart.is(Trait.UNREACHABLE);
			case EXCHANGE -> false;
			case USER, REFRESH, SIGN_OUT -> passing;
		};
		if (!repeated || ultraCart.is(Trait.LASTING) || ultraCart.is(Trait.DRIPPING)) {
			return 1;
		}
		return ultraCart.is(Trait.SILENT) ? ALL_ATTEMPTS - 1 : ALL_ATTEMPTS;
	}

	private static String page(UltraCartFailure ultraCart, Step step, @Nullable UltraCartApiFailure failure) {
		return switch (step) {
			case START -> (failure != null) ? error(step, failure) : "goes on to UltraCart";
			case EXCHANGE -> (failure != null) ? error(step, failure) : "signed in";
			case USER -> (failure != null) ? error(step, failure)
					: ultraCart.is(Trait.INCOMPLETE) ? "`unavailable`" : "signed in";
			case REFRESH ->
				(failure == UltraCartApiFailure.CREDENTIAL_REJECTED || failure == UltraCartApiFailure.INVALID_REQUEST
						|| (failure == UltraCartApiFailure.REFUSED && ultraCart != UltraCartFailure.FOUND))
								? "is sent through a login" : "stays signed in";
			case SIGN_OUT -> "signed out";
		};
	}

	private static String error(Step step, UltraCartApiFailure failure) {
		return switch (failure) {
			case INVALID_REQUEST -> (step == Step.EXCHANGE) ? "`invalid_code`" : "`unavailable`";
			case CREDENTIAL_REJECTED -> (step == Step.USER) ? "`unavailable`" : "`application_rejected`";
			case APPLICATION_DISABLED -> "`application_disabled`";
			case RATE_LIMITED -> "`busy`";
			case REFUSED, SERVER_ERROR, NO_RESPONSE, INVALID_RESPONSE -> "`unavailable`";
		};
	}

	/**
	 * What makes a person wait.
	 */
	enum Delay {

		NOTHING("at once", Duration.ZERO, FailingCall.CALL_TIMEOUT),

		PAUSES("two pauses", Duration.ofMillis(200), FailingCall.CALL_TIMEOUT),

		READ_TIMEOUT("read timeout", FailingCall.READ_TIMEOUT, FailingCall.CALL_TIMEOUT),

		CALL_TIMEOUT("call timeout", FailingCall.CALL_TIMEOUT, FailingCall.CALL_TIMEOUT.multipliedBy(2));

		private final String description;

		private final Duration least;

		private final Duration most;

		Delay(String description, Duration least, Duration most) {
			this.description = description;
			this.least = least;
			this.most = most;
		}

		private static Delay of(UltraCartFailure ultraCart, int attempts) {
			if (ultraCart.is(Trait.DRIPPING)) {
				return CALL_TIMEOUT;
			}
			if (ultraCart.is(Trait.SILENT)) {
				return (attempts > 1) ? CALL_TIMEOUT : READ_TIMEOUT;
			}
			return (attempts > 1) ? PAUSES : NOTHING;
		}

		Duration least() {
			return this.least;
		}

		Duration most() {
			return this.most;
		}

		@Override
		public String toString() {
			return this.description;
		}

	}

}
