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

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;

import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Reads the user that a key belongs to at UltraCart and maps them to the principal, at a
 * login and at each refresh of a signed-in user.
 *
 * @since 0.1
 */
public final class UltraCartUserReader {

	private static final Log logger = LogFactory.getLog(UltraCartUserReader.class);

	private static final String FACTOR_PREFIX = "FACTOR_";

	private static final int MAX_AUTHORITY_LENGTH = 100;

	private final UltraCartSsoClient client;

	private final UltraCartUserMapper userMapper;

	private final UngrantedNames ungrantedNames = new UngrantedNames();

	private String registrationId = UltraCartUser.DEFAULT_REGISTRATION_ID;

	private GrantedAuthority userAuthority = userAuthority("ROLE_");

	private @Nullable PermissionCatalogue catalogue;

	/**
	 * Creates a reader.
	 * @param client reads the user
	 * @param userMapper maps the user to the principal
	 */
	public UltraCartUserReader(UltraCartSsoClient client, UltraCartUserMapper userMapper) {
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(userMapper, "userMapper cannot be null");
		this.client = client;
		this.userMapper = userMapper;
	}

	/**
	 * Sets the registration of the users, which a mapper need not know. Defaults to
	 * {@value UltraCartUser#DEFAULT_REGISTRATION_ID}.
	 * @param registrationId the registration that users sign in with
	 */
	public void setRegistrationId(String registrationId) {
		Assert.hasText(registrationId, "registrationId cannot be empty");
		this.registrationId = registrationId;
	}

	/**
	 * Sets what remembers the names of permissions and groups that UltraCart lists. By
	 * default nothing does.
	 * @param catalogue learns from each user that is mapped
	 */
	public void setPermissionCatalogue(PermissionCatalogue catalogue) {
		Assert.notNull(catalogue, "catalogue cannot be null");
		this.catalogue = catalogue;
	}

	/**
	 * Sets the prefix of roles, for the role of every user who has signed in with
	 * UltraCart. Defaults to {@code ROLE_}.
	 * @param rolePrefix the prefix, which may be empty
	 */
	public void setRolePrefix(String rolePrefix) {
		Assert.notNull(rolePrefix, "rolePrefix cannot be null");
		this.userAuthority = userAuthority(rolePrefix);
	}

	private static GrantedAuthority userAuthority(String rolePrefix) {
		return new SimpleGrantedAuthority(rolePrefix + UltraCartAuthenticationProvider.USER_ROLE);
	}

	/**
	 * Reads the user that a key belongs to.
	 * @param simpleKey the user's key
	 * @return a user with a {@code userId} and a {@code login}
	 * @throws UltraCartLoginException if the user cannot be read or is incomplete
	 */
	public User readUser(SimpleKey simpleKey) {
		return read(() -> this.client.sessionUser(simpleKey));
	}

	/**
	 * Reads the user that a key belongs to while they are signed in. Logins go first.
	 * @param simpleKey the user's key
	 * @param overdue whether they should have been read long ago
	 * @return a user with a {@code userId} and a {@code login}
	 * @throws UltraCartLoginException if the user cannot be read or is incomplete
	 */
	public User rereadUser(SimpleKey simpleKey, boolean overdue) {
		return read(() -> this.client.rereadSessionUser(simpleKey, overdue));
	}

	private static User read(Supplier<User> call) {
		try {
			User user = call.get();
			if (user.userId() == null || !StringUtils.hasText(user.login())) {
				throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
						"The response to getSsoSessionUser lacks the user_id or the login");
			}
			return user;
		}
		catch (UltraCartApiException ex) {
			throw UltraCartLoginException.whileReadingUser(ex);
		}
	}

	/**
	 * Maps a user to the principal. The role of every user is added to the authorities
	 * from the mapper. Authorities of factors are removed, because only a login proves a
	 * factor.
	 * @param user the user, as read
	 * @return the principal
	 * @throws AuthenticationException if the user mapper rejects the user
	 * @throws UltraCartLoginException if the user mapper fails
	 */
	public UltraCartUser mapUser(User user) {
		try {
			UltraCartUser principal = this.userMapper.mapUser(user);
			Assert.state(principal != null, "The UltraCartUserMapper returned null");
			this.ungrantedNames.check(user, principal);
			UltraCartUser complete = principal.withLogin(this.registrationId, authorities(principal));
			if (this.catalogue != null) {
				this.catalogue.learn(user, complete);
			}
			return complete;
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The UltraCartUserMapper failed for " + user, ex);
		}
	}

	private Set<GrantedAuthority> authorities(UltraCartUser principal) {
		Set<GrantedAuthority> authorities = new LinkedHashSet<>();
		for (GrantedAuthority authority : principal.authorityList()) {
			if (String.valueOf(authority.getAuthority()).startsWith(FACTOR_PREFIX)) {
				logger.warn(LogMessage.format(
						"A mapper of the application grants '%s', which is ignored: only a login proves a factor."
								+ " Give the authority another prefix",
						LogText.clean(String.valueOf(authority.getAuthority()), MAX_AUTHORITY_LENGTH)));
			}
			else {
				authorities.add(authority);
			}
		}
		authorities.add(this.userAuthority);
		return authorities;
	}

}
