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

package io.github.ultracartsso.autoconfigure;

import java.util.HashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.LivenessState;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;

/**
 * Runners of applications that have the starter and nothing else.
 */
public final class TestApplication {

	public static final String KEY = "app-key-5f0c7a91d3e8b264";

	private static final Class<?>[] BOOTS_OWN = { SecurityAutoConfiguration.class,
			UserDetailsServiceAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
			ManagementWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
			SslAutoConfiguration.class, DispatcherServletAutoConfiguration.class, WebMvcAutoConfiguration.class,
			ErrorMvcAutoConfiguration.class };

	private TestApplication() {
	}

	/**
	 * An application without any property.
	 */
	public static WebApplicationContextRunner unconfigured() {
		return withAutoConfigurations(AutoConfigurationList.load());
	}

	/**
	 * An application that excludes one of the auto-configurations and has the one
	 * property it needs.
	 */
	public static WebApplicationContextRunner without(Class<?> autoConfiguration) {
		return withAutoConfigurations(Stream.of(AutoConfigurationList.load())
			.filter(Predicate.not(autoConfiguration::equals))
			.toArray(Class<?>[]::new)).withPropertyValues("ultracart.sso.simple-key=" + KEY);
	}

	private static WebApplicationContextRunner withAutoConfigurations(Class<?>... autoConfigurations) {
		return new WebApplicationContextRunner().withConfiguration(AutoConfigurations
			.of(Stream.concat(Stream.of(autoConfigurations), Stream.of(BOOTS_OWN)).toArray(Class<?>[]::new)));
	}

	/**
	 * An application that is no web application and has the one property it needs.
	 */
	public static ApplicationContextRunner nonWeb() {
		return new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(AutoConfigurationList.load()))
			.withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class))
			.withPropertyValues("ultracart.sso.simple-key=" + KEY);
	}

	/**
	 * An application that has the one property it needs.
	 */
	public static WebApplicationContextRunner configured() {
		return unconfigured().withPropertyValues("ultracart.sso.simple-key=" + KEY);
	}

	/**
	 * An application that has a test's UltraCart in place of UltraCart.
	 */
	public static WebApplicationContextRunner calling(TestUltraCart ultraCart) {
		return configured().withPropertyValues("ultracart.sso.base-url=" + ultraCart.baseUrl());
	}

	/**
	 * An application with all of Spring Boot's auto-configuration that is on the class
	 * path, the actuator and metrics included.
	 */
	public static WebApplicationContextRunner withEverything(TestUltraCart ultraCart) {
		return new WebApplicationContextRunner().withUserConfiguration(Everything.class)
			.withPropertyValues("ultracart.sso.simple-key=" + KEY, "ultracart.sso.base-url=" + ultraCart.baseUrl(),
					"management.endpoints.web.exposure.include=*");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class Everything {

		/**
		 * Says that the application is ready, as a running one does.
		 */
		@EventListener
		void ready(ContextRefreshedEvent event) {
			AvailabilityChangeEvent.publish(event.getApplicationContext(), LivenessState.CORRECT);
			AvailabilityChangeEvent.publish(event.getApplicationContext(), ReadinessState.ACCEPTING_TRAFFIC);
		}

	}

	/**
	 * Has Spring Session keep the sessions, in a map.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableSpringHttpSession
	public static class SpringSession {

		@Bean
		MapSessionRepository sessionRepository() {
			return new MapSessionRepository(new HashMap<>());
		}

	}

}
