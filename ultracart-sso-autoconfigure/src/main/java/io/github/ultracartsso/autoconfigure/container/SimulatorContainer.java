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

package io.github.ultracartsso.autoconfigure.container;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * How the simulator in a container is called, as its environment and its command say.
 *
 * @param port the port in the container
 * @param tls whether it serves https
 * @param applicationKey the simple key of the application
 */
record SimulatorContainer(int port, boolean tls, String applicationKey) {

	/**
	 * The name of the service connection, and the name of the image.
	 */
	static final String[] CONNECTION_NAMES = { "ultracart", "ultracart-sso-simulator" };

	private static final String DEFAULT_PORT = "8089";

	private static final String DEFAULT_KEY = "ultracart-simulator";

	/**
	 * Reads how a simulator is called. Options of the command take precedence, as in the
	 * simulator.
	 * @param environment the environment variables
	 * @param command the options of the simulator, empty where they are not known
	 */
	static SimulatorContainer of(Map<String, String> environment, List<String> command) {
		String port = value(command, "--port", environment.get("ULTRACART_SERVER_PORT"), DEFAULT_PORT);
		boolean tls = command.contains("--tls") || Boolean.parseBoolean(environment.get("ULTRACART_TLS"));
		String key = value(command, "--application-key", environment.get("ULTRACART_APPLICATION_KEY"), DEFAULT_KEY);
		// the simulator itself reports text that is not a port
		return new SimulatorContainer(Integer.parseInt(port.matches("\\d{1,5}") ? port : DEFAULT_PORT), tls, key);
	}

	private static String value(List<String> command, String option, @Nullable String variable, String defaultValue) {
		return IntStream.range(0, command.size())
			.filter((i) -> command.get(i).equals(option) || command.get(i).startsWith(option + "="))
			.mapToObj((i) -> command.get(i).equals(option) ? following(command, i)
					: command.get(i).substring(option.length() + 1))
			.reduce((first, last) -> last)
			.orElse(StringUtils.hasText(variable) ? variable : defaultValue);
	}

	private static String following(List<String> command, int i) {
		return (i + 1 < command.size()) ? command.get(i + 1) : "";
	}

	/**
	 * Returns the base URL.
	 * @param host the host that the container is reached under
	 * @param publishedPort returns the port for a port in the container
	 */
	URI baseUrl(String host, IntUnaryOperator publishedPort) {
		return URI.create(
				(this.tls ? "https://" : "http://") + host + ":" + publishedPort.applyAsInt(this.port) + "/rest/v2");
	}

	ApplicationCredential credential() {
		return new SimpleKeyCredential(SimpleKey.of(this.applicationKey));
	}

	/**
	 * Returns the port only, because the key is a secret.
	 */
	@Override
	public String toString() {
		return "SimulatorContainer[port=" + this.port + "]";
	}

}
