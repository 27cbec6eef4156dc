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
import java.security.CodeSource;
import java.util.List;
import java.util.regex.Pattern;
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
 * warning if a credential is configured, and stops the start with a profile of production
 * and of a packaged application.
 */
final class SimulatorCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartSimulator.class);

	private static final List<String> PRODUCTION = List.of("live", "prd", "prod", "production");

	/**
	 * Where the libraries of a packaged application are, also when it has been unpacked.
	 */
	private static final Pattern PACKAGED = Pattern.compile("\\b(BOOT|WEB)-INF/");

	private static final String NO_USERS = " There are no users yet: set ultracart.simulator.users, or define"
			+ " SimulatedUser beans.";

	private final UltraCartSimulator simulator;

	private final ObjectProvider<UltraCartSsoProperties> properties;

	SimulatorCheck(UltraCartSimulator simulator, ObjectProvider<UltraCartSsoProperties> properties) {
		this.simulator = simulator;
		this.properties = properties;
	}

	/**
	 * Fails if a profile of production is active, or the application is packaged and that
	 * is not allowed.
	 * @throws SimulatorInProductionException if the application must not start
	 */
	static void refuseProduction(Environment environment) {
		String[] active = environment.getActiveProfiles();
		for (String profile : (active.length > 0) ? active : environment.getDefaultProfiles()) {
			if (PRODUCTION.stream().anyMatch(profile::equalsIgnoreCase)) {
				throw SimulatorInProductionException.profile(profile);
			}
		}
		if (isPackaged() && !environment.getProperty("ultracart.simulator.allow-packaged", Boolean.class, false)) {
			throw SimulatorInProductionException.packaged();
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
			logger.warn(message + " The application is packaged: it must not run in production.");
		}
		else {
			logger.info(message);
		}
	}

	private static boolean isPackaged() {
		File source = new ApplicationHome(mainClass()).getSource();
		CodeSource library = SimulatorCheck.class.getProtectionDomain().getCodeSource();
		return (source != null && source.isFile())
				|| (library != null && PACKAGED.matcher(String.valueOf(library.getLocation())).find());
	}

	/**
	 * Returns the class whose main method starts the application, {@code null} where
	 * there is none. The manifest does not always tell it.
	 */
	private static @Nullable Class<?> mainClass() {
		return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
			.walk((frames) -> frames.filter((frame) -> frame.getMethodName().equals("main")).findFirst())
			.map(StackWalker.StackFrame::getDeclaringClass)
			.orElse(null);
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
