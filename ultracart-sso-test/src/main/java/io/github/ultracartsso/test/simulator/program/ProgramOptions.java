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

package io.github.ultracartsso.test.simulator.program;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import org.jspecify.annotations.Nullable;

/**
 * The options of the program.
 *
 * @param port the port, 0 for a free one
 * @param users the file with the users, {@code null} for two sample users
 * @param applicationKey the simple key of the application
 * @param hosts names besides localhost under which the simulator is reached
 * @param alternatives what the simulator does that UltraCart does not document
 * @param tls whether to serve https
 * @param help whether to print the usage only
 */
record ProgramOptions(int port, @Nullable Path users, String applicationKey, List<String> hosts,
		List<SimulatedAlternative> alternatives, boolean tls, boolean help) {

	static final String DEFAULT_PORT = "8089";

	static final String DEFAULT_KEY = "ultracart-simulator";

	static final String USAGE = """
			Simulates UltraCart's single sign-on.

			  --port 8089               the port to listen on, 0 for a free one; also the environment
			                            variable ULTRACART_SERVER_PORT
			  --users users.json        the users: login, fullName, email, permissions, groups,
			                            or UltraCart's user documents; also several merchants
			  --application-key KEY     the application's simple key, by default ultracart-simulator
			                            or the environment variable ULTRACART_APPLICATION_KEY
			  --host NAME               a name besides localhost under which it is reached, or
			                            "localhost" to listen on all network interfaces only;
			                            may be repeated
			  --tls                     serves https with a new certificate; also the environment
			                            variable ULTRACART_TLS=true
			  --show ALTERNATIVE        what UltraCart may do where it is not documented, as the
			                            console lists it; may be repeated
			  --help                    prints this
			""";

	/**
	 * Parses the arguments of the program.
	 * @param arguments the arguments, each value after its option or after an equals sign
	 * @param environment the environment variables, which options take precedence over
	 * @throws UsageException if an argument is not valid
	 */
	static ProgramOptions parse(String[] arguments, Map<String, String> environment) {
		int port = port("ULTRACART_SERVER_PORT", variable(environment, "ULTRACART_SERVER_PORT", DEFAULT_PORT));
		Path users = null;
		String applicationKey = variable(environment, "ULTRACART_APPLICATION_KEY", DEFAULT_KEY);
		List<String> hosts = new ArrayList<>();
		List<SimulatedAlternative> alternatives = new ArrayList<>();
		boolean tls = Boolean.parseBoolean(environment.get("ULTRACART_TLS"));
		boolean help = false;
		Iterator<String> remaining = separated(arguments).iterator();
		while (remaining.hasNext()) {
			String option = remaining.next();
			switch (option) {
				case "--port" -> port = port(option, value(option, remaining));
				case "--users" -> users = Path.of(value(option, remaining));
				case "--application-key" -> applicationKey = value(option, remaining);
				case "--host" -> hosts.add(value(option, remaining));
				case "--show" -> alternatives.add(alternative(value(option, remaining)));
				case "--tls" -> tls = true;
				case "--help", "-h" -> help = true;
				default -> throw new UsageException("Unknown option " + option + "; --help lists the options");
			}
		}
		return new ProgramOptions(port, users, applicationKey, hosts, alternatives, tls, help);
	}

	private static List<String> separated(String[] arguments) {
		List<String> separated = new ArrayList<>();
		for (String argument : arguments) {
			separated.addAll(argument.startsWith("--") ? List.of(argument.split("=", 2)) : List.of(argument));
		}
		return separated;
	}

	private static String value(String option, Iterator<String> remaining) {
		String value = remaining.hasNext() ? remaining.next() : "";
		if (value.isBlank() || value.startsWith("--")) {
			throw new UsageException("The option " + option + " needs a value");
		}
		return value;
	}

	private static String variable(Map<String, String> environment, String name, String defaultValue) {
		String value = environment.get(name);
		return (value != null && !value.isBlank()) ? value : defaultValue;
	}

	private static int port(String source, String value) {
		if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
			return Integer.parseInt(value);
		}
		throw new UsageException(source + " takes a number from 0 to 65535, not " + value);
	}

	private static SimulatedAlternative alternative(String value) {
		String name = value.toUpperCase(Locale.ROOT).replace('-', '_');
		return Arrays.stream(SimulatedAlternative.values())
			.filter((alternative) -> alternative.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new UsageException("--show takes one of "
					+ Arrays.stream(SimulatedAlternative.values()).map(Enum::name).collect(Collectors.joining(", "))
					+ ", not " + value));
	}

	/**
	 * Returns the port only, because the key is a secret.
	 */
	@Override
	public String toString() {
		return "ProgramOptions[port=" + this.port + "]";
	}

}
