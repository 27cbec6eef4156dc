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

package io.github.ultracartsso.test.context;

import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The test that uses the simulator of an application context.
 */
final class SimulatorUse {

	private final AtomicReference<@Nullable Run> run = new AtomicReference<>();

	/**
	 * Begins a test.
	 * @throws IllegalStateException if another one uses the simulator
	 */
	void begin(Run next) {
		Run current = this.run.compareAndExchange(null, next);
		Assert.state(current == null,
				() -> "The UltraCart simulator of " + next.name() + " is in use by " + current.name()
						+ ", which runs at the same time and shares the application context. Tests with"
						+ " @AutoConfigureUltraCartSimulator must not run in parallel, unless their contexts differ.");
	}

	/**
	 * Ends a test, unless it has never begun.
	 */
	void end(Run run) {
		this.run.compareAndSet(run, null);
	}

	/**
	 * A run of a test method. Each one is equal to itself only.
	 */
	static final class Run {

		private final String name;

		Run(String name) {
			this.name = name;
		}

		String name() {
			return this.name;
		}

	}

}
