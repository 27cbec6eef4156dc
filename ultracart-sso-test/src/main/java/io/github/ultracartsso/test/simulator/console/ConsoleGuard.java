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

package io.github.ultracartsso.test.simulator.console;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests that come from other sites: those that reach the simulator under the
 * name of another site (DNS rebinding), and forms that another site submits.
 */
final class ConsoleGuard {

	/**
	 * IPv4 and IPv6 addresses, which are no names that a site could have.
	 */
	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

	private final String scheme;

	private final Set<String> hosts;

	ConsoleGuard(URI origin, Set<String> hosts) {
		this.scheme = origin.getScheme();
		this.hosts = Set.copyOf(hosts);
	}

	/**
	 * Returns whether the request has a host that the simulator is reached under.
	 */
	boolean isForThisHost(SimulatorRequest request) {
		String host = host(request.header("Host"));
		return host.equals("localhost") || ADDRESS.matcher(host).matches() || this.hosts.contains(host);
	}

	/**
	 * Returns whether a form was submitted from the console. Browsers always send the
	 * origin with a form.
	 */
	boolean isSameOrigin(SimulatorRequest request) {
		return (this.scheme + "://" + request.header("Host")).equals(request.header("Origin"));
	}

	private static String host(@Nullable String authority) {
		return (authority != null) ? authority.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT) : "";
	}

}
