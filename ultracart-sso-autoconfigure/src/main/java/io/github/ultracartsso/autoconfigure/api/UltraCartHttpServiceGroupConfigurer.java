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

package io.github.ultracartsso.autoconfigure.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.Ordered;
import org.springframework.core.log.LogMessage;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;
import org.springframework.web.service.registry.HttpServiceGroup;

/**
 * Configures the clients of the HTTP service groups {@value #USER_GROUP} and
 * {@value #APPLICATION_GROUP}. It comes last, so that neither properties nor customizers
 * nor other configurers can send their calls to another host or without the gate.
 */
final class UltraCartHttpServiceGroupConfigurer implements RestClientHttpServiceGroupConfigurer {

	/**
	 * The group whose calls are made as the signed-in user.
	 */
	static final String USER_GROUP = "ultracart";

	/**
	 * The group whose calls are made as the application.
	 */
	static final String APPLICATION_GROUP = "ultracart-application";

	private static final Log logger = LogFactory.getLog(UltraCartHttpServiceGroupConfigurer.class);

	private final UltraCartRestClientConfigurer clients;

	private final HttpServiceGroupPropertiesCheck propertiesCheck;

	private final UltraCartKeyInterceptor userCalls;

	private final Supplier<UltraCartKeyInterceptor> applicationCalls;

	UltraCartHttpServiceGroupConfigurer(UltraCartRestClientConfigurer clients,
			HttpServiceGroupPropertiesCheck propertiesCheck, UltraCartKeyInterceptor userCalls,
			Supplier<UltraCartKeyInterceptor> applicationCalls) {
		this.clients = clients;
		this.propertiesCheck = propertiesCheck;
		this.userCalls = userCalls;
		this.applicationCalls = applicationCalls;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		List<String> names = new ArrayList<>();
		groups.filterByName(USER_GROUP, APPLICATION_GROUP).forEachClient((group, client) -> names.add(group.name()));
		this.propertiesCheck.check(names);
		configure(groups, USER_GROUP, () -> this.userCalls);
		configure(groups, APPLICATION_GROUP, this.applicationCalls);
		groups.filter((group) -> isMisspelt(group) && !this.propertiesCheck.hasBaseUrl(group.name()))
			.forEachClient((group,
					client) -> logger.warn(LogMessage.format(
							"The HTTP service group '%s' is not configured to call UltraCart. Name it '%s'"
									+ " for calls as the signed-in user, or '%s' for calls as the application",
							group.name(), USER_GROUP, APPLICATION_GROUP)));
	}

	private void configure(Groups<RestClient.Builder> groups, String name, Supplier<UltraCartKeyInterceptor> calls) {
		groups.filterByName(name).forEachClient((group, client) -> this.clients.configure(client, calls.get()));
	}

	private static boolean isMisspelt(HttpServiceGroup group) {
		String letters = group.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
		return letters.contains("ultracart") && !group.name().equals(USER_GROUP)
				&& !group.name().equals(APPLICATION_GROUP);
	}

}
