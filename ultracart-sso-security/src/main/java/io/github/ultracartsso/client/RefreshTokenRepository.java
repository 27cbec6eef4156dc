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

import org.jspecify.annotations.Nullable;

/**
 * Where the refresh token of an application is kept once UltraCart has replaced it. The
 * token that the application was configured with may be dead from then on, so whoever
 * wants logins to survive a restart, or shares the token between several instances, keeps
 * the new one: in a database, or in a store for secrets.
 * <p>
 * Both methods are called while a login waits, at most once per access token, and by one
 * thread of an instance at a time. Whatever they throw fails no login: it is logged as an
 * error, and the instance goes on with the token that it knows.
 *
 * @since 0.1
 * @see OAuthApplicationCredential#setRefreshTokenRepository(RefreshTokenRepository)
 */
public interface RefreshTokenRepository {

	/**
	 * Returns the token that was saved last, by this instance or another.
	 * @return the token, or {@code null} if none has been saved since the application was
	 * configured with one
	 */
	@Nullable OAuthToken load();

	/**
	 * Keeps a token in the place of all before it.
	 * @param refreshToken the token; a secret
	 */
	void save(OAuthToken refreshToken);

}
