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

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.core.log.LogMessage;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.WebApplicationContext;

/**
 * Warns at start if requests to the URLs of a login do not reach a filter chain that
 * serves them, because the {@code securityMatcher} of the chain does not match them or a
 * chain before it does. Chains that serve the same URL stand in for each other.
 */
final class UnreachableLoginUrls implements ApplicationListener<ContextRefreshedEvent> {

	private static final Log logger = LogFactory.getLog(UnreachableLoginUrls.class);

	private final Map<Filter, List<LoginUrl>> urls = new HashMap<>();

	private final ApplicationContext context;

	private final String contextPath;

	UnreachableLoginUrls(ApplicationContext context, String contextPath) {
		this.context = context;
		this.contextPath = contextPath;
	}

	/**
	 * Adds the URLs of a filter chain.
	 * @param filter a filter of the chain
	 * @param served the URLs that the chain serves
	 */
	void add(Filter filter, List<LoginUrl> served) {
		this.urls.put(filter, served);
	}

	@Override
	public void onApplicationEvent(ContextRefreshedEvent event) {
		// not the one of a child context, such as that of the management server
		if (event.getApplicationContext() == this.context) {
			List<SecurityFilterChain> chains = chains();
			chains.forEach((chain) -> check(chain, chains));
		}
	}

	private List<SecurityFilterChain> chains() {
		FilterChainProxy proxy = this.context.getBeanProvider(FilterChainProxy.class).getIfUnique();
		return (proxy != null) ? proxy.getFilterChains()
				: this.context.getBeanProvider(SecurityFilterChain.class).orderedStream().toList();
	}

	private void check(SecurityFilterChain chain, List<SecurityFilterChain> chains) {
		Map<String, List<LoginUrl>> byName = served(chain).stream()
			.collect(Collectors.groupingBy(LoginUrl::name, LinkedHashMap::new, Collectors.toList()));
		// a proxy may remove a part of the path, so that there are two callbacks
		byName.values().removeIf((urls) -> urls.stream().anyMatch((url) -> isReached(url, chains)));
		if (!byName.isEmpty()) {
			List<LoginUrl> unreachable = byName.values().stream().flatMap(List::stream).toList();
			logger.warn(LogMessage.format(
					"ultraCartLogin() is in the filter chain of %s, but requests to %s do not reach it, nor another"
							+ " chain that serves them, so users of this chain cannot sign in and out with UltraCart as"
							+ " they should. Add %s to the securityMatcher of the chain, declare the chain before the"
							+ " one that matches them, or set URLs that the chain matches with the options in"
							+ " parentheses",
					(chain instanceof DefaultSecurityFilterChain known) ? known.getRequestMatcher() : chain,
					unreachable.stream().map(LoginUrl::toString).collect(Collectors.joining(", ")),
					unreachable.stream().map(LoginUrl::path).collect(Collectors.joining(", "))));
		}
	}

	/**
	 * A chain that is chosen by more than the URL is taken to match its own URLs, and not
	 * those of others: a warning without cause would be worse.
	 */
	private boolean isReached(LoginUrl url, List<SecurityFilterChain> chains) {
		for (SecurityFilterChain chain : chains) {
			Boolean matched = url.isMatchedBy(chain::matches, this.contextPath, servletContext());
			boolean serves = served(chain).contains(url);
			if (Boolean.TRUE.equals(matched) || (matched == null && serves)) {
				return serves;
			}
		}
		return false;
	}

	private @Nullable ServletContext servletContext() {
		return (this.context instanceof WebApplicationContext webContext) ? webContext.getServletContext() : null;
	}

	private List<LoginUrl> served(SecurityFilterChain chain) {
		return chain.getFilters().stream().map(this.urls::get).filter(Objects::nonNull).findFirst().orElse(List.of());
	}

}
