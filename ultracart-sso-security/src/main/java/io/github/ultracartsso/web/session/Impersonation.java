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

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;

/**
 * Finds the original authentication of a user who acts as another user by means of a
 * {@link SwitchUserFilter}. An authority of the other user's authentication holds it. Not
 * part of the API.
 */
public final class Impersonation {

	private Impersonation() {
	}

	/**
	 * Returns whether an authentication is that of an impersonated user.
	 * @param authentication the authentication
	 * @return {@code true} if there is an original authentication
	 */
	public static boolean isIn(Authentication authentication) {
		return authority(authentication) != null;
	}

	/**
	 * Returns the authentication with which the user signed in.
	 * @param authentication the authentication in the security context
	 * @return the original authentication, or the same one if it is the original
	 */
	public static Authentication original(Authentication authentication) {
		Authentication current = authentication;
		for (SwitchUserGrantedAuthority authority = authority(current); authority != null;) {
			current = authority.getSource();
			authority = authority(current);
		}
		return current;
	}

	/**
	 * Replaces the original authentication.
	 * @return an authentication of the same user, or the same one if nothing changes
	 */
	static Authentication withOriginal(Authentication authentication, Authentication original) {
		SwitchUserGrantedAuthority authority = authority(authentication);
		if (authority == null) {
			return original;
		}
		Authentication source = withOriginal(authority.getSource(), original);
		if (source == authority.getSource()) {
			return authentication;
		}
		return authentication.toBuilder().authorities((authorities) -> {
			authorities.removeIf((candidate) -> candidate == authority);
			authorities.add(new SwitchUserGrantedAuthority(authority.getAuthority(), source));
		}).build();
	}

	/**
	 * Finds the authority that the filter uses for the way back, which is the last.
	 */
	private static @Nullable SwitchUserGrantedAuthority authority(Authentication authentication) {
		SwitchUserGrantedAuthority last = null;
		for (GrantedAuthority authority : authentication.getAuthorities()) {
			if (authority instanceof SwitchUserGrantedAuthority switchUser) {
				last = switchUser;
			}
		}
		return last;
	}

}
