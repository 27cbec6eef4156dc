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

package io.github.ultracartsso.sample.soak;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshFailedEvent;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.sample.soak.SoakFigures.Footprint;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedTraffic;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

/**
 * Uses the back office for ten minutes as several users do, while UltraCart enforces its
 * limits and often fails:
 * {@code ./mvnw -Psoak verify -pl sample-app -am -Dsoak.duration=PT10M -Dsoak.seed=1}.
 * <p>
 * Time runs sixty times as fast: what UltraCart allows in an hour is allowed in a minute
 * here, and what it allows in a day in 24 minutes. As many logins may start in an hour as
 * otherwise in sixty, and permissions are read again after seconds instead of minutes. So
 * the limits of the simulator are UltraCart's own, and eight users with a pause of 0.35
 * seconds stay below them unless calls are wasted.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "ultracart.sso.session.refresh-interval=4s", "ultracart.sso.http.connect-timeout=300ms",
				"ultracart.sso.http.read-timeout=300ms", "ultracart.sso.http.call-timeout=1s",
				"ultracart.sso.http.queue-timeout=2s", "ultracart.sso.login.max-starts-per-hour=30000",
				"ultracart.sso.limits.calls-per-hour=1000000", "ultracart.sso.limits.calls-per-day=1000000",
				"server.tomcat.threads.max=16", "server.tomcat.threads.min-spare=16" })
@Import({ UltraCartSimulatorConfiguration.class, SimulatedOrders.class, BackofficeSoak.Observation.class })
@DirtiesContext
class BackofficeSoak {

	private static final Duration DURATION = Duration.parse(System.getProperty("soak.duration", "PT10M"));

	private static final Duration WARM_UP = DURATION.dividedBy(4);

	private static final long SEED = Long.getLong("soak.seed", System.nanoTime());

	private static final int USERS = 8;

	private static final SimulatedLimits LIMITS = SimulatedLimits.none()
		.rate(1_000, Duration.ofMinutes(1))
		.rate(10_000, Duration.ofMinutes(24))
		.oneCallAtATime();

	private static final Duration REVOCATIONS = Duration.ofMinutes(3);

	private final RandomFaults faults = new RandomFaults(SEED);

	private final CountDownLatch stop = new CountDownLatch(1);

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private SoakFigures figures;

	@Autowired
	private SsoSessionRevoker revoker;

	@LocalServerPort
	private int port;

	@Test // A4
	void backofficeWhenUltraCartOftenFailsThenNobodyIsMixedUpAndNothingIsLeftBehind() throws Exception {
		try (ErrorLog log = new ErrorLog()) {
			this.ultraCart.enforce(LIMITS).answerSometimes(this.faults);
			ExecutorService users = Executors.newFixedThreadPool(USERS);
			List<Future<Void>> ends = start(users);
			assertStillRunning(ends, WARM_UP);
			Footprint warm = Footprint.now();
			assertStillRunning(ends, DURATION.minus(WARM_UP));
			Footprint end = Footprint.now();
			this.stop.countDown();
			for (Future<Void> user : ends) {
				user.get(1, TimeUnit.MINUTES);
			}
			users.shutdown();
			this.ultraCart.clearFaults();
			awaitRevocations();
			// retries that are still waiting run now, or are reported
			this.revoker.close();
			SimulatedTraffic traffic = this.ultraCart.traffic();
			report(warm, end, traffic, log);
			assertSoftly((softly) -> {
				softly.assertThat(log.errors()).as("errors in the log").isEmpty();
				softly.assertThat(this.ultraCart.liveKeys())
					.as("keys that are alive and were not reported")
					.isLessThanOrEqualTo((int) this.figures.get(Observation.UNREVOKED));
				softly.assertThat(traffic.mostConcurrentCallsApartFrom(SimulatedOperation.SESSION_REVOKE))
					.as("calls at once, revocations apart")
					.isOne();
				softly.assertThat(traffic.rateRefusals()).as("calls beyond the rate").isZero();
				softly.assertThat(end.threads()).as("threads").isLessThanOrEqualTo(warm.threads() + 4);
				softly.assertThat(end.heapMegabytes()).as("heap in MB").isLessThanOrEqualTo(warm.heapMegabytes() + 16);
			});
		}
	}

	private List<Future<Void>> start(ExecutorService users) {
		URI url = URI.create("http://localhost:" + this.port);
		List<Future<Void>> ends = new ArrayList<>();
		for (int i = 0; i < USERS; i++) {
			SoakUser user = new SoakUser(i, url, this.ultraCart, this.figures, new Random(SEED + i));
			ends.add(users.submit((Callable<Void>) () -> {
				user.use(this.stop);
				return null;
			}));
		}
		return ends;
	}

	/**
	 * Waits, and fails as soon as a user has failed.
	 */
	private static void assertStillRunning(List<Future<Void>> ends, Duration duration) throws Exception {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			for (Future<Void> user : ends) {
				try {
					user.get(Math.min(left, 100_000_000), TimeUnit.NANOSECONDS);
				}
				catch (TimeoutException ex) {
					// expected
				}
			}
		}
	}

	/**
	 * Waits for pending retries until none is left, or until they must have been
	 * reported.
	 */
	private void awaitRevocations() throws InterruptedException {
		CountDownLatch never = new CountDownLatch(1);
		long end = System.nanoTime() + REVOCATIONS.toNanos();
		while (this.ultraCart.liveKeys() > this.figures.get(Observation.UNREVOKED) && System.nanoTime() < end) {
			never.await(100, TimeUnit.MILLISECONDS);
		}
	}

	private void report(Footprint warm, Footprint end, SimulatedTraffic traffic, ErrorLog log) throws IOException {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("duration", DURATION);
		report.put("seed", SEED);
		report.put("users", USERS);
		report.put("limits", LIMITS);
		report.putAll(this.figures.all());
		report.put("faults: silence", this.faults.hangs());
		this.faults.errors().forEach((operation, count) -> report.put("faults: errors of " + operation, count));
		report.put("calls", traffic.calls());
		report.put("429 for the rate", traffic.rateRefusals());
		report.put("429 for concurrency", traffic.concurrencyRefusals());
		report.put("most calls at once", traffic.mostConcurrentCalls());
		report.put("most calls at once, revocations apart",
				traffic.mostConcurrentCallsApartFrom(SimulatedOperation.SESSION_REVOKE));
		report.put("calls at the same time",
				traffic.simultaneous().stream().filter((calls) -> calls.size() > 1).limit(10).toList());
		report.put("keys alive at the end", this.ultraCart.liveKeys());
		report.put("errors in the log", log.errors().size());
		report.put("after warming up", warm);
		report.put("at the end", end);
		String text = report.entrySet()
			.stream()
			.map((line) -> "  " + line.getKey() + ": " + line.getValue())
			.collect(Collectors.joining("\n", "SOAK\n", "\n"));
		Files.writeString(Path.of("target", "soak.txt"), text);
		System.out.print(text);
	}

	/**
	 * Counts the events of the application.
	 */
	@TestConfiguration(proxyBeanMethods = false)
	static class Observation {

		static final String UNREVOKED = "revocations that were given up and reported";

		private final SoakFigures figures = new SoakFigures();

		@Bean
		SoakFigures soakFigures() {
			return this.figures;
		}

		@EventListener
		void refreshed(UltraCartUserRefreshedEvent event) {
			this.figures.count(event.isChange() ? "refreshes with a change" : "refreshes without a change");
		}

		@EventListener
		void refreshFailed(UltraCartUserRefreshFailedEvent event) {
			this.figures.count("refreshes that failed");
		}

		@EventListener
		void unrevoked(SsoSessionRevocationFailedEvent event) {
			this.figures.count(UNREVOKED);
		}

	}

}
