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

import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.ReflectionUtils;

/**
 * Fails the start if two URLs of a filter chain that take part in a login are the same:
 * the callback, the start URL, the sign-in page and the URL that signs users out. Only
 * the first filter would respond, for example to each callback with a sign-out. The page
 * after a login must not start or complete a login either.
 */
final class LoginUrlCheck {

	private static final String DEFAULT_LOGOUT_URL = "/logout";

	private final List<LoginUrl> callbacks;

	private final LoginUrl start;

	private final LoginUrl loginPage;

	private final LoginUrl success;

	private final @Nullable LoginUrl logout;

	LoginUrlCheck(LoginOptions options, LoginCollaborators beans, @Nullable LogoutConfigurer<?> logout) {
		this.callbacks = options.callbackUrls(beans)
			.stream()
			.map((url) -> get("the callback (redirectionEndpoint, or ultracart.sso.redirect-uri)", url))
			.toList();
		this.start = get("the start of a login (authorizationEndpoint)", options.startUrl);
		this.loginPage = get("the sign-in page (loginPage, or ultracart.sso.login-page)", options.loginPage(beans));
		this.success = get("the page after a login (defaultSuccessUrl, or ultracart.sso.default-success-url)",
				options.defaultSuccessUrl(beans).replaceFirst("[?#].*", ""));
		this.logout = (logout != null) ? signOut(logout, beans.contextPath()) : null;
	}

	private static LoginUrl get(String name, String path) {
		return new LoginUrl(name, "GET", path);
	}

	/**
	 * Checks the URLs.
	 * @throws CollidingLoginUrlsException with all URLs that are the same
	 */
	void check() {
		List<LoginUrl> urls = urls();
		List<String> collisions = new ArrayList<>();
		for (int i = 0; i < urls.size(); i++) {
			LoginUrl url = urls.get(i);
			urls.subList(i + 1, urls.size())
				.stream()
				.filter(url::collidesWith)
				.forEach((other) -> collisions.add(collision(url, other)));
		}
		urls.stream()
			.filter((url) -> this.callbacks.contains(url) || url.equals(this.start))
			.filter((url) -> url.covers(this.success.path()))
			.forEach((url) -> collisions.add(collision(url, this.success)));
		if (!collisions.isEmpty()) {
			throw new CollidingLoginUrlsException(collisions);
		}
	}

	private static String collision(LoginUrl url, LoginUrl other) {
		return "%s and %s are both %s".formatted(url.name(), other.name(), url.path());
	}

	private List<LoginUrl> urls() {
		List<LoginUrl> urls = new ArrayList<>(this.callbacks);
		urls.add(this.start);
		urls.add(this.loginPage);
		if (this.logout != null) {
			urls.add(this.logout);
		}
		return urls;
	}

	/**
	 * Returns the URLs that the filter chain itself serves.
	 * @param customLoginPage whether the application serves the sign-in page
	 */
	List<LoginUrl> served(boolean customLoginPage) {
		List<LoginUrl> served = urls();
		if (customLoginPage) {
			served.remove(this.loginPage);
		}
		return served;
	}

	/**
	 * Returns whether users sign out at the URL of Spring Security's own page.
	 */
	boolean isDefaultSignOut() {
		return this.logout != null && this.logout.path().equals(DEFAULT_LOGOUT_URL);
	}

	/**
	 * Returns the URL that signs users out, or {@code null} if a matcher of the
	 * application decides that.
	 */
	private static @Nullable LoginUrl signOut(LogoutConfigurer<?> logout, String contextPath) {
		LoginUrl url = new LoginUrl("the sign-out (logoutUrl)", "POST",
				(read(logout, "logoutUrl") instanceof String path) ? path : DEFAULT_LOGOUT_URL);
		return (read(logout, "logoutRequestMatcher") instanceof RequestMatcher matcher
				&& Boolean.FALSE.equals(url.isMatchedBy(matcher, contextPath, null))) ? null : url;
	}

	/**
	 * Reads what Spring Security has no method for.
	 */
	private static @Nullable Object read(LogoutConfigurer<?> logout, String name) {
		Field field = ReflectionUtils.findField(LogoutConfigurer.class, name);
		if (field == null) {
			return null;
		}
		ReflectionUtils.makeAccessible(field);
		return ReflectionUtils.getField(field, logout);
	}

}
