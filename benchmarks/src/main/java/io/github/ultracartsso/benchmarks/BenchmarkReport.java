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

package io.github.ultracartsso.benchmarks;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Runs all benchmarks and prints what they cost in relation to each other.
 */
public final class BenchmarkReport {

	private static final String WHOLE_LOGIN = "a whole login";

	/**
	 * Nanoseconds of a microsecond.
	 */
	private static final int NANOSECONDS = 1000;

	private final BenchmarkPlan plan;

	private final PrintStream out;

	private final RatioTable requestTime = requests("Request of a signed-in user, µs");

	private final RatioTable requestBytes = requests("Request of a signed-in user, bytes allocated");

	private final RatioTable loginTime = logins("Login, µs");

	private final RatioTable loginBytes = logins("Login, bytes allocated");

	private final RatioTable partTime = new RatioTable("Parts of a login, µs", WHOLE_LOGIN);

	private final RatioTable gateTime = new RatioTable("A call through the gate, µs", GateBenchmark.MEMORY);

	private final RatioTable checkTime = new RatioTable("Check of a permission, ns", checkLabel("requestByRole"),
			checkLabel("methodByRole"));

	private final RatioTable serializedSize = sessions("Session after a login, bytes serialized");

	private final RatioTable heapSize = sessions("Session after a login, bytes of heap");

	BenchmarkReport(BenchmarkPlan plan, PrintStream out) {
		this.plan = plan;
		this.out = out;
	}

	/**
	 * Runs all benchmarks and prints the report.
	 * @param args {@code --quick} to check within seconds that all benchmarks run
	 * @throws RunnerException if a benchmark fails
	 */
	public static void main(String[] args) throws RunnerException {
		boolean quick = List.of(args).contains("--quick");
		new BenchmarkReport(quick ? BenchmarkPlan.quick() : BenchmarkPlan.full(),
				new PrintStream(System.out, true, StandardCharsets.UTF_8))
			.run();
	}

	void run() throws RunnerException {
		if (!RedisServer.isInstalled()) {
			this.out.println("There is no redis-server on the path, so a call through a shared gate is not measured");
		}
		for (int round = 1; round <= this.plan.rounds(); round++) {
			this.out.println("Round " + round + " of " + this.plan.rounds() + " …");
			for (RunResult result : new Runner(this.plan.options()).run()) {
				add(result);
			}
		}
		for (LoginMechanism mechanism : LoginMechanism.values()) {
			SessionSize size = SessionSize.of(mechanism, this.plan.sessions());
			this.serializedSize.add(mechanism.label(), (double) size.serializedBytes());
			this.heapSize.add(mechanism.label(), (double) size.heapBytes());
		}
		this.out.println();
		List.of(this.requestTime, this.requestBytes, this.loginTime, this.loginBytes, this.partTime, this.gateTime,
				this.checkTime, this.serializedSize, this.heapSize)
			.forEach(this.out::println);
	}

	private void add(RunResult result) {
		String benchmark = result.getParams().getBenchmark();
		if (benchmark.startsWith(SignedInRequestBenchmark.class.getName())) {
			add(this.requestTime, this.requestBytes, requestLabel(result.getParams().getParam("mechanism")), result);
		}
		else if (benchmark.startsWith(LoginBenchmark.class.getName())) {
			int others = Integer.parseInt(result.getParams().getParam("others"));
			add(this.loginTime, this.loginBytes, loginLabel(others), result);
			if (others == 0) {
				this.partTime.add(WHOLE_LOGIN, time(result));
			}
		}
		else if (benchmark.startsWith(OAuth2LoginBenchmark.class.getName())) {
			add(this.loginTime, this.loginBytes, LoginMechanism.OAUTH2.label(), result);
		}
		else if (benchmark.startsWith(GateBenchmark.class.getName())) {
			this.gateTime.add(result.getParams().getParam("store"), time(result));
		}
		else if (benchmark.startsWith(CheckBenchmark.class.getName())) {
			this.checkTime.add(checkLabel(benchmark.substring(benchmark.lastIndexOf('.') + 1)),
					NANOSECONDS * time(result));
		}
		else {
			this.partTime.add(partLabel(benchmark.substring(benchmark.lastIndexOf('.') + 1)), time(result));
		}
	}

	private static void add(RatioTable times, RatioTable bytes, String label, RunResult result) {
		times.add(label, time(result));
		bytes.add(label, bytes(result));
	}

	private static double bytes(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm")).getScore();
	}

	private static double time(RunResult result) {
		return result.getPrimaryResult().getScore();
	}

	private static RatioTable requests(String title) {
		return new RatioTable(title, LoginMechanism.OAUTH2.label(), LoginMechanism.FORM.label());
	}

	private static RatioTable sessions(String title) {
		return new RatioTable(title, LoginMechanism.OAUTH2.label(), LoginMechanism.FORM.label());
	}

	private static RatioTable logins(String title) {
		return new RatioTable(title, LoginMechanism.OAUTH2.label(), loginLabel(0));
	}

	private static String requestLabel(String mechanism) {
		return mechanism.equals(SignedInRequestBenchmark.NO_SECURITY) ? "no security filters"
				: LoginMechanism.valueOf(mechanism).label();
	}

	private static String partLabel(String method) {
		return switch (method) {
			case "sealKey" -> "sealing the key";
			case "openKey" -> "opening the key";
			case "mapUser" -> "mapping the user";
			default -> method;
		};
	}

	private static String checkLabel(String method) {
		return switch (method) {
			case "requestByRole" -> "request, hasRole";
			case "requestByPermission" -> "request, hasPermission";
			case "methodByRole" -> "method, hasRole";
			case "methodByPermission" -> "method, @RequiresPermission";
			case "expressionByPermission" -> "method, @ultraCart.hasPermission";
			default -> method;
		};
	}

	private static String loginLabel(int others) {
		return String.format(Locale.ROOT, "%s, %,d others", LoginMechanism.ULTRACART.label(), others);
	}

}
