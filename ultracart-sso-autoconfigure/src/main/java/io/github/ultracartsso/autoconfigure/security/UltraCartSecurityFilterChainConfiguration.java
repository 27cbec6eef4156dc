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

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.StringUtils;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Configures the filter chain of an application that has none of its own. Spring Boot has
 * an annotation for this condition, but not under one name in all releases of 4.1.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(SecurityFilterChain.class)
class UltraCartSecurityFilterChainConfiguration {

	@Bean
	@Order(SecurityFilterProperties.BASIC_AUTH_ORDER)
	SecurityFilterChain ultraCartSecurityFilterChain(HttpSecurity http, CheckedUltraCartSsoProperties checked,
			ObjectProvider<OpenRequests> openRequests,
			@Value("${spring.web.error.path:${error.path:/error}}") String errorPath) {
		UltraCartSsoProperties properties = checked.properties();
		http.authorizeHttpRequests((requests) -> {
			requests.requestMatchers(UltraCartSecurityFilterChainConfiguration::isBackAtOwnUrl).permitAll();
			requests.requestMatchers(errorPath).permitAll();
			// relative to the context path, also below spring.mvc.servlet.path
			requests.requestMatchers(PathPatternRequestMatcher.withDefaults().matcher(properties.loginPage()))
				.permitAll();
			String logoUrl = properties.signIn().logoUrl();
			if (logoUrl != null && logoUrl.startsWith("/")) {
				// without its query, which the sign-in page may add against caches
				requests.requestMatchers(HttpMethod.GET, logoUrl.strip().split("[?#]", 2)[0]).permitAll();
			}
			requests.requestMatchers(StringUtils.toStringArray(properties.permitAll())).permitAll();
			openRequests.forEach((open) -> requests.requestMatchers(open.matcher()).permitAll());
			requests.anyRequest().authenticated();
		});
		http.with(ultraCartLogin(), withDefaults());
		return http.build();
	}

	/**
	 * Returns whether an asynchronous request is dispatched back to the URL that it has
	 * been authorized for, to be completed. Its user may have signed out since, and there
	 * is nothing left to decide. A dispatch to another URL is authorized like any other.
	 */
	private static boolean isBackAtOwnUrl(HttpServletRequest request) {
		return request.getDispatcherType() == DispatcherType.ASYNC
				&& request.getRequestURI().equals(request.getAttribute(AsyncContext.ASYNC_REQUEST_URI));
	}

	/**
	 * Matches requests that need no authentication.
	 *
	 * @param matcher the matcher
	 */
	record OpenRequests(RequestMatcher matcher) {

	}

	/**
	 * Permits the health endpoint.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ HealthEndpoint.class, EndpointRequest.class })
	static class HealthConfiguration {

		@Bean
		OpenRequests ultraCartOpenHealthEndpoint() {
			return new OpenRequests(new OrRequestMatcher(EndpointRequest.to(HealthEndpoint.class),
					EndpointRequest.toAdditionalPaths(WebServerNamespace.SERVER, HealthEndpoint.class)));
		}

	}

}
