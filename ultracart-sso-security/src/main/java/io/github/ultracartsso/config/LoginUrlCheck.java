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

package io.github.ultracartsso.config;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.server.PathContainer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Fails the start if two URLs of a filter chain that take part in a login are the same:
 * the callback, the start URL, the sign-in page and the URL that signs users out. Only
 * the first filter would respond, for example to each callback with a sign-out.
 */
final class LoginUrlCheck {

	private static final String DEFAULT_LOGOUT_URL = "/logout";

	private final List<LoginUrl> urls = new ArrayList<>();

	LoginUrlCheck(LoginOptions options, LoginCollaborators beans) {
		options.callbackUrls(beans)
			.forEach((url) -> this.urls
				.add(new LoginUrl("the callback (redirectionEndpoint, or ultracart.sso.redirect-uri)", url)));
		this.urls.add(new LoginUrl("the start of a login (authorizationEndpoint)", options.startUrl));
		this.urls
			.add(new LoginUrl("the sign-in page (loginPage, or ultracart.sso.login-page)", options.loginPage(beans)));
	}

	/**
	 * Checks the URLs.
	 * @param logout the sign-out of the chain, or {@code null} if there is none
	 * @throws CollidingLoginUrlsException with all URLs that are the same
	 */
	void check(@Nullable LogoutConfigurer<?> logout) {
		if (logout != null) {
			this.urls.add(new LoginUrl("the sign-out (logoutUrl)", logoutUrl(logout)));
		}
		List<String> collisions = new ArrayList<>();
		for (int i = 0; i < this.urls.size(); i++) {
			LoginUrl url = this.urls.get(i);
			this.urls.subList(i + 1, this.urls.size())
				.stream()
				.filter(url::collidesWith)
				.forEach((other) -> collisions.add("%s and %s are both %s".formatted(url.name, other.name, url.path)));
		}
		if (!collisions.isEmpty()) {
			throw new CollidingLoginUrlsException(collisions);
		}
	}

	/**
	 * Reads what Spring Security has no method for.
	 */
	private static String logoutUrl(LogoutConfigurer<?> logout) {
		Field field = ReflectionUtils.findField(LogoutConfigurer.class, "logoutUrl", String.class);
		if (field == null) {
			return DEFAULT_LOGOUT_URL;
		}
		ReflectionUtils.makeAccessible(field);
		return (ReflectionUtils.getField(field, logout) instanceof String url) ? url : DEFAULT_LOGOUT_URL;
	}

	/**
	 * A URL of the login.
	 *
	 * @param name what it is and which option or property sets it
	 * @param path the path or pattern, relative to the context path
	 */
	private record LoginUrl(String name, String path) {

		private boolean collidesWith(LoginUrl other) {
			return matches(this.path, other.path) || matches(other.path, this.path);
		}

		private static boolean matches(String pattern, String path) {
			return PathPatternParser.defaultInstance.parse(pattern).matches(PathContainer.parsePath(path));
		}

	}

}
