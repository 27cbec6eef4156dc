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

package io.github.ultracartsso.test.simulator.http;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.node.ObjectNode;

/**
 * A response of the simulator, free of the HTTP server's types. Immutable. Not part of
 * the API.
 */
public final class SimulatorResponse {

	public static final String JSON = "application/json; charset=UTF-8";

	private final int status;

	private final Map<String, String> headers;

	private final String body;

	private final Delivery delivery;

	private SimulatorResponse(int status, Map<String, String> headers, String body, Delivery delivery) {
		this.status = status;
		this.headers = Collections.unmodifiableMap(headers);
		this.body = body;
		this.delivery = delivery;
	}

	public static SimulatorResponse status(int status) {
		return new SimulatorResponse(status, Map.of(), "", new Delivery(Duration.ZERO, Transmission.NORMAL, null));
	}

	public static SimulatorResponse json(ObjectNode document) {
		return status(200).header("Content-Type", JSON).body(document.toString());
	}

	/**
	 * A broken connection in place of a response.
	 */
	public static SimulatorResponse broken(Breakage breakage) {
		return new SimulatorResponse(0, Map.of(), "", new Delivery(Duration.ZERO, Transmission.NORMAL, breakage));
	}

	public SimulatorResponse header(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new SimulatorResponse(this.status, headers, this.body, this.delivery);
	}

	/**
	 * Adds the header {@code Retry-After}.
	 * @param wait the time to wait, sent in whole seconds, rounded up
	 */
	public SimulatorResponse retryAfter(Duration wait) {
		return header("Retry-After", Long.toString(wait.plusNanos(999_999_999).toSeconds()));
	}

	public SimulatorResponse body(String body) {
		return new SimulatorResponse(this.status, this.headers, body, this.delivery);
	}

	/**
	 * Delays the finished response.
	 */
	public SimulatorResponse delay(Duration delay) {
		return deliver(new Delivery(delay, this.delivery.transmission(), this.delivery.breakage()));
	}

	/**
	 * Sets how the body is sent.
	 */
	public SimulatorResponse transmission(Transmission transmission) {
		return deliver(new Delivery(this.delivery.delay(), transmission, this.delivery.breakage()));
	}

	private SimulatorResponse deliver(Delivery delivery) {
		return new SimulatorResponse(this.status, this.headers, this.body, delivery);
	}

	/**
	 * Returns the status, {@code 0} where the connection breaks instead.
	 */
	public int status() {
		return this.status;
	}

	public String body() {
		return this.body;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	Delivery delivery() {
		return this.delivery;
	}

	/**
	 * Ways to break a connection.
	 */
	public enum Breakage {

		RESET, EMPTY, GARBAGE, MALFORMED_CHUNK

	}

}
