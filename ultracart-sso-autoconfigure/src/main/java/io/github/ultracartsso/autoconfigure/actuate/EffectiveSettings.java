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
package io.github.ultracartsso.autoconfigure.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.convert.DurationStyle;

/**
 * The properties {@code ultracart.sso.*} that are in effect, defaults included, by their
 * names without that prefix. Secrets are masked, and their values are never read.
 */
final class EffectiveSettings {

	private static final String MASK = "******";

	private static final Pattern USER_INFO = Pattern.compile("//[^/@]*@");

	private final Map<String, Object> settings = new LinkedHashMap<>();

	private EffectiveSettings() {
	}

	static Map<String, Object> of(UltraCartSsoProperties properties, String rolePrefix, @Nullable String baseUrl) {
		EffectiveSettings settings = new EffectiveSettings();
		settings.addConnection(properties, (baseUrl != null) ? baseUrl : properties.baseUrl());
		settings.addPages(properties);
		settings.addUsers(properties, rolePrefix);
		settings.addTraffic(properties);
		return settings.settings;
	}

	private void addConnection(UltraCartSsoProperties properties, String baseUrl) {
		add("enabled", properties.enabled());
		addSecret("simple-key", properties.simpleKey());
		add("oauth.client-id", properties.oauth().clientId());
		addSecret("oauth.refresh-token", properties.oauth().refreshToken());
		add("base-url", USER_INFO.matcher(baseUrl).replaceFirst("//" + MASK + "@"));
		add("api-version", properties.apiVersion());
		add("allowed-login-hosts", properties.allowedLoginHosts());
		add("redirect-uri", USER_INFO.matcher(properties.redirectUri()).replaceFirst("//" + MASK + "@"));
		add("redirect-hosts", properties.redirectHosts());
		add("development.plain-http-hosts", properties.development().plainHttpHosts());
	}

	private void addPages(UltraCartSsoProperties properties) {
		add("login-page", properties.loginPage());
		add("default-success-url", properties.defaultSuccessUrl());
		add("permit-all", properties.permitAll());
		add("sign-in.application-name", properties.signIn().applicationName());
		add("sign-in.logo-url", properties.signIn().logoUrl());
		add("logout.success-url", properties.logout().successUrl());
		add("access-denied.explain", properties.accessDenied().explain());
	}

	private void addUsers(UltraCartSsoProperties properties, String rolePrefix) {
		String permissionPrefix = properties.authorities().permissionPrefix();
		add("authorities.permission-prefix", (permissionPrefix != null) ? permissionPrefix : rolePrefix);
		add("authorities.group-prefix", properties.authorities().groupPrefix());
		add("authorities.roles", properties.authorities().roles());
		UltraCartSsoProperties.Session session = properties.session();
		add("session.ip-lock", session.ipLock());
		add("session.refresh-interval", session.refreshInterval());
		add("session.max-age", session.maxAge());
		add("session.unknown-expiry-max-age", session.unknownExpiryMaxAge());
		add("session.encryption-keys", session.encryptionKeys().stream().map((key) -> MASK).toList());
		add("logout.revoke-timeout", properties.logout().revokeTimeout());
		add("logout.revoke-on-session-expiry", properties.logout().revokeOnSessionExpiry());
		add("method-security.enabled", properties.methodSecurity().enabled());
	}

	private void addTraffic(UltraCartSsoProperties properties) {
		add("login.pending-store", properties.login().pendingStore());
		add("login.max-starts-per-hour", properties.login().maxStartsPerHour());
		UltraCartSsoProperties.Limits limits = properties.limits();
		add("limits.store", limits.store());
		add("limits.group", limits.group());
		add("limits.calls-per-hour", limits.callsPerHour());
		add("limits.calls-per-day", limits.callsPerDay());
		add("limits.refresh-share", limits.refreshShare());
		add("limits.longest-refresh-interval", limits.longestRefreshInterval());
		UltraCartSsoProperties.Http http = properties.http();
		add("http.connect-timeout", http.getConnectTimeout());
		add("http.read-timeout", http.getReadTimeout());
		add("http.call-timeout", http.getCallTimeout());
		add("http.max-retries", http.getMaxRetries());
		add("http.max-concurrent-calls", http.getMaxConcurrentCalls());
		add("http.queue-timeout", http.getQueueTimeout());
		add("http.ssl.bundle", http.getSsl().getBundle());
	}

	private void addSecret(String name, @Nullable String value) {
		add(name, (value != null) ? MASK : null);
	}

	private void add(String name, @Nullable Object value) {
		if (value instanceof Duration duration) {
			this.settings.put(name, DurationStyle.ISO8601.print(duration));
		}
		else if (value instanceof Enum<?> constant) {
			this.settings.put(name, constant.name().toLowerCase(Locale.ROOT));
		}
		else if (value instanceof List<?> list) {
			this.settings.put(name, List.copyOf(list));
		}
		else {
			// so that every property is shown
			this.settings.put(name, (value != null) ? value : "");
		}
	}

}
