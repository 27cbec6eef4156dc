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

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * Recognizes authentications that rest on a login with UltraCart, alone or together with
 * other factors, and replaces the authorities that this login granted. Not part of the
 * API.
 */
public final class UltraCartFactor {

	private UltraCartFactor() {
	}

	/**
	 * Returns whether a login with UltraCart is one of the factors.
	 * @param authentication the authentication of a user
	 * @return {@code true} if it is
	 */
	public static boolean isIn(Authentication authentication) {
		return authentication instanceof UltraCartAuthenticationToken || authentication.getAuthorities()
			.stream()
			.anyMatch((authority) -> UltraCartAuthenticationProvider.FACTOR_AUTHORITY.equals(authority.getAuthority()));
	}

	/**
	 * Returns whether a user has signed in with UltraCart since a time.
	 * @param authentication the authentication of the user, or {@code null}
	 * @param time the time, compared to the millisecond
	 * @return {@code true} if the factor was issued at that time or later
	 */
	public static boolean isIssuedSince(@Nullable Authentication authentication, Instant time) {
		return authentication != null && authentication.getAuthorities()
			.stream()
			.anyMatch((authority) -> authority instanceof FactorGrantedAuthority factor
					&& UltraCartAuthenticationProvider.FACTOR_AUTHORITY.equals(factor.getAuthority())
					&& factor.getIssuedAt().toEpochMilli() >= time.toEpochMilli());
	}

	/**
	 * Replaces the authorities that UltraCart grants. Those of other logins stay.
	 * @param authentication the authentication of the user
	 * @param before the user whose authorities are in the authentication
	 * @param now the same user as read again
	 * @return the authentication with the authorities, and the principal if that is an
	 * {@link UltraCartUser}, of {@code now}
	 */
	public static Authentication replaceUser(Authentication authentication, UltraCartUser before, UltraCartUser now) {
		Authentication.Builder<?> builder = authentication.toBuilder().authorities((authorities) -> {
			Set<String> withdrawn = names(before);
			withdrawn.remove(UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
			authorities.removeIf((authority) -> withdrawn.contains(authority.getAuthority()));
			Set<String> present = authorities.stream().map(UltraCartFactor::name).collect(Collectors.toSet());
			now.authorityList()
				.stream()
				.filter((authority) -> !present.contains(name(authority)))
				.forEach(authorities::add);
		});
		return (authentication.getPrincipal() instanceof UltraCartUser) ? builder.principal(now).build()
				: builder.build();
	}

	/**
	 * Removes the authorities that an earlier login of the same user granted. Otherwise
	 * they would survive a login that grants less, because Spring Security combines the
	 * authorities of several logins.
	 * @param authentication the current authentication
	 * @param user the user whose authorities are in it
	 * @return the authentication without these authorities
	 */
	public static Authentication withoutGrantsOf(Authentication authentication, UltraCartUser user) {
		Set<String> granted = names(user);
		return authentication.toBuilder()
			.authorities(
					(authorities) -> authorities.removeIf((authority) -> granted.contains(authority.getAuthority())))
			.build();
	}

	private static Set<String> names(UltraCartUser user) {
		return user.authorityList().stream().map(UltraCartFactor::name).collect(Collectors.toSet());
	}

	private static String name(GrantedAuthority authority) {
		return String.valueOf(authority.getAuthority());
	}

}
