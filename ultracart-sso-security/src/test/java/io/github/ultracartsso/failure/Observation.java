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

package io.github.ultracartsso.failure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.config.DefaultChain;
import io.github.ultracartsso.config.TestApplication;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of a failure.
 *
 * @param thrown what the client has thrown
 * @param requests how many requests the server saw
 * @param time how long the call took
 * @param allocated how many bytes of memory the call took
 * @param connectionsInUse how many connections were in use afterwards
 * @param secrets what nobody must see
 * @param page what the person saw
 */
record Observation(@Nullable RuntimeException thrown, int requests, Duration time, long allocated, int connectionsInUse,
		List<String> secrets, String page) {

	/**
	 * Takes each step while UltraCart fails.
	 */
	static Map<Step, Observation> of(UltraCartFailure ultraCart) {
		Map<Step, Observation> observations = new EnumMap<>(Step.class);
		try (FailingCall call = new FailingCall(ultraCart); TestApplication application = new TestApplication()) {
			application.withClient(call).start(DefaultChain.class);
			for (Step step : Step.values()) {
				call.prepare(step);
				String page = step.take(application, application.newBrowser(), call);
				observations.put(step, new Observation(call.thrown(), call.requests(), call.time(), call.allocated(),
						call.connectionsInUse(), call.secrets(), page));
			}
			return observations;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the outcome, given what the person was to wait for.
	 */
	Outcome outcome(Outcome.Delay delay) {
		return new Outcome((this.thrown instanceof UltraCartApiException ex) ? ex.getFailure() : null, this.requests,
				delay, this.page);
	}

}
