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

package io.github.ultracartsso.sample.cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes with Spring Session's tables in H2, whose sessions are JSON.
 */
class H2JsonTests extends TwoNodeStory {

	@RegisterExtension
	static final H2Store store = new H2Store(SessionStore.PENDING_IN_SESSION);

	static {
		store.configure(JdbcJsonSessions.class);
	}

	@Override
	SessionStore store() {
		return store;
	}

	@Test // I2
	void attributesWhenStoredThenJson() {
		new Client(firstNode(), new Evidence()).startLogin();
		assertThat(store.contents()).contains("{\"@class\":\"io.github.ultracartsso.login.PendingLogin\"");
	}

}
