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

import io.github.ultracartsso.web.SsoSessionRevoker;

import org.springframework.context.SmartLifecycle;

/**
 * Closes the revoker at shutdown: after the web server has served its last request, and
 * before connections to shared stores such as Redis are closed.
 */
final class SsoSessionRevokerLifecycle implements SmartLifecycle {

	/**
	 * Web servers stop in much higher phases, connections in the lowest.
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
	 * A closed revoker cannot be opened again, but a context that a test framework pauses
	 * is resumed.
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
