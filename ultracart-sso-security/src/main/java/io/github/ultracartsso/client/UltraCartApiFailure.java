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

/**
 * Why a call to UltraCart failed.
 *
 * @since 0.1
 */
public enum UltraCartApiFailure {

	/**
	 * UltraCart rejected the content of the request (400).
	 */
	INVALID_REQUEST,

	/**
	 * UltraCart rejected the credential of the call (401): a wrong application key, or an
	 * SSO session that is over.
	 */
	CREDENTIAL_REJECTED,

	/**
	 * UltraCart has disabled the application (410). Only UltraCart can change that.
	 */
	APPLICATION_DISABLED,

	/**
	 * The application has made too many calls, or concurrent calls (429).
	 */
	RATE_LIMITED,

	/**
	 * UltraCart refused the call for an undocumented reason (any other status that is
	 * neither a success nor a server error), or, in calls that are not part of single
	 * sign-on, reported success with an error in the response.
	 */
	REFUSED,

	/**
	 * UltraCart failed (5xx).
	 */
	SERVER_ERROR,

	/**
	 * No response was received: the connection failed or timed out. Whether UltraCart has
	 * processed the request is unknown.
	 */
	NO_RESPONSE,

	/**
	 * UltraCart reported success, but the response is not the documented one.
	 */
	INVALID_RESPONSE

}
