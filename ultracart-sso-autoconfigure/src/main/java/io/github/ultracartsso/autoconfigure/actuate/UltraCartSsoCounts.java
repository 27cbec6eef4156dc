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

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;

import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;

/**
 * Counts logins, refreshes and ends of sessions since the start of this instance, for the
 * endpoint, which does not depend on a meter registry.
 */
final class UltraCartSsoCounts {

	private final Map<String, Map<String, LongAdder>> counts = new ConcurrentHashMap<>();

	@EventListener
	void onLogin(AbstractAuthenticationEvent event) {
		LoginOutcome.of(event).ifPresent((outcome) -> count("logins", outcome.code()));
	}

	@EventListener
	void onRefresh(UltraCartUserRefreshedEvent event) {
		count("refreshes", event.isChange() ? "changed" : "unchanged");
	}

	@EventListener
	void onRefreshFailure(UltraCartUserRefreshFailedEvent event) {
		count("refreshes", "failed");
	}

	@EventListener
	void onSessionEnd(SsoSessionEndedEvent event) {
		count("sessionsEnded", event.reason().name().toLowerCase(Locale.ROOT));
	}

	@EventListener
	void onRevocationFailure(SsoSessionRevocationFailedEvent event) {
		count("revocations", "failed");
	}

	private void count(String name, String outcome) {
		this.counts.computeIfAbsent(name, (key) -> new ConcurrentHashMap<>())
			.computeIfAbsent(outcome, (key) -> new LongAdder())
			.increment();
	}

	/**
	 * Returns how often each outcome occurred, by what was counted.
	 */
	Map<String, Map<String, Long>> counts() {
		Map<String, Map<String, Long>> result = new TreeMap<>();
		this.counts.forEach((name, outcomes) -> {
			Map<String, Long> numbers = new TreeMap<>();
			outcomes.forEach((outcome, number) -> numbers.put(outcome, number.sum()));
			result.put(name, numbers);
		});
		return result;
	}

}
