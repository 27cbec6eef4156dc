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

import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Warns at start if users cannot sign in with UltraCart, because no filter chain of the
 * application uses it.
 */
final class UltraCartLoginPresenceCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartLoginPresenceCheck.class);

	private final ObjectProvider<SecurityFilterChain> filterChains;

	private final UltraCartSsoWarnings warnings;

	UltraCartLoginPresenceCheck(ObjectProvider<SecurityFilterChain> filterChains, UltraCartSsoWarnings warnings) {
		this.filterChains = filterChains;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		List<SecurityFilterChain> chains = this.filterChains.orderedStream().toList();
		if (chains.stream()
			.flatMap((chain) -> chain.getFilters().stream())
			.noneMatch(UltraCartLoginAuthenticationFilter.class::isInstance)) {
			this.warnings.give(logger, "UltraCart SSO is configured, but no filter chain of the application ("
					+ chains.size() + " in all) uses it, so users cannot sign in with UltraCart. Add"
					+ " http.with(ultraCartLogin(), withDefaults()) to a chain, or set ultracart.sso.enabled=false.");
		}
	}

}
