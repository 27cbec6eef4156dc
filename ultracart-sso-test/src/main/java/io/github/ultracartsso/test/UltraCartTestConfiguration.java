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

import java.time.Clock;

import io.github.ultracartsso.test.simulator.state.SimulatedPermissions;
import io.github.ultracartsso.web.session.SsoSessionRepository;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * Configuration that adds an SSO session to users who are set up by a test, so that the
 * application does not treat them as users whose session has ended. It does not affect
 * users who sign in. A context customizer adds it to the application contexts of Spring's
 * test framework, and to no others.
 *
 * @since 0.1
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public final class UltraCartTestConfiguration {

	/**
	 * Remembers for all tests of an application which names have been warned of.
	 */
	@Bean
	@Lazy
	SimulatedPermissions ultraCartTestUserPermissions() {
		return new SimulatedPermissions(SimulatedLogin.USER);
	}

	@Bean
	static BeanPostProcessor ultraCartTestSsoSessionPostProcessor(ObjectProvider<Clock> clock) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof SsoSessionRepository repository)
						? new TestSsoSessionRepository(repository, () -> clock.getIfUnique(Clock::systemUTC)) : bean;
			}

		};
	}

}
