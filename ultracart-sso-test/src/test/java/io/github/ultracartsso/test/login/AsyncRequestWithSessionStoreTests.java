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

package io.github.ultracartsso.test.login;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.session.MapSession;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * The same where sessions are stored elsewhere, so that each request has a copy.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "ultracart.sso.permit-all=/open/**",
				"ultracart.sso.session.encryption-keys=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=" },
		classes = { AsyncRequestTests.Application.class, AsyncRequestWithSessionStoreTests.Sessions.class })
class AsyncRequestWithSessionStoreTests extends AsyncRequestTests {

	/**
	 * Not run: Spring Session saves the session once more when the application has
	 * written the last of the stream, before any filter could drop it.
	 */
	@Override
	void completeWhenUserOfAStreamHasSignedOutThenResponseEndsWithoutAnError(CapturedOutput log) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	static class Sessions {

		@Bean
		StrictSessionRepository sessionRepository() {
			return new StrictSessionRepository();
		}

	}

	/**
	 * Like Spring Session's repository for Redis, it does not save what has been deleted.
	 */
	static final class StrictSessionRepository implements SessionRepository<MapSession> {

		private final MapSessionRepository sessions = new MapSessionRepository(new ConcurrentHashMap<>());

		private final Set<String> created = ConcurrentHashMap.newKeySet();

		@Override
		public MapSession createSession() {
			MapSession session = this.sessions.createSession();
			this.created.add(session.getId());
			return session;
		}

		@Override
		public void save(MapSession session) {
			boolean first = this.created.remove(session.getOriginalId());
			if (!first && findById(session.getOriginalId()) == null && findById(session.getId()) == null) {
				throw new IllegalStateException("Session was invalidated");
			}
			this.sessions.save(session);
		}

		@Override
		public @Nullable MapSession findById(String id) {
			return this.sessions.findById(id);
		}

		@Override
		public void deleteById(String id) {
			this.sessions.deleteById(id);
		}

	}

}
