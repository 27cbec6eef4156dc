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

package io.github.ultracartsso.test.docs;

import java.util.Optional;

import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.oauth.RefreshTokenRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class RefreshTokenConfiguration {

	@Bean
	RefreshTokenRepository refreshTokens(Vault vault) {
		return new RefreshTokenRepository() {

			@Override
			public @Nullable OAuthToken load() { // null until the first is saved
				return vault.read("ultracart-refresh-token").map(OAuthToken::of).orElse(null);
			}

			@Override
			public void save(OAuthToken refreshToken) {
				vault.write("ultracart-refresh-token", refreshToken.value());
			}

		};
	}

	interface Vault {

		Optional<String> read(String name);

		void write(String name, String secret);

	}

}
