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

/**
 * The order in which calls that wait are made, first to last. Calls of the same priority
 * are made in the order in which they came.
 *
 * @since 0.1
 */
public enum CallPriority {

	/**
	 * A user waits to sign out.
	 */
	SIGN_OUT,

	/**
	 * A login that has been started is completed, in a browser in which one was completed
	 * before or for a user whose code was exchanged.
	 */
	LOGIN,

	/**
	 * A login is started in a browser in which one was completed before.
	 */
	KNOWN_START,

	/**
	 * A code is exchanged in a browser in which no login was completed before. Anyone can
	 * cause this with a forged code.
	 */
	NEW_LOGIN,

	/**
	 * A login is started in a browser in which none was completed before. Anyone can
	 * cause this.
	 */
	START,

	/**
	 * A user whose permissions are far older than they should be is read again.
	 */
	OVERDUE,

	/**
	 * The application makes a call for a user.
	 */
	USER,

	/**
	 * The application makes a call of its own, as in a scheduled job.
	 */
	APPLICATION,

	/**
	 * No user waits for the call, or it can be made later.
	 */
	BACKGROUND

}
