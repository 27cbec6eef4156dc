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

package io.github.ultracartsso.test.simulator.state;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The OAuth credential of the application: its client id, its refresh token, and the
 * access tokens that were issued for it. Guarded by the lock of {@link SimulatorState}.
 * Not part of the API.
 */
public final class OAuthGrant {

	private final Clock clock;

	private final Secrets secrets;

	private final Duration accessTokenLifetime;

	private final boolean rotating;

	private final String clientId;

	private final Map<String, Instant> accessTokens = new HashMap<>();

	private final Map<String, Instant> revoked = new HashMap<>();

	private String refreshToken;

	OAuthGrant(Clock clock, Secrets secrets, Duration accessTokenLifetime, boolean rotating) {
		this.clock = clock;
		this.secrets = secrets;
		this.accessTokenLifetime = accessTokenLifetime;
		this.rotating = rotating;
		this.clientId = secrets.token();
		this.refreshToken = secrets.simpleKey();
	}

	public String clientId() {
		return this.clientId;
	}

	public String refreshToken() {
		return this.refreshToken;
	}

	public Duration accessTokenLifetime() {
		return this.accessTokenLifetime;
	}

	/**
	 * Returns whether an access token was issued here and is still valid.
	 */
	public boolean isGranted(String accessToken) {
		return this.clock.instant().isBefore(this.accessTokens.getOrDefault(accessToken, Instant.MIN));
	}

	public void revokeAccessTokens() {
		this.revoked.putAll(this.accessTokens);
		this.accessTokens.clear();
	}

	/**
	 * Makes revoked access tokens valid again, because the application may hold them
	 * still.
	 */
	void reset() {
		this.accessTokens.putAll(this.revoked);
		this.revoked.clear();
	}

	/**
	 * Issues an access token and, where refresh tokens rotate, replaces the refresh
	 * token.
	 * @return the access token
	 */
	public String issueAccessToken() {
		Instant now = this.clock.instant();
		this.accessTokens.values().removeIf((expiresAt) -> !now.isBefore(expiresAt));
		this.revoked.values().removeIf((expiresAt) -> !now.isBefore(expiresAt));
		String accessToken = this.secrets.simpleKey();
		this.accessTokens.put(accessToken, now.plus(this.accessTokenLifetime));
		if (this.rotating) {
			this.refreshToken = this.secrets.simpleKey();
		}
		return accessToken;
	}

}
