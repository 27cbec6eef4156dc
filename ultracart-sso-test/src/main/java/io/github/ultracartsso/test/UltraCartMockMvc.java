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

package io.github.ultracartsso.test;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedUser;

/**
 * Support for {@code MockMvc} tests of applications whose users sign in with UltraCart.
 *
 * @since 0.1
 */
public final class UltraCartMockMvc {

	private UltraCartMockMvc() {
	}

	/**
	 * Performs a request as a user who has signed in with UltraCart: <pre class="code">
	 * mvc.perform(get("/items").with(ultraCartLogin().permissions("View Items")))
	 * </pre> The application's {@code UltraCartUserMapper} maps the user, so that the
	 * request has the authorities that the application grants. UltraCart is not called.
	 * Where the application has an {@link UltraCartSimulator} bean, the user's key is
	 * valid there, with the given permissions and groups, so that the application can
	 * make calls on the user's behalf.
	 * @return a post-processor, by default for the login {@code user} without permissions
	 */
	public static UltraCartLoginRequestPostProcessor ultraCartLogin() {
		return new UltraCartLoginRequestPostProcessor(TestUser
			.of(SimulatedUser.withLogin(TestUser.DEFAULT_LOGIN).build(), UltraCartUser.DEFAULT_REGISTRATION_ID));
	}

}
