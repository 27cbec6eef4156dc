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

package io.github.ultracartsso.web;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where revocations run, now or after a while.
 */
interface RevocationScheduler {

	/**
	 * Runs the task once the delay has passed, and not on the thread of the caller.
	 * @throws RejectedExecutionException after it was closed
	 */
	void schedule(Runnable task, Duration delay);

	/**
	 * Runs the task at once, whatever else there is to do, and not on the thread of the
	 * caller.
	 * @throws RejectedExecutionException after it was closed
	 */
	default void scheduleUrgent(Runnable task) {
		schedule(task, Duration.ZERO);
	}

	/**
	 * Takes nothing any more, forgets what has not begun and interrupts what has.
	 */
	void close();

}
