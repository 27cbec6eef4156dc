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

package io.github.ultracartsso.autoconfigure.security;

import java.util.List;

import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.cloud.CloudPlatform;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Warns at start if browsers would send the session cookie without TLS too: the redirect
 * URI is https, but the server cannot know that, and sets the cookie as for plain http.
 */
final class UltraCartSessionTlsCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartSessionTlsCheck.class);

	private static final String SECURE = "server.servlet.session.cookie.secure";

	private static final String STRATEGY = "server.forward-headers-strategy";

	/**
	 * What gives the server TLS, or has it evaluate the headers of a proxy.
	 */
	private static final List<String> TLS = List.of("server.ssl.bundle", "server.ssl.key-store",
			"server.ssl.certificate", "server.tomcat.remoteip.protocol-header",
			"server.tomcat.remoteip.remote-ip-header");

	private final Environment environment;

	private final String redirectUri;

	private final boolean evaluatesHeaders;

	private final UltraCartSsoWarnings warnings;

	/**
	 * Creates a check.
	 * @param environment the environment
	 * @param redirectUri the redirect URI
	 * @param evaluatesHeaders whether a filter evaluates the headers of a proxy
	 * @param warnings logs the warning
	 */
	UltraCartSessionTlsCheck(Environment environment, String redirectUri, boolean evaluatesHeaders,
			UltraCartSsoWarnings warnings) {
		this.environment = environment;
		this.redirectUri = redirectUri;
		this.evaluatesHeaders = evaluatesHeaders;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.redirectUri.startsWith("https:") && property(SECURE).isEmpty() && !this.evaluatesHeaders
				&& !knowsTls()) {
			this.warnings.give(logger,
					"ultracart.sso.redirect-uri is https, but the server has neither TLS nor " + STRATEGY
							+ ", so its session cookie is sent without TLS too. Set " + SECURE + "=true, or " + STRATEGY
							+ "=native if the proxy sends X-Forwarded-Proto.");
		}
	}

	/**
	 * Headers of a proxy are evaluated by default on a cloud platform.
	 */
	private boolean knowsTls() {
		CloudPlatform platform = CloudPlatform.getActive(this.environment);
		String strategy = property(STRATEGY);
		boolean forwarded = strategy.isEmpty() ? platform != null && platform.isUsingForwardHeaders()
				: !strategy.equalsIgnoreCase("none");
		return forwarded || TLS.stream().map(this::property).anyMatch(StringUtils::hasText);
	}

	private String property(String name) {
		return Binder.get(this.environment).bind(name, String.class).orElse("");
	}

}
