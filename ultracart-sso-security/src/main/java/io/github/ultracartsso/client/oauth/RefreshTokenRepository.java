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

package io.github.ultracartsso.client.oauth;

import io.github.ultracartsso.client.OAuthToken;
import org.jspecify.annotations.Nullable;

/**
 * Stores the application's refresh token after UltraCart has replaced it. The configured
 * token may be invalid from then on, so an application whose logins have to survive a
 * restart, or that shares the token between several instances, stores the new one in a
 * database or in a store for secrets.
 * <p>
 * Both methods are called while a login waits, at most once per access token, and by one
 * thread of an instance at a time. They are called within a call to UltraCart, so all
 * other calls wait for them, with a shared limit store also those of other instances.
 * They must not call UltraCart, and should have a short time limit. An exception does not
 * fail the login: it is logged as an error, and the instance goes on with the token that
 * it knows.
 *
 * @since 0.1
 * @see OAuthApplicationCredential#setRefreshTokenRepository(RefreshTokenRepository)
 */
public interface RefreshTokenRepository {

	/**
	 * Returns the token that was saved last, by this instance or another one.
	 * @return the token, or {@code null} if none has been saved
	 */
	@Nullable OAuthToken load();

	/**
	 * Saves a token in place of all earlier ones.
	 * @param refreshToken the token, a secret
	 */
	void save(OAuthToken refreshToken);

}
