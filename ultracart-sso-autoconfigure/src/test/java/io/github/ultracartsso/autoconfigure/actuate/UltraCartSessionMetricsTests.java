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

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartSessionMetrics}: what an application counts when events are
 * published.
 */
class UltraCartSessionMetricsTests {

	private static final UltraCartUser USER = UltraCartUser.with(17, "jane").build();

	private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

	@Test
	void startThenEveryCounterIsThereAtZero() {
		Map<String, Double> counters = countersAfter();
		assertThat(counters).containsOnlyKeys("refreshes{outcome=unchanged}", "refreshes{outcome=changed}",
				"refreshes{outcome=failed}", "sessions.ended{reason=expired}", "sessions.ended{reason=key_lost}",
				"sessions.ended{reason=refused}", "sessions.ended{reason=other_user}", "sessions.ended{reason=denied}",
				"sessions.ended{reason=signed_out}", "address.mismatches{refused=true}",
				"address.mismatches{refused=false}", "revocations.failed");
		assertThat(counters.values()).containsOnly(0.0);
	}

	@ParameterizedTest
	@MethodSource("events")
	void publishThenTheOneCounterOfTheEventCounts(Object event, String counter) {
		Map<String, Double> counters = new HashMap<>(countersAfter(event, event));
		assertThat(counters.remove(counter)).isEqualTo(2.0);
		assertThat(counters.values()).containsOnly(0.0);
	}

	static List<Arguments> events() {
		UltraCartLoginException failure = new UltraCartLoginException(UltraCartLoginError.UNAVAILABLE, "Down");
		return List.of(
				Arguments.of(new UltraCartUserRefreshedEvent(USER, Set.of(), Set.of()), "refreshes{outcome=unchanged}"),
				Arguments.of(new UltraCartUserRefreshedEvent(USER, Set.of("ROLE_A"), Set.of()),
						"refreshes{outcome=changed}"),
				Arguments.of(new UltraCartUserRefreshedEvent(USER, Set.of(), Set.of("ROLE_A")),
						"refreshes{outcome=changed}"),
				Arguments.of(new UltraCartUserRefreshFailedEvent(USER, failure, LATER), "refreshes{outcome=failed}"),
				Arguments.of(new SsoSessionEndedEvent(USER, Reason.EXPIRED), "sessions.ended{reason=expired}"),
				Arguments.of(new SsoSessionEndedEvent(USER, Reason.SIGNED_OUT), "sessions.ended{reason=signed_out}"),
				Arguments.of(new SsoSessionEndedEvent(USER, Reason.OTHER_USER), "sessions.ended{reason=other_user}"),
				Arguments.of(new SsoSessionAddressMismatchEvent(USER, "192.0.2.1", "192.0.2.2", true),
						"address.mismatches{refused=true}"),
				Arguments.of(new SsoSessionAddressMismatchEvent(USER, null, "192.0.2.2", false),
						"address.mismatches{refused=false}"),
				Arguments.of(new SsoSessionRevocationFailedEvent(17, LATER, "request-1"), "revocations.failed"));
	}

	@Test
	void applicationWhenNoMeterRegistryThenNothingIsCounted() {
		TestApplication.configured()
			.run((context) -> assertThat(context).doesNotHaveBean(UltraCartSessionMetrics.class));
	}

	/**
	 * Publishes the events in an application and returns its counters, each named with
	 * all of its tags.
	 */
	private static Map<String, Double> countersAfter(Object... events) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		TestApplication.configured()
			.withBean(MeterRegistry.class, () -> registry)
			.run((context) -> Arrays.stream(events).forEach(context::publishEvent));
		return registry.getMeters()
			.stream()
			.filter((meter) -> !meter.getId().getName().equals("ultracart.sso.logins"))
			.collect(Collectors.toMap((meter) -> name(meter.getId()), (meter) -> ((Counter) meter).count()));
	}

	private static String name(Meter.Id id) {
		String tags = id.getTags().stream().map(Tag::toString).collect(Collectors.joining());
		return id.getName().replace("ultracart.sso.", "") + tags.replaceAll("tag\\(([^=]*)=([^)]*)\\)", "{$1=$2}");
	}

	@Test
	void metersWhenNoWebApplicationThenNoneOfSessions() {
		TestApplication.nonWeb()
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> assertThat(context).hasSingleBean(UltraCartMetricsAutoConfiguration.class)
				.doesNotHaveBean(UltraCartSessionMetrics.class)
				.doesNotHaveBean(UltraCartLoginMetrics.class));
	}

	@Test
	void metersWhenNoRegistryThenNone() {
		TestApplication.configured()
			.run((context) -> assertThat(context).doesNotHaveBean(UltraCartMetricsAutoConfiguration.class));
	}

}
