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

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.login.UltraCartLoginSettings.Pages;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSessionPolicy;

/**
 * Settings that differ from the defaults in one respect.
 */
final class TestSettings {

	private static final SsoSessionPolicy POLICY = SsoSessionPolicy.DEFAULTS;

	private TestSettings() {
	}

	static SsoSessionPolicy lockedTo(IpLock lock) {
		return new SsoSessionPolicy(lock, POLICY.refreshInterval(), POLICY.refreshTimeout(), null,
				POLICY.unknownExpiryMaxAge());
	}

	static SsoSessionPolicy maxAge(Duration maxAge) {
		return maxAge(maxAge, POLICY.refreshInterval());
	}

	static SsoSessionPolicy maxAge(Duration maxAge, Duration refreshInterval) {
		return new SsoSessionPolicy(POLICY.ipLock(), refreshInterval, POLICY.refreshTimeout(), maxAge,
				POLICY.unknownExpiryMaxAge());
	}

	static SsoSessionPolicy unknownExpiryMaxAge(Duration unknownExpiryMaxAge) {
		return unknownExpiryMaxAge(unknownExpiryMaxAge, POLICY.refreshInterval());
	}

	static SsoSessionPolicy unknownExpiryMaxAge(Duration unknownExpiryMaxAge, Duration refreshInterval) {
		return new SsoSessionPolicy(POLICY.ipLock(), refreshInterval, POLICY.refreshTimeout(), null,
				unknownExpiryMaxAge);
	}

	static UltraCartLoginSettings redirectUri(String template) {
		return UltraCartLoginSettings.DEFAULTS.withRedirectUris(new RedirectUris(template));
	}

	static UltraCartLoginSettings redirectHosts(String... hosts) {
		return UltraCartLoginSettings.DEFAULTS
			.withRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of(hosts)));
	}

	static UltraCartLoginSettings loginPage(String loginPage) {
		return UltraCartLoginSettings.DEFAULTS
			.withPages(new Pages(loginPage, Pages.DEFAULTS.defaultSuccessUrl(), null));
	}

	static UltraCartLoginSettings defaultSuccessUrl(String defaultSuccessUrl) {
		return UltraCartLoginSettings.DEFAULTS
			.withPages(new Pages(Pages.DEFAULTS.loginPage(), defaultSuccessUrl, null));
	}

	static UltraCartLoginSettings logoutSuccessUrl(String logoutSuccessUrl) {
		return UltraCartLoginSettings.DEFAULTS
			.withPages(new Pages(Pages.DEFAULTS.loginPage(), Pages.DEFAULTS.defaultSuccessUrl(), logoutSuccessUrl));
	}

}
