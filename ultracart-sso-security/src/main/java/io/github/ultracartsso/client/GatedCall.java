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

import org.jspecify.annotations.Nullable;

/**
 * A call of UltraCart's API as those see it who decide whether it may be made now.
 */
interface GatedCall {

	/**
	 * Returns the name of the call, as it stands in logs and exceptions.
	 */
	String callName();

	/**
	 * Returns whether the call is part of single sign-on. Any other is an application's
	 * own affair, and its failure may be as well.
	 */
	boolean isSingleSignOn();

	/**
	 * Returns whether the call is made with the credential of the application, not with
	 * the key of a user.
	 */
	boolean isMadeByApplication();

	/**
	 * Tells what such an outcome of the call says of UltraCart as a whole.
	 * @param failure how the call failed, or {@code null} if it did not
	 */
	Health healthAfter(@Nullable UltraCartApiFailure failure);

	/**
	 * What a call says of UltraCart as a whole.
	 */
	enum Health {

		GOOD, BAD, UNKNOWN

	}

}
