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
 * What must never be seen where it does not belong.
 */
public final class TestSecrets {

	public static final SimpleKey APPLICATION_KEY = SimpleKey
		.of("a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1");

	public static final SimpleKey USER_KEY = SimpleKey
		.of("b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2");

	public static final String CLIENT_ID = "5e31+client";

	public static final OAuthToken REFRESH_TOKEN = OAuthToken.of("r3fr3sh/t0ken&a=1");

	public static final OAuthToken ACCESS_TOKEN = OAuthToken.of("4cc355-t0ken~._+/==");

	public static final String CODE = "c0ffee00c0ffee00c0ffee00c0ffee00";

	public static final String STATE = "s7Yp-3kQ_state_zJ0bXv9dLw1mNc5rTf8hGa2eUi4oK6";

	private TestSecrets() {
	}

	/**
	 * Returns all of them, in clear.
	 */
	public static String[] inClear() {
		return new String[] { APPLICATION_KEY.value(), USER_KEY.value(), REFRESH_TOKEN.value(), ACCESS_TOKEN.value(),
				CODE, STATE };
	}

}
