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

package io.github.ultracartsso.authentication;

import io.github.ultracartsso.client.User;

/**
 * Maps UltraCart's user to the principal of the application. Implement it to look up
 * users in the application's own records, or to reject users. It corresponds to the
 * {@link org.springframework.security.core.userdetails.UserDetailsService} of logins with
 * a password.
 *
 * @since 0.1
 * @see DefaultUltraCartUserMapper
 */
@FunctionalInterface
public interface UltraCartUserMapper {

	/**
	 * Returns the principal for the user.
	 * @param user the user that UltraCart signed in, with a {@code userId} and a
	 * {@code login}
	 * @return the principal
	 * @throws org.springframework.security.core.AuthenticationException if the
	 * application rejects the user. The login fails with {@code denied}, and the SSO
	 * session is revoked
	 */
	UltraCartUser mapUser(User user);

}
