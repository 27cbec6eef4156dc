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

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Measures the request of a signed-in user through all security filters to a page that
 * reads their authorities.
 */
@State(Scope.Benchmark)
public class SignedInRequestBenchmark {

	static final String NO_SECURITY = "NONE";

	/**
	 * The login mechanism, or {@code NONE} for requests that pass no filter.
	 */
	@Param({ "ULTRACART", "OAUTH2", "FORM", NO_SECURITY })
	public String mechanism = NO_SECURITY;

	private @Nullable BenchmarkApplication application;

	private Browser browser = BenchmarkApplication.newBrowserWithoutSecurity();

	/**
	 * Starts the application and signs a user in.
	 */
	@Setup
	public void signIn() {
		if (!this.mechanism.equals(NO_SECURITY)) {
			this.application = new BenchmarkApplication(LoginMechanism.valueOf(this.mechanism));
			this.browser = this.application.signIn();
		}
	}

	/**
	 * Sends a request.
	 * @return the number of authorities that the page has read
	 */
	@Benchmark
	public int request() {
		return BenchmarkApplication.countAuthorities(this.browser);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void close() {
		if (this.application != null) {
			this.application.close();
		}
	}

}
