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

package io.github.ultracartsso.session;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.security.util.matcher.InetAddressMatchers;

/**
 * Compares IP addresses of clients in any notation: an IPv4 address may be mapped to
 * IPv6, and an IPv6 address has many spellings. Not part of the API.
 *
 * @since 0.1
 */
public final class ClientAddress {

	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(?:%[\\w.-]+)?");

	/**
	 * Some proxies pass on the port of the client too, which differs between connections.
	 */
	private static final Pattern WITH_PORT = Pattern.compile("([0-9.]+):\\d{1,5}|\\[([^\\]]*)](?::\\d{1,5})?");

	private static final int NETWORK_BYTES = 8;

	private ClientAddress() {
	}

	/**
	 * Returns whether both are the same address. Text that is no address equals nothing.
	 * No host name is resolved.
	 */
	static boolean isSame(@Nullable String address, @Nullable String other) {
		if (address == null || other == null) {
			return false;
		}
		String first = withoutPort(address);
		String second = withoutPort(other);
		try {
			return isAddress(first) && isAddress(second) && InetAddressMatchers.fromIpAddress(first).matches(second);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	/**
	 * Returns what the addresses of one client have in common: an IPv4 address, or the
	 * first 64 bits of an IPv6 address, of which a client has as many as it wants.
	 * @param address the address
	 * @return the network. Text that is no address is returned as it is; no host name is
	 * resolved
	 */
	public static String networkOf(String address) {
		String text = withoutZone(withoutPort(address));
		if (!isAddress(text)) {
			return address;
		}
		try {
			byte[] bytes = InetAddress.getByName(text).getAddress();
			return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, NETWORK_BYTES));
		}
		catch (UnknownHostException ex) {
			return address;
		}
	}

	private static String withoutZone(String address) {
		int zone = address.indexOf('%');
		return (zone >= 0) ? address.substring(0, zone) : address;
	}

	private static String withoutPort(String address) {
		Matcher withPort = WITH_PORT.matcher(address);
		if (!withPort.matches()) {
			return address;
		}
		return (withPort.group(1) != null) ? withPort.group(1) : withPort.group(2);
	}

	/**
	 * Returns whether the text can be parsed by {@link InetAddress} as an address. It
	 * would resolve other text as a host name.
	 */
	private static boolean isAddress(String text) {
		return IPV6.matcher(text).matches() || IPV4.matcher(text).matches();
	}

}
