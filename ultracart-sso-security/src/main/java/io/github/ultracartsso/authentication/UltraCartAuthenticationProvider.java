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

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashSet;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.jspecify.annotations.Nullable;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.util.Assert;

/**
 * Authenticates the key that UltraCart issued for a user: reads the user that the key
 * belongs to and maps them to the principal. The key is erased from the attempt whatever
 * the outcome. The caller keeps or revokes it.
 *
 * @since 0.1
 * @see UltraCartLoginAuthenticationToken
 * @see UltraCartAuthenticationToken
 */
public final class UltraCartAuthenticationProvider implements AuthenticationProvider {

	/**
	 * Authority of the factor that every login with UltraCart proves.
	 */
	public static final String FACTOR_AUTHORITY = "FACTOR_ULTRACART_SSO";

	/**
	 * Role of every user who has signed in with UltraCart, without the prefix of roles.
	 */
	public static final String USER_ROLE = "ULTRACART_USER";

	private final UltraCartUserReader userReader;

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a provider.
	 * @param client reads the user
	 * @param userMapper maps the user to the principal
	 */
	public UltraCartAuthenticationProvider(UltraCartSsoClient client, UltraCartUserMapper userMapper) {
		this(new UltraCartUserReader(client, userMapper));
	}

	/**
	 * Creates a provider.
	 * @param userReader reads the user and maps them to the principal
	 */
	public UltraCartAuthenticationProvider(UltraCartUserReader userReader) {
		Assert.notNull(userReader, "userReader cannot be null");
		this.userReader = userReader;
	}

	/**
	 * Sets the clock for the time at which the factor is issued. Defaults to the system
	 * clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Authenticates the key.
	 * @param authentication an {@link UltraCartLoginAuthenticationToken}
	 * @return an {@link UltraCartAuthenticationToken}, or {@code null} if there is no key
	 * @throws UltraCartLoginException if the user cannot be read or is incomplete
	 * @throws AuthenticationException if the user mapper rejects the user
	 */
	@Override
	public @Nullable Authentication authenticate(Authentication authentication) throws AuthenticationException {
		UltraCartLoginAuthenticationToken attempt = (UltraCartLoginAuthenticationToken) authentication;
		SimpleKey simpleKey = attempt.getCredentials();
		if (simpleKey == null) {
			return null;
		}
		try {
			UltraCartUser principal = this.userReader.mapUser(this.userReader.readUser(simpleKey));
			UltraCartAuthenticationToken result = new UltraCartAuthenticationToken(principal, authorities(principal));
			result.setDetails(attempt.getDetails());
			return result;
		}
		finally {
			attempt.eraseCredentials();
		}
	}

	private Collection<GrantedAuthority> authorities(UltraCartUser principal) {
		Collection<GrantedAuthority> authorities = new LinkedHashSet<>(principal.getAuthorities());
		authorities.add(FactorGrantedAuthority.withAuthority(FACTOR_AUTHORITY).issuedAt(this.clock.instant()).build());
		return authorities;
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return UltraCartLoginAuthenticationToken.class.isAssignableFrom(authentication);
	}

}
