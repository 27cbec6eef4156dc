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

package io.github.ultracartsso.web;

import java.util.Enumeration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

import io.github.ultracartsso.client.SecureTransport;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.security.util.matcher.InetAddressMatcher;
import org.springframework.security.util.matcher.InetAddressMatchers;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches requests that a client nearby has sent to the application itself: from an
 * address on its machine or in an internal network, and without the headers of a proxy.
 * <p>
 * The request is judged as the container passes it on, because Spring's
 * {@code ForwardedHeaderFilter} hides the headers. A container that evaluates them itself
 * may remove some, as Tomcat's {@code RemoteIpValve} does, but then the address is that
 * of the client. Not part of the API.
 */
public final class LocalRequestMatcher implements RequestMatcher {

	private static final Set<String> PROXY_HEADERS = Set.of("forwarded", "via", "x-real-ip");

	private final Predicate<@Nullable String> address;

	private LocalRequestMatcher(Predicate<@Nullable String> address) {
		this.address = address;
	}

	/**
	 * Matches requests from a loopback address.
	 * @return the matcher
	 */
	public static LocalRequestMatcher sameMachine() {
		return new LocalRequestMatcher(LocalRequestMatcher::isLoopback);
	}

	/**
	 * Matches requests from an address that is not routed on the internet. It is no
	 * proof: a proxy that adds no header has such an address too.
	 * @return the matcher
	 */
	public static LocalRequestMatcher internalNetwork() {
		InetAddressMatcher internal = InetAddressMatchers.matchInternal().build();
		return new LocalRequestMatcher((address) -> {
			try {
				return address != null && internal.matches(withoutZone(address));
			}
			catch (IllegalArgumentException ex) {
				// no address, as of a Unix domain socket
				return false;
			}
		});
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		ServletRequest received = request;
		while (received instanceof ServletRequestWrapper wrapper) {
			received = wrapper.getRequest();
		}
		return received instanceof HttpServletRequest httpRequest && this.address.test(httpRequest.getRemoteAddr())
				&& !isForwarded(httpRequest.getHeaderNames());
	}

	private static boolean isLoopback(@Nullable String address) {
		if (address == null || !address.contains(":")) {
			return SecureTransport.isLoopback(address);
		}
		return SecureTransport.isLoopback("[" + withoutZone(address) + "]");
	}

	private static String withoutZone(String address) {
		return address.replaceFirst("%.*", "");
	}

	/**
	 * Returns whether there is a header of a proxy. A container that does not return the
	 * names of headers could hide one.
	 */
	private static boolean isForwarded(@Nullable Enumeration<String> headerNames) {
		if (headerNames == null) {
			return true;
		}
		while (headerNames.hasMoreElements()) {
			String name = headerNames.nextElement().toLowerCase(Locale.ROOT);
			if (name.startsWith("x-forwarded-") || PROXY_HEADERS.contains(name)) {
				return true;
			}
		}
		return false;
	}

}
