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

import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Warns at start if browsers would not send the session cookie when UltraCart redirects
 * them back. It does not matter where pending logins are kept: the request after the
 * callback still belongs to UltraCart's redirect and would be unauthenticated.
 */
final class UltraCartSessionCookieCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartSessionCookieCheck.class);

	private static final String SAME_SITE = "server.servlet.session.cookie.same-site";

	private final Environment environment;

	private final UltraCartSsoWarnings warnings;

	UltraCartSessionCookieCheck(Environment environment, UltraCartSsoWarnings warnings) {
		this.environment = environment;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (Binder.get(this.environment).bind(SAME_SITE, String.class).map("strict"::equalsIgnoreCase).orElse(false)) {
			this.warnings.give(logger,
					SAME_SITE + " is strict, so browsers do not send the session cookie when UltraCart sends them"
							+ " back, and users cannot complete a login. Set it to lax.");
		}
	}

}
