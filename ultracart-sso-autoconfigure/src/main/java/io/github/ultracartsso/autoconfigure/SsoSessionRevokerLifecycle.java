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

package io.github.ultracartsso.autoconfigure;

import io.github.ultracartsso.session.SsoSessionRevoker;

import org.springframework.context.SmartLifecycle;

/**
 * Has revocations under way finished after the last request and before the connections
 * that the instances of the application share, such as those to Redis, are closed.
 */
final class SsoSessionRevokerLifecycle implements SmartLifecycle {

	/**
	 * Web servers stop in far higher phases, connections in the lowest.
	 */
	private static final int PHASE = 1024;

	private final SsoSessionRevoker revoker;

	private volatile boolean running;

	SsoSessionRevokerLifecycle(SsoSessionRevoker revoker) {
		this.revoker = revoker;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.revoker.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/**
	 * A closed revoker stays closed, and a context that a test framework pauses goes on.
	 */
	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
