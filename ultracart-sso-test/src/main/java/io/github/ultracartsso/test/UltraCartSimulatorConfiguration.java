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

import java.net.URI;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/**
 * Configuration that connects the application to a simulator in place of UltraCart. It
 * overrides the connection in the application's properties: <pre class="code">
 * SpringApplication.from(BackofficeApplication::main)
 *     .with(UltraCartSimulatorConfiguration.class)
 *     .run(args);
 * </pre> The property {@code ultracart.simulator.enabled} does the same. Tests use
 * {@link AutoConfigureUltraCartSimulator @AutoConfigureUltraCartSimulator}.
 * <p>
 * Every {@link SimulatedUser} bean and every user in {@code ultracart.simulator.users} or
 * the file {@code ultracart.simulator.users-file} has a button on the login page, and
 * every {@link SimulatedResource} bean responds to calls on behalf of signed-in users. An
 * {@link UltraCartSimulatorBuilder} bean sets whatever else it offers;
 * {@code ultracart.simulator.port} sets the port. Browsers reach the login page under
 * {@code localhost} and under the hosts of
 * {@code ultracart.sso.development.plain-http-hosts}.
 * <p>
 * When Spring Boot's devtools restart the application, the simulator goes on: it keeps
 * its URL and the SSO sessions of its users, and takes on users, resources and limits as
 * the beans now declare them.
 * <p>
 * A line in the log names the URL of the simulator at start. It is a warning if a
 * credential is configured, which is not used. With a profile named {@code live},
 * {@code prd}, {@code prod} or {@code production} the application does not start. A
 * packaged application only does with {@code ultracart.simulator.allow-packaged=true}.
 *
 * @since 0.1
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UltraCartSimulatorProperties.class)
@Import(RestartedSimulatorConfiguration.class)
public class UltraCartSimulatorConfiguration {

	/**
	 * Checks the profiles before any other bean exists.
	 */
	@Bean
	static BeanFactoryPostProcessor ultraCartSimulatorProductionCheck(Environment environment) {
		return (beanFactory) -> SimulatorCheck.refuseProduction(environment);
	}

	@Bean
	DeclaredSimulator declaredUltraCartSimulator(ListableBeanFactory beans, UltraCartSimulatorProperties properties) {
		return new DeclaredSimulator(beans, properties);
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartSimulator ultraCartSimulator(DeclaredSimulator declared) {
		return declared.settings().start();
	}

	@Bean
	UltraCartSsoConnectionDetails ultraCartSimulatorConnectionDetails(UltraCartSimulator simulator) {
		return new UltraCartSsoConnectionDetails() {

			@Override
			public URI getBaseUrl() {
				return simulator.baseUrl();
			}

			@Override
			public ApplicationCredential getApplicationCredential() {
				return new SimpleKeyCredential(SimpleKey.of(simulator.applicationKey()));
			}

		};
	}

	@Bean
	SimulatorCheck ultraCartSimulatorCheck(UltraCartSimulator simulator,
			ObjectProvider<UltraCartSsoProperties> properties) {
		return new SimulatorCheck(simulator, properties);
	}

}
