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

package io.github.ultracartsso.autoconfigure.session;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.ultracartsso.session.RevocationClaims;

import org.springframework.data.redis.connection.SetCondition;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.data.redis.core.types.Expiration;

/**
 * Claims revocations in Redis, so that only the first instance revokes an SSO session.
 * Errors of Redis are thrown to the caller, which revokes then: twice is better than not
 * at all.
 */
final class RedisRevocationClaims implements RevocationClaims {

	private static final String KEY_PREFIX = "ultracart:sso:revoked:";

	private static final byte[] VALUE = "1".getBytes(StandardCharsets.US_ASCII);

	/**
	 * Much longer than it takes until all instances know of the end of a session.
	 */
	private static final Duration TIME_TO_LIVE = Duration.ofMinutes(10);

	private final RedisOperations<?, ?> operations;

	RedisRevocationClaims(RedisOperations<?, ?> operations) {
		this.operations = operations;
	}

	@Override
	public boolean claim(String ssoSessionId) {
		byte[] key = (KEY_PREFIX + ssoSessionId).getBytes(StandardCharsets.UTF_8);
		RedisCallback<Boolean> setIfAbsent = (connection) -> connection.stringCommands()
			.set(key, VALUE, SetCondition.ifAbsent(), Expiration.from(TIME_TO_LIVE));
		return Boolean.TRUE.equals(this.operations.execute(setIfAbsent));
	}

}
