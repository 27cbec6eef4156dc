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

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How much is measured, and for how long.
 *
 * @param rounds how often each benchmark is run, in a JVM of its own
 * @param warmups the iterations before the measurement
 * @param iterations the measured iterations
 * @param iterationTime the duration of an iteration
 * @param others the numbers of other logins, in ascending order from 0
 * @param sessions how many sessions the heap size is determined from
 * @param forked whether benchmarks run in JVMs of their own
 */
record BenchmarkPlan(int rounds, int warmups, int iterations, TimeValue iterationTime, List<Integer> others,
		int sessions, boolean forked) {

	static BenchmarkPlan full() {
		return new BenchmarkPlan(3, 4, 2, TimeValue.seconds(1), List.of(0, 10_000, 100_000), 1000, true);
	}

	/**
	 * Returns a plan that shows that everything runs, and whose figures mean nothing.
	 */
	static BenchmarkPlan quick() {
		return new BenchmarkPlan(1, 1, 1, TimeValue.milliseconds(10), List.of(0, 10, 50), 5, false);
	}

	/**
	 * Returns the options of one round.
	 */
	Options options() {
		ChainedOptionsBuilder options = new OptionsBuilder().include(BenchmarkPlan.class.getPackageName() + "\\.")
			.param("others", this.others.stream().map(String::valueOf).toArray(String[]::new))
			.param("forgotten", String.valueOf(this.others.get(this.others.size() - 1)))
			.mode(Mode.AverageTime)
			.timeUnit(TimeUnit.MICROSECONDS)
			.warmupIterations(this.warmups)
			.warmupTime(this.iterationTime)
			.measurementIterations(this.iterations)
			.measurementTime(this.iterationTime)
			.forks(this.forked ? 1 : 0)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
		options.param("store", RedisServer.isInstalled() ? new String[] { GateBenchmark.MEMORY, GateBenchmark.REDIS }
				: new String[] { GateBenchmark.MEMORY });
		if (this.forked) {
			options.jvmArgsAppend("-Xms2g", "-Xmx2g");
		}
		return options.build();
	}

}
