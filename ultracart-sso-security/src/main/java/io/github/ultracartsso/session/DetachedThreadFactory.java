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

package io.github.ultracartsso.session;

import java.io.Serial;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Creates daemon threads that inherit nothing from the request that happens to start
 * them: neither its user nor its class loader.
 */
final class DetachedThreadFactory extends CustomizableThreadFactory {

	@Serial
	private static final long serialVersionUID = 1L;

	DetachedThreadFactory(String threadNamePrefix) {
		super(threadNamePrefix);
	}

	@Override
	public Thread createThread(Runnable runnable) {
		Thread thread = new Thread(null, runnable, nextThreadName(), 0, false);
		thread.setContextClassLoader(DetachedThreadFactory.class.getClassLoader());
		thread.setDaemon(true);
		return thread;
	}

}
