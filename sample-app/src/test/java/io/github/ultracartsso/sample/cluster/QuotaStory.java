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

package io.github.ultracartsso.sample.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedTraffic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.SoftAssertions.assertSoftly;

/**
 * Three nodes that share UltraCart's limits, which a simulator enforces as they are:
 * 1,000 calls in an hour, 10,000 in a day, one at a time. Fourteen users sign in, open
 * pages, make more calls than are allowed, and sign out; their permissions are read again
 * every five minutes. One node dies during a call, and the store is restarted.
 * <p>
 * The clock runs sixty times as fast, so ten minutes are ten hours for all that is timed
 * by it: the limits, the cool-down, the pauses of the circuit breaker and the refreshes.
 * What takes as long as it does is not timed by it: calls, the time they wait in the
 * queue and for a store that is away, and until the turn of a node that has died is taken
 * over. A call is allowed a second, so that this takes four.
 * <p>
 * {@code ./mvnw test -pl sample-app -am -Dtest='*QuotaTests'
 * -Dsurefire.failIfNoSpecifiedTests=false -Dquota.duration=PT10M} takes ten minutes for
 * each store.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
abstract class QuotaStory {

	private static final Duration DURATION = Duration.parse(System.getProperty("quota.duration", "PT20S"));

	/**
	 * How long logins may be refused after a node has died or the store was restarted, as
	 * it passes and not by the clock.
	 */
	private static final Duration BOUND = Duration.ofSeconds(5);

	private static final String NO_RESPONSE = "logins that got no response in time";

	private static final int USERS = 14;

	private static final int USERS_WHO_STAY = 5;

	private final Instant origin = Instant.now();

	private final UltraCartSimulator ultraCart = UltraCartSimulator.builder()
		.clock(new FastClock(this.origin))
		.limits(SimulatedLimits.ultraCart())
		.start();

	private final List<Node> nodes = new CopyOnWriteArrayList<>();

	private final Map<String, LongAdder> figures = new ConcurrentHashMap<>();

	private final List<Refusal> refusals = new CopyOnWriteArrayList<>();

	private final Map<String, Long> events = new LinkedHashMap<>();

	private final ExecutorService users = Executors.newFixedThreadPool(USERS);

	private final CountDownLatch stop = new CountDownLatch(1);

	@TempDir
	private Path directory;

	/**
	 * Returns the arguments with which nodes reach the store.
	 */
	abstract List<String> arguments();

	abstract void restartStore() throws Exception;

	@AfterEach
	void stop() {
		this.stop.countDown();
		this.users.shutdownNow();
		this.nodes.forEach(Node::close);
		this.ultraCart.close();
	}

	@Test
	void limitsWhenSharedByThreeNodesThenKeptAndLoginsGoOn() throws Exception {
		this.ultraCart.addResource(new SimulatedOrders().orderList());
		LocalNode first = new LocalNode(QuotaNode.start(allArguments()));
		this.nodes.addAll(List.of(first, new LocalNode(QuotaNode.start(allArguments()))));
		Path lastCall = this.directory.resolve("last-call");
		ChildProcess third = startProcess(lastCall);
		RemoteNode remote = new RemoteNode(third);
		this.nodes.add(remote);
		List<Future<Void>> ends = start();
		run(ends, DURATION.multipliedBy(2).dividedBy(5));
		Files.createFile(lastCall);
		third.awaitEnd();
		event("a node died");
		this.nodes.remove(remote);
		run(ends, DURATION.multipliedBy(3).dividedBy(10));
		long begin = System.nanoTime();
		restartStore();
		event("the store was restarted");
		Duration away = Duration.ofNanos(System.nanoTime() - begin);
		run(ends, DURATION.multipliedBy(3).dividedBy(10));
		this.stop.countDown();
		for (Future<Void> end : ends) {
			end.get(1, TimeUnit.MINUTES);
		}
		check(first.bean(CallGate.class), away);
	}

	private void check(CallGate gate, Duration away) throws IOException {
		SimulatedTraffic traffic = this.ultraCart.traffic();
		report(traffic, gate, away);
		assertSoftly((softly) -> {
			softly.assertThat(traffic.rateRefusals()).as("429 for the rate").isZero();
			softly.assertThat(traffic.concurrencyRefusals()).as("429 for concurrency").isZero();
			softly.assertThat(traffic.mostConcurrentCallsApartFrom(SimulatedOperation.SESSION_REVOKE))
				.as("calls at once, sign-outs apart")
				.isOne();
			softly.assertThat(this.refusals)
				.as("logins refused later than %s after an event", BOUND)
				.allSatisfy((refusal) -> softly.assertThat(this.events.values())
					.anyMatch((event) -> refusal.isSoonAfter(event)));
			softly.assertThat(figure(NO_RESPONSE)).as(NO_RESPONSE).isLessThanOrEqualTo(2 + figure("logins") / 100);
			softly.assertThat(figure("logins")).as("logins").isGreaterThan(DURATION.toSeconds() / 3);
			if (DURATION.compareTo(Duration.ofMinutes(2)) >= 0) {
				softly.assertThat(figure("calls for users: 503")).as("calls for users beyond the limit").isPositive();
			}
		});
	}

	private List<String> allArguments() {
		return Stream
			.of(QuotaNode.arguments(this.origin), arguments(),
					List.of("--ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
							"--ultracart.sso.simple-key=" + this.ultraCart.applicationKey(),
							"--ultracart.sso.session.refresh-interval=5m", "--ultracart.sso.http.connect-timeout=500ms",
							"--ultracart.sso.http.read-timeout=900ms", "--ultracart.sso.http.call-timeout=1s"))
			.flatMap(List::stream)
			.toList();
	}

	private ChildProcess startProcess(Path lastCall) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
						"-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp", System.getProperty("java.class.path"),
						QuotaNode.class.getName(), QuotaNode.lastCallWhenExists(lastCall)));
		command.addAll(allArguments());
		return ChildProcess.start(new ProcessBuilder(command), Pattern.compile("Tomcat started on port (\\d+)"));
	}

	private List<Future<Void>> start() {
		List<Future<Void>> ends = new ArrayList<>();
		for (int i = 0; i < USERS; i++) {
			QuotaUser user = new QuotaUser(i, i < USERS_WHO_STAY, this, this.ultraCart);
			ends.add(this.users.submit((Callable<Void>) () -> {
				user.use(this.stop);
				return null;
			}));
		}
		return ends;
	}

	/**
	 * Waits, and fails as soon as a user has failed.
	 */
	private static void run(List<Future<Void>> ends, Duration duration) throws Exception {
		long end = System.nanoTime() + duration.toNanos();
		for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
			for (Future<Void> user : ends) {
				try {
					user.get(Math.min(Math.max(left, 0), 50_000_000), TimeUnit.NANOSECONDS);
				}
				catch (TimeoutException ex) {
					// expected
				}
			}
		}
	}

	/**
	 * Returns the node that a user reaches.
	 */
	Node node(int user) {
		List<Node> running = List.copyOf(this.nodes);
		return running.get(user % running.size());
	}

	void count(String what) {
		this.figures.computeIfAbsent(what, (key) -> new LongAdder()).increment();
	}

	/**
	 * Notes that a login has failed. On a machine that has much else to do, a call can
	 * take longer than its second, which is no refusal.
	 */
	void failed(String how) {
		if (how.endsWith("?error=unavailable")) {
			count(NO_RESPONSE);
		}
		else {
			count("logins that were refused");
			this.refusals.add(new Refusal(System.nanoTime(), how));
		}
	}

	private void event(String what) {
		this.events.put(what, System.nanoTime());
	}

	private long figure(String what) {
		LongAdder figure = this.figures.get(what);
		return (figure != null) ? figure.sum() : 0;
	}

	private void report(SimulatedTraffic traffic, CallGate gate, Duration away) throws IOException {
		Map<String, Object> report = new LinkedHashMap<>();
		report.put("duration", DURATION + ", by the clock " + DURATION.multipliedBy(FastClock.SPEED));
		report.putAll(new TreeMap<>(this.figures));
		this.ultraCart.calls()
			.stream()
			.map(SimulatedCall::operation)
			.collect(Collectors.groupingBy(String::valueOf, TreeMap::new, Collectors.counting()))
			.forEach((operation, calls) -> report.put("calls of " + operation, calls));
		report.put("calls", traffic.calls());
		report.put("429 for the rate", traffic.rateRefusals());
		report.put("429 for concurrency", traffic.concurrencyRefusals());
		report.put("most calls at once", traffic.mostConcurrentCalls());
		report.put("most calls at once, sign-outs apart",
				traffic.mostConcurrentCallsApartFrom(SimulatedOperation.SESSION_REVOKE));
		report.put("calls left in the hour, in the day", gate.leftInHour() + ", " + gate.leftInDay());
		report.put("average wait",
				gate.statistics().waitedTime().dividedBy(Math.max(1, gate.statistics().waitedCalls())));
		report.put("the store was away for", away);
		for (Refusal refusal : this.refusals) {
			report.put("refused " + refusal.how() + " " + report.size(),
					this.events.entrySet()
						.stream()
						.map((event) -> Duration.ofNanos(refusal.at() - event.getValue()) + " after " + event.getKey())
						.collect(Collectors.joining(", ")));
		}
		String text = report.entrySet()
			.stream()
			.map((line) -> "  " + line.getKey() + ": " + line.getValue())
			.collect(Collectors.joining("\n", getClass().getSimpleName() + "\n", "\n"));
		Files.writeString(Path.of("target", getClass().getSimpleName() + ".txt"), text);
		System.out.print(text);
	}

	/**
	 * A login that was refused.
	 */
	private record Refusal(long at, String how) {

		boolean isSoonAfter(long event) {
			// it was begun before it was refused
			return Math.abs(this.at - event) <= BOUND.toNanos();
		}

	}

}
