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

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks the settings of HTTP calls other than their timeouts.
 */
final class HttpCheck implements PropertiesCheck {

	private final List<String> sslBundles;

	/**
	 * Creates the check.
	 * @param sslBundles the names of the available SSL bundles
	 */
	HttpCheck(List<String> sslBundles) {
		this.sslBundles = sslBundles;
	}

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Http http = properties.http();
		if (http.getMaxConcurrentCalls() < 1) {
			mistakes.add(
					"ultracart.sso.http.max-concurrent-calls is %d, but must be at least 1"
						.formatted(http.getMaxConcurrentCalls()),
					"Remove ultracart.sso.http.max-concurrent-calls, since UltraCart allows one call at a time.");
		}
		if (http.getQueueTimeout().isNegative()) {
			mistakes.add(
					"ultracart.sso.http.queue-timeout is %s, but cannot be negative"
						.formatted(Mistakes.text(http.getQueueTimeout())),
					"Remove ultracart.sso.http.queue-timeout, or set it to a duration such as 5s.");
		}
		if (http.getMaxRetries() < 0) {
			mistakes.add("ultracart.sso.http.max-retries is %d, but cannot be negative".formatted(http.getMaxRetries()),
					"Remove ultracart.sso.http.max-retries, or set it to 0 for no retries.");
		}
		checkSslBundle(http.getSsl().getBundle(), mistakes);
		checkUnsupported(http, mistakes);
	}

	private void checkSslBundle(@Nullable String sslBundle, Mistakes mistakes) {
		if (StringUtils.hasText(sslBundle) && !this.sslBundles.contains(sslBundle)) {
			mistakes.add(
					"ultracart.sso.http.ssl.bundle is '%s', but there is no SSL bundle of that name (there is %s)"
						.formatted(sslBundle, this.sslBundles.isEmpty() ? "none" : String.join(", ", this.sslBundles)),
					"Define spring.ssl.bundle.pem.%1$s or spring.ssl.bundle.jks.%1$s, or correct the name."
						.formatted(sslBundle));
		}
	}

	private static void checkUnsupported(UltraCartSsoProperties.Http http, Mistakes mistakes) {
		if (http.getRedirects() != null) {
			mistakes
				.add("ultracart.sso.http.redirects is set, but redirects are never followed, because the key would be"
						+ " sent along", "Remove ultracart.sso.http.redirects.");
		}
		if (http.getCookieHandling() != null) {
			mistakes
				.add("ultracart.sso.http.cookie-handling is set, but cookies are never kept, because the calls of all"
						+ " users share a client", "Remove ultracart.sso.http.cookie-handling.");
		}
	}

}
