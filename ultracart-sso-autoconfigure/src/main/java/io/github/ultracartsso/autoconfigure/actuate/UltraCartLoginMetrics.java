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

package io.github.ultracartsso.autoconfigure.actuate;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;

/**
 * Counts logins by their outcome. The counters are registered at start, because an alert
 * on a rate misses the first event of a counter that is registered by that event.
 */
final class UltraCartLoginMetrics implements ApplicationListener<AbstractAuthenticationEvent> {

	private static final String LOGINS = "ultracart.sso.logins";

	private final MeterRegistry meterRegistry;

	UltraCartLoginMetrics(MeterRegistry meterRegistry) {
		this.meterRegistry = meterRegistry;
		logins(LoginOutcome.SUCCESS);
		for (UltraCartLoginError error : UltraCartLoginError.values()) {
			logins(error.code());
		}
	}

	@Override
	public void onApplicationEvent(AbstractAuthenticationEvent event) {
		LoginOutcome.of(event).ifPresent((outcome) -> logins(outcome.code()).increment());
	}

	private Counter logins(String outcome) {
		return this.meterRegistry.counter(LOGINS, "outcome", outcome);
	}

}
