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

import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.session.SsoSessionPolicy;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnNotWarDeployment;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Configures the checks that warn at start if users could not sign in, or not safely.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartLoginChecksConfiguration {

	@Bean
	UltraCartLoginPresenceCheck ultraCartLoginPresenceCheck(ObjectProvider<SecurityFilterChain> filterChains,
			UltraCartSsoWarnings warnings) {
		return new UltraCartLoginPresenceCheck(filterChains, warnings);
	}

	@Bean
	UltraCartAuthoritiesCheck ultraCartAuthoritiesCheck(ConfigurableListableBeanFactory beans,
			CheckedUltraCartSsoProperties checked, UltraCartSsoWarnings warnings) {
		return new UltraCartAuthoritiesCheck(beans, checked.properties().authorities(), warnings);
	}

	@Bean
	UltraCartIpLockCheck ultraCartIpLockCheck(SsoSessionPolicy policy,
			ObjectProvider<FilterRegistrationBean<?>> registrations, ObjectProvider<ForwardedHeaderFilter> filters,
			UltraCartSsoWarnings warnings) {
		return new UltraCartIpLockCheck(policy, registrations, filters, warnings);
	}

	@Bean
	UltraCartSessionCookieCheck ultraCartSessionCookieCheck(Environment environment, UltraCartSsoWarnings warnings) {
		return new UltraCartSessionCookieCheck(environment, warnings);
	}

	@Bean
	@ConditionalOnNotWarDeployment
	UltraCartSessionTlsCheck ultraCartSessionTlsCheck(Environment environment, CheckedUltraCartSsoProperties checked,
			ObjectProvider<FilterRegistrationBean<?>> registrations, ObjectProvider<ForwardedHeaderFilter> filters,
			UltraCartSsoWarnings warnings) {
		boolean evaluatesHeaders = Stream
			.concat(registrations.stream().map(FilterRegistrationBean::getFilter), filters.stream())
			.anyMatch(ForwardedHeaderFilter.class::isInstance);
		return new UltraCartSessionTlsCheck(environment, checked.properties().redirectUri(), evaluatesHeaders,
				warnings);
	}

	@Bean
	@ConditionalOnNotWarDeployment
	UltraCartServletPathCheck ultraCartServletPathCheck(Environment environment, UltraCartSsoWarnings warnings) {
		return new UltraCartServletPathCheck(environment, warnings);
	}

}
