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

import java.time.Duration;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures a complete login with UltraCart while an instance remembers others. Before
 * each login the clock advances so far that the same number of logins always lies within
 * the last ten minutes: as one is added, another one leaves.
 */
@State(Scope.Benchmark)
public class LoginBenchmark {

	private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

	/**
	 * How many other logins have been completed in the last ten minutes.
	 */
	@Param({ "0", "10000", "100000" })
	public int others;

	/**
	 * How many logins have been completed before those and lie longer ago, so that the
	 * JVM has compiled the same code however many others there are.
	 */
	@Param("100000")
	public int forgotten;

	private final BenchmarkApplication application = new BenchmarkApplication(LoginMechanism.ULTRACART);

	private final SteppingClock clock = this.application.clock();

	private Duration step = TEN_MINUTES.plusMinutes(1);

	/**
	 * Completes the forgotten logins and the other logins.
	 */
	@Setup
	public void completeOthers() {
		for (int i = 0; i < this.forgotten; i++) {
			login();
		}
		if (this.others > 0) {
			this.step = TEN_MINUTES.dividedBy(this.others);
		}
		for (int i = 0; i < this.others; i++) {
			login();
		}
	}

	/**
	 * Completes a login.
	 * @return the browser of the user
	 */
	@Benchmark
	public Object login() {
		this.clock.advance(this.step);
		return this.application.signIn();
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void close() {
		this.application.close();
	}

}
