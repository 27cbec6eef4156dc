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

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the refresh token for as long as the application runs, and says once that this
 * may be too short.
 */
final class InMemoryRefreshTokenRepository implements RefreshTokenRepository {

	private static final Log logger = LogFactory.getLog(InMemoryRefreshTokenRepository.class);

	private @Nullable OAuthToken refreshToken;

	@Override
	public synchronized @Nullable OAuthToken load() {
		return this.refreshToken;
	}

	@Override
	public synchronized void save(OAuthToken refreshToken) {
		if (this.refreshToken == null) {
			logger.warn("UltraCart has replaced the refresh token of this application. The new one is kept in memory"
					+ " only, so that after a restart nobody may be able to sign in with the configured one"
					+ " (ultracart.sso.oauth.refresh-token). Define a RefreshTokenRepository bean to keep it");
		}
		this.refreshToken = refreshToken;
	}

}
