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
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import io.github.ultracartsso.autoconfigure.client.UltraCartSharedLimits;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;
import io.github.ultracartsso.client.traffic.CallStatistics;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.login.LoginStartBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Auto-configuration for the meters {@code ultracart.sso.*}, if there is a
 * {@link MeterRegistry}. The meter of calls needs no web application.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoClientAutoConfiguration.class,
		afterName = { "org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration",
				"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration" })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(MeterRegistry.class)
public final class UltraCartMetricsAutoConfiguration {

	private static final String LEFT = "Requests that are left of those that UltraCart allows";

	@Bean
	@ConditionalOnBean(CallGate.class)
	MeterBinder ultraCartCallMetrics(CallGate callGate, ObjectProvider<UltraCartSharedLimits> shared) {
		return (meterRegistry) -> {
			shared.ifUnique((limits) -> bindStore(limits.store(), meterRegistry));
			CallStatistics statistics = callGate.statistics();
			for (CallKind kind : CallKind.values()) {
				bindCalls(kind, "rejected", (calls) -> calls.rejectedCalls(kind), statistics, meterRegistry);
				bindCalls(kind, "success", (calls) -> calls.requests(kind, null), statistics, meterRegistry);
				for (UltraCartApiFailure failure : UltraCartApiFailure.values()) {
					bindCalls(kind, failure.name().toLowerCase(Locale.ROOT), (calls) -> calls.requests(kind, failure),
							statistics, meterRegistry);
				}
			}
			bindRequests("made", "Requests to UltraCart", "hour", callGate, CallGate::madeInHour, meterRegistry);
			bindRequests("made", "Requests to UltraCart", "day", callGate, CallGate::madeInDay, meterRegistry);
			bindRequests("left", LEFT, "hour", callGate, CallGate::leftInHour, meterRegistry);
			bindRequests("left", LEFT, "day", callGate, CallGate::leftInDay, meterRegistry);
			Gauge.builder("ultracart.sso.calls.waiting", callGate, CallGate::waiting)
				.description("Calls that wait in the queue")
				.register(meterRegistry);
			FunctionTimer
				.builder("ultracart.sso.calls.waited", statistics, CallStatistics::waitedCalls,
						(calls) -> calls.waitedTime().toNanos(), TimeUnit.NANOSECONDS)
				.description("Calls that were made, and how long they waited in the queue")
				.register(meterRegistry);
			for (CallGate.ClosedReason reason : CallGate.ClosedReason.values()) {
				TimeGauge
					.builder("ultracart.sso.calls.closed", callGate, TimeUnit.MILLISECONDS,
							(gate) -> gate.closedFor(reason).toMillis())
					.description("Time until a login can be started again")
					.tag("reason", reason.name().toLowerCase(Locale.ROOT))
					.register(meterRegistry);
			}
		};
	}

	private static void bindStore(@Nullable ResilientLimitStore store, MeterRegistry meterRegistry) {
		if (store != null) {
			Gauge.builder("ultracart.sso.limits.shared", store, (checked) -> checked.isAvailable() ? 1 : 0)
				.description("1 if the instances share UltraCart's limits, 0 while their store does not work")
				.register(meterRegistry);
		}
	}

	private static void bindRequests(String meter, String description, String period, CallGate callGate,
			ToDoubleFunction<CallGate> requests, MeterRegistry meterRegistry) {
		Gauge.builder("ultracart.sso.calls." + meter, callGate, requests)
			.description(description)
			.tag("period", period)
			.register(meterRegistry);
	}

	private static void bindCalls(CallKind kind, String outcome, ToDoubleFunction<CallStatistics> calls,
			CallStatistics statistics, MeterRegistry meterRegistry) {
		FunctionCounter.builder("ultracart.sso.calls", statistics, calls)
			.description("Requests to UltraCart, retries and requests for access tokens included, and calls that were"
					+ " rejected without a request")
			.tag("operation", kind.name().toLowerCase(Locale.ROOT))
			.tag("outcome", outcome)
			.register(meterRegistry);
	}

	/**
	 * Configures the meters of an application in which users sign in.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	static class SessionMetricsConfiguration {

		@Bean
		UltraCartLoginMetrics ultraCartLoginMetrics(MeterRegistry meterRegistry) {
			return new UltraCartLoginMetrics(meterRegistry);
		}

		@Bean
		MeterBinder ultraCartLimitMetrics(ObjectProvider<RefreshPace> pace, ObjectProvider<LoginStartBudget> budget) {
			return (meterRegistry) -> {
				pace.ifUnique((bound) -> Gauge.builder("ultracart.sso.refresh.stretch", bound, RefreshPace::stretch)
					.description("Factor by which permissions are older than configured when they are read again")
					.register(meterRegistry));
				budget.ifUnique((bound) -> {
					bindStarts("known", bound, (counted) -> counted.left(true), meterRegistry);
					bindStarts("new", bound, (counted) -> counted.left(false), meterRegistry);
				});
			};
		}

		private static void bindStarts(String browser, LoginStartBudget budget, ToDoubleFunction<LoginStartBudget> left,
				MeterRegistry meterRegistry) {
			Gauge.builder("ultracart.sso.starts.left", budget, left)
				.description("Logins that can be started now")
				.tag("browser", browser)
				.register(meterRegistry);
		}

		@Bean
		UltraCartSessionMetrics ultraCartSessionMetrics(MeterRegistry meterRegistry) {
			return new UltraCartSessionMetrics(meterRegistry);
		}

	}

}
