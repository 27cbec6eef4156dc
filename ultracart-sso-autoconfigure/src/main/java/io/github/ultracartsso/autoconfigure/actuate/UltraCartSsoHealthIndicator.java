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

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallStatistics;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.login.LoginStartBudget;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ApplicationListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;

/**
 * Reports whether UltraCart accepts the application. It makes no call, because health
 * checks would use up the rate limit of the merchant. It is down only while calls are
 * rejected because UltraCart has refused to start logins for this application, which no
 * visitor can cause. When the next call is due it is up again, or a load balancer would
 * keep away the login that shows whether UltraCart still refuses.
 */
final class UltraCartSsoHealthIndicator extends AbstractHealthIndicator
		implements ApplicationListener<AbstractAuthenticationEvent> {

	/**
	 * The calls whose outcome no visitor can influence.
	 */
	private static final Set<String> CALLS = Set.of("ssoAuthorize", "oauthAccessToken");

	private static final Set<UltraCartApiFailure> REFUSALS = EnumSet.of(UltraCartApiFailure.CREDENTIAL_REJECTED,
			UltraCartApiFailure.APPLICATION_DISABLED);

	private final AtomicReference<@Nullable LoginOutcome> lastOutcome = new AtomicReference<>();

	private final @Nullable CallGate callGate;

	private final @Nullable LoginStartBudget startBudget;

	private final @Nullable RefreshPace refreshPace;

	private final @Nullable ResilientLimitStore store;

	UltraCartSsoHealthIndicator(@Nullable CallGate callGate, @Nullable LoginStartBudget startBudget,
			@Nullable RefreshPace refreshPace, @Nullable ResilientLimitStore store) {
		this.callGate = callGate;
		this.startBudget = startBudget;
		this.refreshPace = refreshPace;
		this.store = store;
	}

	@Override
	public void onApplicationEvent(AbstractAuthenticationEvent event) {
		LoginOutcome.of(event)
			.filter((outcome) -> outcome.error() == null || isApplicationsOwn(outcome.call()))
			.ifPresent(this.lastOutcome::set);
	}

	private static boolean isApplicationsOwn(@Nullable String call) {
		return call != null && CALLS.contains(call);
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		LoginOutcome outcome = this.lastOutcome.get();
		UltraCartApiFailure reason = (this.callGate != null) ? this.callGate.closedBecauseOf() : null;
		builder.status((outcome != null) ? Status.UP : Status.UNKNOWN)
			.withDetail("lastLogin", (outcome != null) ? outcome.code() : "none yet")
			.withDetail("calls", (reason != null) ? "rejected" : "made");
		if (this.callGate != null) {
			addCalls(builder, this.callGate);
		}
		if (this.startBudget != null) {
			builder.withDetail("startsLeftForKnownBrowsers", this.startBudget.left(true))
				.withDetail("startsLeftForNewBrowsers", this.startBudget.left(false));
		}
		if (this.refreshPace != null) {
			builder.withDetail("refreshStretch", this.refreshPace.stretch());
		}
		if (this.store != null) {
			builder.withDetail("limitsShared", this.store.isAvailable());
		}
		if (reason != null) {
			builder.withDetail("reason", reason.name());
			if (REFUSALS.contains(reason)) {
				builder.down();
			}
		}
	}

	private static void addCalls(Health.Builder builder, CallGate callGate) {
		builder.withDetail("callsMadeInHour", callGate.madeInHour())
			.withDetail("callsLeftInHour", callGate.leftInHour())
			.withDetail("callsMadeInDay", callGate.madeInDay())
			.withDetail("callsLeftInDay", callGate.leftInDay())
			.withDetail("callsWaiting", callGate.waiting())
			.withDetail("timeWaited", callGate.statistics().waitedTime().toString())
			.withDetail("callsSinceStart", outcomes(callGate.statistics()));
		Map<String, String> closed = new LinkedHashMap<>();
		for (CallGate.ClosedReason reason : CallGate.ClosedReason.values()) {
			Duration left = callGate.closedFor(reason);
			if (!left.isZero()) {
				closed.put(reason.name().toLowerCase(Locale.ROOT), left.toString());
			}
		}
		if (!closed.isEmpty()) {
			builder.withDetail("closedFor", closed);
		}
	}

	private static Map<String, Long> outcomes(CallStatistics statistics) {
		Map<String, Long> outcomes = new TreeMap<>();
		for (CallKind kind : CallKind.values()) {
			outcomes.merge("success", statistics.requests(kind, null), Long::sum);
			outcomes.merge("rejected", statistics.rejectedCalls(kind), Long::sum);
			for (UltraCartApiFailure failure : UltraCartApiFailure.values()) {
				outcomes.merge(failure.name().toLowerCase(Locale.ROOT), statistics.requests(kind, failure), Long::sum);
			}
		}
		outcomes.values().removeIf((calls) -> calls == 0);
		return outcomes;
	}

}
