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
 * Why a call to UltraCart failed, apart from status codes.
 *
 * @since 0.1
 */
public enum UltraCartApiFailure {

	/**
	 * UltraCart refused the content of the request (400).
	 */
	INVALID_REQUEST,

	/**
	 * UltraCart refused the credential the call was made with (401): a wrong application
	 * key, or an SSO session that is over.
	 */
	CREDENTIAL_REJECTED,

	/**
	 * UltraCart has disabled the application (410). Only UltraCart can change that.
	 */
	APPLICATION_DISABLED,

	/**
	 * The application has made too many calls, or two at once (429).
	 */
	RATE_LIMITED,

	/**
	 * UltraCart refused the call for a reason it does not document (any other answer that
	 * is neither a success nor a server error).
	 */
	REFUSED,

	/**
	 * UltraCart failed (5xx).
	 */
	SERVER_ERROR,

	/**
	 * No answer came: the connection failed or a time limit passed. Whether UltraCart has
	 * acted on the request is unknown.
	 */
	NO_ANSWER,

	/**
	 * UltraCart reported success, but what it sent is not the documented answer.
	 */
	INVALID_ANSWER

}
