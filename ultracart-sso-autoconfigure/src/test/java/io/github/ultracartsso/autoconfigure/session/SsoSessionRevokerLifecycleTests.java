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

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.SsoSessionRevoker;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SsoSessionRevokerLifecycle}.
 */
class SsoSessionRevokerLifecycleTests {

	/**
	 * Where Spring Boot stops the web server.
	 */
	private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

	private final SsoSessionRevokerLifecycle lifecycle = new SsoSessionRevokerLifecycle(
			new SsoSessionRevoker(mock(UltraCartSsoClient.class)));

	@Test
	void lifecycleWhenApplicationStartsAndStopsThenFollows() {
		TestApplication.configured().run((context) -> {
			SsoSessionRevokerLifecycle started = context.getBean(SsoSessionRevokerLifecycle.class);
			assertThat(started.isRunning()).isTrue();
			context.getSourceApplicationContext().close();
			assertThat(started.isRunning()).isFalse();
		});
	}

	@Test
	void getPhaseThenAfterTheWebServerAndBeforeConnections() {
		assertThat(this.lifecycle.getPhase()).isPositive().isLessThan(WEB_SERVER_PHASE);
	}

	@Test
	void lifecycleWhenContextIsPausedThenRevokerStaysOpen() {
		TestApplication.configured().run((context) -> {
			context.getSourceApplicationContext().pause();
			assertThat(context.getBean(SsoSessionRevokerLifecycle.class).isRunning()).isTrue();
		});
	}

}
