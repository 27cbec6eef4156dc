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

import java.util.concurrent.TimeUnit;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.client.traffic.CallKind;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the meter {@code ultracart.sso.calls} of
 * {@link UltraCartMetricsAutoConfiguration}.
 */
class UltraCartCallMetricsTests {

	private static final SimpleKey KEY = SimpleKey.of(TestUltraCart.USER_KEY);

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void startThenTheCountersAreThereAtZero() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			assertThat(calls(context)).isZero();
			assertThat(context.getBean(MeterRegistry.class).get("ultracart.sso.calls").functionCounters())
				.hasSize(CallKind.values().length * (UltraCartApiFailure.values().length + 2))
				.allSatisfy((counter) -> assertThat(counter.getId().getTags()).extracting(Tag::getKey)
					.containsExactly("operation", "outcome"));
		});
	}

	@Test
	void callThenCounted() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			context.getBean(UltraCartSsoClient.class).revoke(KEY);
			assertThat(calls(context)).isEqualTo(1.0);
		});
	}

	@Test
	void startThenTheGaugesOfLimitsAreThere() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			context.getBean(UltraCartSsoClient.class).revoke(KEY);
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			assertThat(meters.get("ultracart.sso.calls.left").tag("period", "hour").gauge().value()).isEqualTo(999);
			assertThat(meters.get("ultracart.sso.calls.left").tag("period", "day").gauge().value()).isEqualTo(9999);
			assertThat(meters.get("ultracart.sso.calls.waiting").gauge().value()).isZero();
			assertThat(meters.get("ultracart.sso.calls.made").tag("period", "hour").gauge().value()).isOne();
			assertThat(meters.get("ultracart.sso.calls.made").tag("period", "day").gauge().value()).isOne();
			assertThat(meters.get("ultracart.sso.calls.waited").functionTimer().count()).isZero();
			assertThat(meters.get("ultracart.sso.calls.closed").timeGauges())
				.allSatisfy((gauge) -> assertThat(gauge.value(TimeUnit.SECONDS)).isZero())
				.extracting((gauge) -> gauge.getId().getTag("reason"))
				.containsExactlyInAnyOrder("cool_down", "circuit", "quota");
			assertThat(meters.get("ultracart.sso.starts.left").tag("browser", "known").gauge().value()).isEqualTo(500);
			assertThat(meters.get("ultracart.sso.starts.left").tag("browser", "new").gauge().value()).isEqualTo(250);
			assertThat(meters.get("ultracart.sso.refresh.stretch").gauge().value()).isEqualTo(1);
		});
	}

	@Test
	void callWhenUltraCartHasHadTooManyThenGaugeSaysWhy() {
		this.ultraCart.givenStatus(WireMock.get(TestUltraCart.USER), 429);
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.http.max-retries=0")
			.run((context) -> {
				UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
				assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> client.sessionUser(KEY));
				MeterRegistry meters = context.getBean(MeterRegistry.class);
				assertThat(closed(meters, "cool_down")).isBetween(1.0, 30.0);
				assertThat(closed(meters, "quota")).isZero();
				assertThat(closed(meters, "circuit")).isZero();
				assertThat(meters.get("ultracart.sso.calls.waited").functionTimer().count()).isOne();
			});
	}

	private static double closed(MeterRegistry meters, String reason) {
		return meters.get("ultracart.sso.calls.closed").tag("reason", reason).timeGauge().value(TimeUnit.SECONDS);
	}

	@Test
	void callWhenRetriedThenEachRequestIsCounted() {
		this.ultraCart.givenStatus(WireMock.get(TestUltraCart.USER), 503);
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.http.max-retries=1")
			.run((context) -> {
				UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
				assertThatExceptionOfType(UltraCartUnavailableException.class)
					.isThrownBy(() -> client.sessionUser(KEY));
				assertThat(calls(context)).isEqualTo(2.0).isEqualTo(this.ultraCart.calls().size());
				assertThat(calls(context, "operation", "session_user", "outcome", "server_error")).isEqualTo(2.0);
			});
	}

	@Test
	void callWhenNoWebApplicationThenCounted() {
		nonWeb().run((context) -> {
			context.getBean(UltraCartSsoClient.class).revoke(KEY);
			assertThat(calls(context)).isEqualTo(1.0);
		});
	}

	@Test
	void meterWhenNothingCallsUltraCartThenNone() {
		nonWeb()
			.withPropertyValues("spring.autoconfigure.exclude=" + UltraCartSsoClientAutoConfiguration.class.getName())
			.run((context) -> {
				assertThat(context).hasSingleBean(UltraCartMetricsAutoConfiguration.class)
					.doesNotHaveBean("ultraCartCallMetrics");
				assertThat(context.getBean(MeterRegistry.class).find("ultracart.sso.calls").meters()).isEmpty();
			});
	}

	private ApplicationContextRunner nonWeb() {
		return new ApplicationContextRunner().withUserConfiguration(TestApplication.Everything.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl());
	}

	private static double calls(ApplicationContext context, String... tags) {
		return context.getBean(MeterRegistry.class)
			.get("ultracart.sso.calls")
			.tags(tags)
			.functionCounters()
			.stream()
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

}
