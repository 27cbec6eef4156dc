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

import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;

import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Checks the paths of this application that logins and sign-outs use, and the start
 * budget.
 */
final class LoginCheck implements PropertiesCheck {

	private static final Pattern PATH = Pattern.compile("/(?![/\\\\]).*");

	private static final Pattern NO_PLAIN_PATH = Pattern.compile("[?#*{}]");

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		checkPath("ultracart.sso.login-page", properties.loginPage(), mistakes);
		checkPath("ultracart.sso.default-success-url", properties.defaultSuccessUrl(), mistakes);
		checkPath("ultracart.sso.logout.success-url", properties.logout().successUrl(), mistakes);
		properties.permitAll().forEach((pattern) -> checkPath("ultracart.sso.permit-all", pattern, mistakes));
		if (NO_PLAIN_PATH.matcher(properties.loginPage()).find()) {
			mistakes.add("ultracart.sso.login-page is '%s', but must be a path without a query or wildcards"
				.formatted(properties.loginPage()), "Write ultracart.sso.login-page as in /sign-in.");
		}
		properties.permitAll()
			.stream()
			.filter((pattern) -> !isPattern(pattern))
			.forEach((pattern) -> mistakes.add(
					"ultracart.sso.permit-all is '%s', but must be patterns of paths".formatted(pattern),
					"Write ultracart.sso.permit-all as in /public/**,/news/{id}."));
		checkStartBudget(properties.login().maxStartsPerHour(), mistakes);
	}

	private static void checkPath(String property, String path, Mistakes mistakes) {
		if (!PATH.matcher(path).matches()) {
			mistakes.add(
					"%s is '%s', but must be a path of this application that begins with one /".formatted(property,
							path),
					"Write %s without scheme, host and context path, for example /welcome.".formatted(property));
		}
	}

	private static boolean isPattern(String path) {
		try {
			PathPatternParser.defaultInstance.parse(path);
			return true;
		}
		catch (PatternParseException ex) {
			return false;
		}
	}

	private static void checkStartBudget(int maxStartsPerHour, Mistakes mistakes) {
		if (maxStartsPerHour < 1) {
			mistakes.add(
					"ultracart.sso.login.max-starts-per-hour is %d, but must be at least 1 (users could not sign in)"
						.formatted(maxStartsPerHour),
					"Remove ultracart.sso.login.max-starts-per-hour, or set it to a number such as 500.");
		}
	}

}
