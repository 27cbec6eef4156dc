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

package io.github.ultracartsso.web.session;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.SsoSession;

import org.springframework.security.core.Authentication;

/**
 * User of a request whose session is guarded.
 *
 * @param authentication the authentication in the security context
 * @param user the user at UltraCart behind it
 * @param ssoSession the user's SSO session
 * @param refreshDue whether the user is to be read again
 */
record GuardedUser(Authentication authentication, UltraCartUser user, SsoSession ssoSession, boolean refreshDue) {

	GuardedUser withAuthentication(Authentication other) {
		return new GuardedUser(other, this.user, this.ssoSession, this.refreshDue);
	}

}
