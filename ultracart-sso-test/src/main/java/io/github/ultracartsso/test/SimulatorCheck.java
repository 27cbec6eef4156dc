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

package io.github.ultracartsso.test;

import java.io.File;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.system.ApplicationHome;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Logs at start that the application uses the simulator in place of UltraCart, as a
 * warning if a credential is configured or the application is packaged, and stops the
 * start in production.
 */
final class SimulatorCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartSimulator.class);

	private static final List<String> PRODUCTION = List.of("prod", "production");

	private static final String NO_USERS = " There are no users yet: set ultracart.simulator.users, or define"
			+ " SimulatedUser beans.";

	private final UltraCartSimulator simulator;

	private final ObjectProvider<UltraCartSsoProperties> properties;

	SimulatorCheck(UltraCartSimulator simulator, ObjectProvider<UltraCartSsoProperties> properties) {
		this.simulator = simulator;
		this.properties = properties;
	}

	/**
	 * Fails if a profile of production is active.
	 * @throws SimulatorInProductionException if one is active
	 */
	static void refuseProduction(Environment environment) {
		String[] active = environment.getActiveProfiles();
		for (String profile : (active.length > 0) ? active : environment.getDefaultProfiles()) {
			if (PRODUCTION.stream().anyMatch(profile::equalsIgnoreCase)) {
				throw new SimulatorInProductionException(profile);
			}
		}
	}

	@Override
	public void afterSingletonsInstantiated() {
		this.simulator.settle();
		List<String> unused = this.properties.stream().flatMap(SimulatorCheck::credentials).toList();
		String message = "The UltraCart simulator at " + this.simulator.baseUrl() + " takes the place of UltraCart."
				+ " Its console is at " + this.simulator.consoleUrl() + "."
				+ " Anyone who can open its login page can sign in as any of its users, so use it for tests and"
				+ " development only." + (this.simulator.users().isEmpty() ? NO_USERS : "");
		if (!unused.isEmpty()) {
			logger.warn(message + " " + String.join(", ", unused) + " is set, but not used. To sign in at UltraCart,"
					+ " remove UltraCartSimulatorConfiguration or ultracart.simulator.enabled.");
		}
		else if (isPackaged()) {
			logger.warn(message + " Remove UltraCartSimulatorConfiguration or ultracart.simulator.enabled from the"
					+ " packaged application.");
		}
		else {
			logger.info(message);
		}
	}

	private static boolean isPackaged() {
		File source = new ApplicationHome().getSource();
		return source != null && source.isFile();
	}

	private static Stream<String> credentials(UltraCartSsoProperties properties) {
		UltraCartSsoProperties.Oauth oauth = properties.oauth();
		return Stream
			.of(isSet(properties.simpleKey()) ? "ultracart.sso.simple-key" : "",
					(isSet(oauth.clientId()) || isSet(oauth.refreshToken())) ? "ultracart.sso.oauth.*" : "")
			.filter(StringUtils::hasText);
	}

	/**
	 * A placeholder that was not replaced is no credential, nor is the key of tests.
	 */
	private static boolean isSet(@Nullable String credential) {
		return StringUtils.hasText(credential) && !credential.contains("${")
				&& !credential.equals(SimulatedLoginDetails.KEY.value());
	}

}
