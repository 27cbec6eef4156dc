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

package io.github.ultracartsso.benchmarks;

import java.util.function.Function;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.User;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Measures the parts of a login that compute something.
 */
@State(Scope.Benchmark)
public class LoginPartBenchmark {

	private final String key = "%048x".formatted(1);

	private final User user = InstantUltraCart.newUser(1);

	private final UltraCartUserMapper userMapper = new DefaultUltraCartUserMapper(new PermissionAuthoritiesMapper());

	private final Function<String, String> seal;

	private final Function<String, @Nullable String> open;

	private final String sealed;

	/**
	 * Seals a key.
	 */
	public LoginPartBenchmark() {
		var sealer = EncryptionKeys.random().sealer("benchmark");
		this.seal = sealer::seal;
		this.open = sealer::open;
		this.sealed = sealer.seal(this.key);
	}

	/**
	 * Seals a key of 48 characters.
	 * @return the sealed key
	 */
	@Benchmark
	public Object sealKey() {
		return this.seal.apply(this.key);
	}

	/**
	 * Opens a sealed key.
	 * @return the key
	 */
	@Benchmark
	public @Nullable Object openKey() {
		return this.open.apply(this.sealed);
	}

	/**
	 * Maps a user with 120 permissions, of which 40 are granted.
	 * @return the principal
	 */
	@Benchmark
	public Object mapUser() {
		return this.userMapper.mapUser(this.user);
	}

}
