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

package io.github.ultracartsso.web.api;

import java.time.Duration;

import io.github.ultracartsso.client.UltraCartApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Reads the pages of one iterator, and waits where a page cannot be read because there
 * were too many calls, for a limited time in all.
 *
 * @param <T> the type of the items
 */
final class PatientPageSource<T> implements PageSource<T> {

	private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(30);

	/**
	 * Not to call again and again if UltraCart asks for no pause.
	 */
	private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);

	private final PageSource<T> source;

	private final Sleeper sleeper;

	private Duration left;

	PatientPageSource(PageSource<T> source, Duration waitingAtMost, Sleeper sleeper) {
		this.source = source;
		this.left = waitingAtMost;
		this.sleeper = sleeper;
	}

	@Override
	public Page<T> read(int limit, int offset) {
		while (true) {
			try {
				return this.source.read(limit, offset);
			}
			catch (UltraCartApiException ex) {
				if (ex.getStatusCode() != HttpStatus.SERVICE_UNAVAILABLE) {
					throw ex;
				}
				pause(pause(ex.getRetryAfter()), ex);
			}
		}
	}

	private void pause(Duration pause, UltraCartApiException ex) {
		if (pause.compareTo(this.left) > 0) {
			throw ex;
		}
		this.left = this.left.minus(pause);
		try {
			this.sleeper.sleep(pause);
		}
		catch (InterruptedException interruption) {
			Thread.currentThread().interrupt();
			throw ex;
		}
	}

	private static Duration pause(@Nullable Duration retryAfter) {
		Duration pause = (retryAfter != null) ? retryAfter : DEFAULT_PAUSE;
		return (pause.compareTo(SHORTEST_PAUSE) < 0) ? SHORTEST_PAUSE : pause;
	}

	/**
	 * Lets the current thread sleep.
	 */
	@FunctionalInterface
	interface Sleeper {

		/**
		 * Sleeps.
		 * @throws InterruptedException if the thread is interrupted
		 */
		void sleep(Duration duration) throws InterruptedException;

	}

}
