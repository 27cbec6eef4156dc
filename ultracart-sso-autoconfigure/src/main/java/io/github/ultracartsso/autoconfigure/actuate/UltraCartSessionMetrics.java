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

import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.event.EventListener;

/**
 * Counts the refreshes, ends and failed revocations of SSO sessions. The counters are
 * registered at start, because an alert on a rate misses the first event of a counter
 * that is registered by that event.
 */
final class UltraCartSessionMetrics {

	private final MeterRegistry meterRegistry;

	UltraCartSessionMetrics(MeterRegistry meterRegistry) {
		this.meterRegistry = meterRegistry;
		for (RefreshOutcome outcome : RefreshOutcome.values()) {
			refreshes(outcome);
		}
		for (SsoSessionEndedEvent.Reason reason : SsoSessionEndedEvent.Reason.values()) {
			sessionsEnded(reason);
		}
		addressMismatches(true);
		addressMismatches(false);
		revocationsFailed();
	}

	@EventListener
	void onRefresh(UltraCartUserRefreshedEvent event) {
		refreshes(event.isChange() ? RefreshOutcome.CHANGED : RefreshOutcome.UNCHANGED).increment();
	}

	@EventListener
	void onRefreshFailure(UltraCartUserRefreshFailedEvent event) {
		refreshes(RefreshOutcome.FAILED).increment();
	}

	@EventListener
	void onSessionEnd(SsoSessionEndedEvent event) {
		sessionsEnded(event.reason()).increment();
	}

	@EventListener
	void onAddressMismatch(SsoSessionAddressMismatchEvent event) {
		addressMismatches(event.refused()).increment();
	}

	@EventListener
	void onRevocationFailure(SsoSessionRevocationFailedEvent event) {
		revocationsFailed().increment();
	}

	private Counter refreshes(RefreshOutcome outcome) {
		return this.meterRegistry.counter("ultracart.sso.refreshes", "outcome", tag(outcome));
	}

	private Counter sessionsEnded(SsoSessionEndedEvent.Reason reason) {
		return this.meterRegistry.counter("ultracart.sso.sessions.ended", "reason", tag(reason));
	}

	private Counter addressMismatches(boolean refused) {
		return this.meterRegistry.counter("ultracart.sso.address.mismatches", "refused", String.valueOf(refused));
	}

	private Counter revocationsFailed() {
		return this.meterRegistry.counter("ultracart.sso.revocations.failed");
	}

	private static String tag(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private enum RefreshOutcome {

		UNCHANGED, CHANGED, FAILED

	}

}
