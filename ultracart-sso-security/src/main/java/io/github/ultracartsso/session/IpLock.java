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

package io.github.ultracartsso.session;

/**
 * How the session of a signed-in user is locked to the IP address of the login.
 *
 * @since 0.1
 */
public enum IpLock {

	/**
	 * Sessions are not locked.
	 */
	OFF,

	/**
	 * Requests must come from the address that the login was completed from.
	 */
	PIN,

	/**
	 * As {@link #PIN}, and UltraCart must have seen the same address.
	 */
	ENFORCE,

	/**
	 * As {@link #ENFORCE}, but what it would reject is only logged and published.
	 */
	WARN

}
