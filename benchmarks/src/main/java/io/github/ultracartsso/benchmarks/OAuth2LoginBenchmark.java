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

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures a complete login with Spring Security's {@code oauth2Login}.
 */
@State(Scope.Benchmark)
public class OAuth2LoginBenchmark {

	/**
	 * How many logins have been completed before, as in {@link LoginBenchmark}.
	 */
	@Param("100000")
	public int forgotten;

	private final BenchmarkApplication application = new BenchmarkApplication(LoginMechanism.OAUTH2);

	/**
	 * Completes the logins before.
	 */
	@Setup
	public void completeForgotten() {
		for (int i = 0; i < this.forgotten; i++) {
			login();
		}
	}

	/**
	 * Completes a login.
	 * @return the browser of the user
	 */
	@Benchmark
	public Object login() {
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
