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

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.apache.commons.logging.Log;

/**
 * Logs the warnings of checks and remembers the latest of them for the actuator. This
 * type is shared between packages of this module and is no API for applications.
 */
public final class UltraCartSsoWarnings {

	private static final int MAX_WARNINGS = 100;

	private final Deque<Warning> warnings = new ArrayDeque<>();

	private final Clock clock;

	/**
	 * Creates an instance.
	 * @param clock the clock for the times of warnings
	 */
	public UltraCartSsoWarnings(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Logs a warning and remembers it.
	 * @param logger the logger of the check
	 * @param message the message, without secrets
	 */
	public void give(Log logger, String message) {
		logger.warn(message);
		synchronized (this.warnings) {
			if (this.warnings.size() == MAX_WARNINGS) {
				this.warnings.removeFirst();
			}
			this.warnings.addLast(new Warning(this.clock.instant(), message));
		}
	}

	/**
	 * Returns the warnings since the start.
	 * @return the latest hundred, the oldest first
	 */
	public List<Warning> given() {
		synchronized (this.warnings) {
			return List.copyOf(this.warnings);
		}
	}

	/**
	 * Warning of a check.
	 *
	 * @param time when it was given
	 * @param message the message
	 */
	public record Warning(Instant time, String message) {

	}

}
