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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.List;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.login.RedirectUris;

/**
 * Checks what is agreed with UltraCart: the API version, the redirect URI and the hosts
 * of the login URL.
 */
final class EndpointCheck implements PropertiesCheck {

	private static final Pattern API_VERSION = Pattern.compile("[A-Za-z0-9.-]+");

	private static final Pattern TEMPLATE_VARIABLE = Pattern
		.compile("\\{(baseUrl|baseScheme|baseHost|basePort|basePath)}");

	private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?");

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		checkApiVersion(properties.apiVersion(), mistakes);
		checkRedirectUri(properties, mistakes);
		checkRedirectHosts(properties.redirectHosts(), mistakes);
		checkLoginHosts(properties.allowedLoginHosts(), mistakes);
		checkPlainHttpHosts(properties.development().plainHttpHosts(), mistakes);
	}

	private static void checkApiVersion(String apiVersion, Mistakes mistakes) {
		if (!API_VERSION.matcher(apiVersion).matches()) {
			mistakes.add("ultracart.sso.api-version is '%s', but must be the date of a version of the API"
				.formatted(apiVersion), "Remove ultracart.sso.api-version, or set it to a date such as 2017-03-01.");
		}
	}

	private static void checkRedirectUri(UltraCartSsoProperties properties, Mistakes mistakes) {
		String redirectUri = properties.redirectUri();
		boolean template = TEMPLATE_VARIABLE.matcher(redirectUri).find();
		ConfiguredUrl example = ConfiguredUrl.of(expand(redirectUri));
		// callbacks cannot arrive at the home page
		if (!example.isSecure(new PlainHttpHosts(properties.development().plainHttpHosts())) || !example.hasPath()) {
			mistakes.add("ultracart.sso.redirect-uri is '%s', but must be %s"
				.formatted(ConfiguredUrl.of(redirectUri).masked(), template
						? "a template that makes an absolute https URL with a path from {baseUrl} or from"
								+ " {baseScheme}, {baseHost}, {basePort} and {basePath}"
						: "an absolute https URL with a path and without a fragment (http is accepted for a loopback host only), or a"
								+ " template that begins with {baseUrl}"),
					"Set ultracart.sso.redirect-uri to the URL under which browsers reach the application, such as"
							+ " https://backoffice.example.com/login/ultracart, or remove it to have it made from the"
							+ " request for loopback hosts and ultracart.sso.redirect-hosts."
							+ ConfiguredUrl.PLAIN_HTTP_REMEDY);
		}
	}

	private static String expand(String redirectUri) {
		return TEMPLATE_VARIABLE.matcher(redirectUri.replace("{baseUrl}", "https://host.example"))
			.replaceAll((variable) -> switch (variable.group(1)) {
				case "baseScheme" -> "https";
				case "baseHost" -> "host.example";
				default -> "";
			});
	}

	private static void checkRedirectHosts(List<String> hosts, Mistakes mistakes) {
		if (!hosts.stream().allMatch(RedirectUris::isHost)) {
			mistakes.add(
					"ultracart.sso.redirect-hosts is '%s', but must be host names, without scheme, port or path, or *. before one"
						.formatted(String.join(",", hosts)),
					"Remove ultracart.sso.redirect-hosts, or list the hosts under which browsers reach the application,"
							+ " such as backoffice.example.com or, for all subdomains, *.example.com.");
		}
	}

	private static void checkPlainHttpHosts(List<String> hosts, Mistakes mistakes) {
		if (!hosts.stream().allMatch((host) -> HOST_NAME.matcher(host).matches())) {
			mistakes.add(
					"ultracart.sso.development.plain-http-hosts is '%s', but must be host names, without scheme, port or wildcard"
						.formatted(String.join(",", hosts)),
					"Remove ultracart.sso.development.plain-http-hosts, or list the hosts under which a browser reaches"
							+ " the application in development, such as host.testcontainers.internal.");
		}
	}

	private static void checkLoginHosts(List<String> hosts, Mistakes mistakes) {
		if (hosts.isEmpty() || !hosts.stream().allMatch((host) -> HOST_NAME.matcher(host).matches())) {
			mistakes.add(
					"ultracart.sso.allowed-login-hosts is '%s', but must be host names, without scheme, port or wildcard"
						.formatted(String.join(",", hosts)),
					"Remove ultracart.sso.allowed-login-hosts, or list host names such as ultracart.com; each includes"
							+ " its subdomains.");
		}
	}

}
