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

package io.github.ultracartsso.sample;

import java.time.Instant;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.web.SsoSessionRepository;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Gives the users of {@link TestUsers}, who never signed in, the SSO session without
 * which the starter's filter chain ends their session.
 */
@TestConfiguration(proxyBeanMethods = false)
class TestSecurityConfiguration {

	@Bean
	SsoSessionRepository ssoSessionRepository() {
		return new EndlessSsoSession();
	}

	private static final class EndlessSsoSession implements SsoSessionRepository {

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
		}

		@Override
		public SsoSession loadSsoSession(HttpServletRequest request) {
			return new SsoSession(SimpleKey.of("a-users-key"), Instant.MAX, null);
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		}

	}

}
