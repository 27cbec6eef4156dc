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

import java.util.function.Supplier;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.AuthenticationException;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Reads the user that a key belongs to at UltraCart and maps them to the principal, at a
 * login and at each refresh of a signed-in user.
 *
 * @since 0.1
 */
public final class UltraCartUserReader {

	private final UltraCartSsoClient client;

	private final UltraCartUserMapper userMapper;

	private String registrationId = UltraCartUser.DEFAULT_REGISTRATION_ID;

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
	 * Maps a user to the principal.
	 * @param user the user, as read
	 * @return the principal
	 * @throws AuthenticationException if the user mapper rejects the user
	 * @throws UltraCartLoginException if the user mapper fails
	 */
	public UltraCartUser mapUser(User user) {
		try {
			UltraCartUser principal = this.userMapper.mapUser(user);
			Assert.state(principal != null, "The UltraCartUserMapper returned null");
			UltraCartUser registered = principal.withRegistrationId(this.registrationId);
			if (this.catalogue != null) {
				this.catalogue.learn(user, registered);
			}
			return registered;
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The UltraCartUserMapper failed for " + user, ex);
		}
	}

}
