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

package io.github.ultracartsso.test.simulator.rest;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import org.jspecify.annotations.Nullable;

/**
 * The URL of the login page as the browser of a login reaches it. Not part of the API.
 *
 * @param url the URL on the machine of the simulator
 * @param hosts other names of that machine, in lower case
 */
public record LoginPageUrl(URI url, Set<String> hosts) {

	public LoginPageUrl {
		hosts = Set.copyOf(hosts);
	}

	/**
	 * Returns the URL for a login. Its host is that of the application, which runs beside
	 * the simulator then, or that under which the application calls the simulator, if it
	 * is one of the hosts.
	 */
	String forLogin(URI redirectUri, SimulatorRequest request) {
		return Stream.of(host(redirectUri.getRawAuthority()), host(request.header("Host")))
			.filter(this.hosts::contains)
			.findFirst()
			.map((host) -> on(host, port(host, request.header("Host"))))
			.orElseGet(this.url::toString);
	}

	/**
	 * Returns the URL on a host that is not the one of the API.
	 */
	String onOtherHost() {
		return on("127.0.0.1", ":" + this.url.getPort());
	}

	private String on(String host, String port) {
		return this.url.getScheme() + "://" + host + port + this.url.getRawPath();
	}

	/**
	 * Returns the port under which the application calls the host, which differs from the
	 * simulator's own in a container.
	 */
	private String port(String host, @Nullable String authority) {
		return (authority != null && host(authority).equals(host)) ? authority.substring(host.length())
				: ":" + this.url.getPort();
	}

	private static String host(@Nullable String authority) {
		return (authority != null) ? authority.replaceFirst(":\\d*$", "").toLowerCase(Locale.ROOT) : "";
	}

}
