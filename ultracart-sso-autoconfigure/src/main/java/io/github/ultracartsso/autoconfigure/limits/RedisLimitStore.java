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

package io.github.ultracartsso.autoconfigure.limits;

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.client.traffic.LimitStore;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.DefaultRedisScript;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Keeps what the instances of an application share in Redis, each text under a key of its
 * own.
 */
final class RedisLimitStore implements LimitStore {

	private static final String KEY_PREFIX = "ultracart:sso:limits:";

	/**
	 * Longer than UltraCart's longest limit, a day.
	 */
	private static final Duration TIME_TO_LIVE = Duration.ofDays(2);

	private static final RedisScript<Boolean> REPLACE = new DefaultRedisScript<>(
			"""
					local current = redis.call('GET', KEYS[1])
					if (current == false and ARGV[1] == 'absent') or (current ~= false and 'present:' .. current == ARGV[1]) then
					  redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
					  return true
					end
					return false
					""",
			Boolean.class);

	private final StringRedisTemplate operations;

	RedisLimitStore(StringRedisTemplate operations) {
		this.operations = operations;
	}

	@Override
	public @Nullable String read(String name) {
		return this.operations.opsForValue().get(KEY_PREFIX + name);
	}

	@Override
	public boolean replace(String name, @Nullable String expected, String text) {
		return Boolean.TRUE.equals(this.operations.execute(REPLACE, List.of(KEY_PREFIX + name),
				(expected != null) ? "present:" + expected : "absent", text, Long.toString(TIME_TO_LIVE.toMillis())));
	}

}
