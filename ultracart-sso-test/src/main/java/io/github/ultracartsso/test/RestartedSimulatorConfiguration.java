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

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.devtools.restart.ConditionalOnInitializedRestarter;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Configures a simulator that outlives the restarts of Spring Boot's devtools. It is not
 * in the scope of {@code @RestartScope}, because each restart has to tell it the users,
 * resources and limits of the new application context.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.boot.devtools.restart.Restarter")
@ConditionalOnInitializedRestarter
class RestartedSimulatorConfiguration {

	private static final String ATTRIBUTE = UltraCartSimulator.class.getName();

	@Bean(destroyMethod = "")
	UltraCartSimulator ultraCartSimulator(DeclaredSimulator declared) {
		UltraCartSimulatorBuilder settings = declared.settings();
		UltraCartSimulator simulator = simulator(settings::start);
		simulator.restart(settings.atStart());
		return simulator;
	}

	/**
	 * Returns the simulator of the application before its restart, or starts one. If the
	 * classes of the test kit are restarted too, that is of another class loader and
	 * cannot be used.
	 */
	private static UltraCartSimulator simulator(ObjectFactory<UltraCartSimulator> start) {
		Restarter restarter = Restarter.getInstance();
		Object kept = restarter.getOrAddAttribute(ATTRIBUTE, start);
		if (kept instanceof UltraCartSimulator simulator) {
			return simulator;
		}
		restarter.removeAttribute(ATTRIBUTE);
		if (kept instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException("The UltraCart simulator cannot be stopped", ex);
			}
		}
		return simulator(start);
	}

}
