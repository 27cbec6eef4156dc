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

import java.util.Locale;
import java.util.stream.Stream;

import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Warns at start if sessions are locked to an address that clients may choose: Spring's
 * {@link ForwardedHeaderFilter} takes the first address of {@code X-Forwarded-For}, while
 * most proxies append theirs to what the client has sent.
 */
final class UltraCartIpLockCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartIpLockCheck.class);

	private final SsoSessionPolicy policy;

	private final ObjectProvider<FilterRegistrationBean<?>> registrations;

	private final ObjectProvider<ForwardedHeaderFilter> filters;

	private final UltraCartSsoWarnings warnings;

	UltraCartIpLockCheck(SsoSessionPolicy policy, ObjectProvider<FilterRegistrationBean<?>> registrations,
			ObjectProvider<ForwardedHeaderFilter> filters, UltraCartSsoWarnings warnings) {
		this.policy = policy;
		this.registrations = registrations;
		this.filters = filters;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.policy.ipLock() != IpLock.OFF && Stream
			.concat(this.registrations.stream().map(FilterRegistrationBean::getFilter), this.filters.stream())
			.anyMatch(ForwardedHeaderFilter.class::isInstance)) {
			this.warnings.give(logger, "ultracart.sso.session.ip-lock is "
					+ this.policy.ipLock().name().toLowerCase(Locale.ROOT)
					+ ", but a ForwardedHeaderFilter (server.forward-headers-strategy=framework) takes the address of a"
					+ " client from the first entry of X-Forwarded-For, which the client can choose where the proxy"
					+ " appends to it. Set server.forward-headers-strategy=native with Tomcat, or have the proxy"
					+ " overwrite X-Forwarded-For and remove Forwarded.");
		}
	}

}
