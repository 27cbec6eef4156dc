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

package io.github.ultracartsso.client.http;

import java.time.Duration;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallTimeLimit;

import org.springframework.util.Assert;

/**
 * Settings that all clients of an application share. Start with {@link #defaults()}.
 *
 * @param apiVersion the API version sent with every call, which is the date of its
 * publication. UltraCart rejects calls without one
 * @param callGate the gate that calls pass: concurrency limit, cool-down and circuit
 * breaker. Signing out is not held back by it
 * @param timeLimit how long a call may take, retries included, once it has passed the
 * gate. Give the same object to the {@link UltraCartHttpClientCustomizer}, or a request
 * that hangs is not aborted
 * @param maxRetries the maximum number of retries after a transient failure, zero for
 * none. Reading a user and revoking a key are retried, {@code ssoAuthorize} only if the
 * request was not sent or was rate limited, and {@code ssoToken} and calls that are not
 * part of single sign-on never
 * @param plainHttpHosts hosts on which the API may be plain http, for development
 * @since 0.1
 */
public record UltraCartHttpSettings(String apiVersion, CallGate callGate, CallTimeLimit timeLimit, int maxRetries,
		PlainHttpHosts plainHttpHosts) {

	/**
	 * The API version that is requested by default.
	 */
	public static final String DEFAULT_API_VERSION = "2017-03-01";

	private static final Duration DEFAULT_QUEUE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private static final int DEFAULT_MAX_RETRIES = 2;

	/**
	 * Creates settings.
	 * @param apiVersion the API version
	 * @param callGate the gate
	 * @param timeLimit the time limit
	 * @param maxRetries the maximum number of retries
	 * @param plainHttpHosts hosts on which the API may be plain http
	 * @throws IllegalArgumentException if the API version is empty, the number of retries
	 * negative or anything else {@code null}
	 */
	public UltraCartHttpSettings {
		Assert.hasText(apiVersion, "apiVersion cannot be empty");
		Assert.notNull(callGate, "callGate cannot be null");
		Assert.notNull(timeLimit, "timeLimit cannot be null");
		Assert.isTrue(maxRetries >= 0, "maxRetries cannot be negative");
		Assert.notNull(plainHttpHosts, "plainHttpHosts cannot be null");
	}

	/**
	 * Returns the default settings: API version {@value #DEFAULT_API_VERSION}, a new gate
	 * with a concurrency limit of one and a queue timeout of five seconds, a time limit
	 * of ten seconds, two retries, and no plain http but for loopback hosts.
	 * @return the settings
	 */
	public static UltraCartHttpSettings defaults() {
		return new UltraCartHttpSettings(DEFAULT_API_VERSION, new CallGate(1, DEFAULT_QUEUE_TIMEOUT),
				new CallTimeLimit(DEFAULT_TIMEOUT), DEFAULT_MAX_RETRIES, PlainHttpHosts.NONE);
	}

	/**
	 * Returns these settings with another API version.
	 * @param apiVersion the publication date of the API version
	 * @return the settings
	 */
	public UltraCartHttpSettings withApiVersion(String apiVersion) {
		return new UltraCartHttpSettings(apiVersion, this.callGate, this.timeLimit, this.maxRetries,
				this.plainHttpHosts);
	}

	/**
	 * Returns these settings with another gate.
	 * @param callGate the gate
	 * @return the settings
	 */
	public UltraCartHttpSettings withCallGate(CallGate callGate) {
		return new UltraCartHttpSettings(this.apiVersion, callGate, this.timeLimit, this.maxRetries,
				this.plainHttpHosts);
	}

	/**
	 * Returns these settings with another time limit.
	 * @param timeLimit the time limit
	 * @return the settings
	 */
	public UltraCartHttpSettings withTimeLimit(CallTimeLimit timeLimit) {
		return new UltraCartHttpSettings(this.apiVersion, this.callGate, timeLimit, this.maxRetries,
				this.plainHttpHosts);
	}

	/**
	 * Returns these settings with another maximum number of retries.
	 * @param maxRetries the number, zero for none
	 * @return the settings
	 */
	public UltraCartHttpSettings withMaxRetries(int maxRetries) {
		return new UltraCartHttpSettings(this.apiVersion, this.callGate, this.timeLimit, maxRetries,
				this.plainHttpHosts);
	}

	/**
	 * Returns these settings with other hosts on which the API may be plain http. By
	 * default there are none besides loopback hosts.
	 * @param plainHttpHosts the hosts
	 * @return the settings
	 */
	public UltraCartHttpSettings withPlainHttpHosts(PlainHttpHosts plainHttpHosts) {
		return new UltraCartHttpSettings(this.apiVersion, this.callGate, this.timeLimit, this.maxRetries,
				plainHttpHosts);
	}

}
