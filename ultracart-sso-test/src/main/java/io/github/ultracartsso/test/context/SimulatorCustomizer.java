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

package io.github.ultracartsso.test.context;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedUser;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.Assert;

/**
 * Context customizer for tests with the simulator. It is part of the key of the context
 * cache, so it is equal for equal annotations.
 *
 * @param annotation the annotation of the test
 */
record SimulatorCustomizer(AutoConfigureUltraCartSimulator annotation) implements ContextCustomizer {

	private static final String NAME = "ultracartSsoTestSimulator";

	/**
	 * Many tests share a context, so that together they start more logins and make more
	 * calls than UltraCart allows in an hour.
	 */
	private static final Map<String, Object> DEFAULTS = Map.of("ultracart.sso.login.max-starts-per-hour", 100_000,
			"ultracart.sso.limits.calls-per-hour", 100_000, "ultracart.sso.limits.calls-per-day", 1_000_000);

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources propertySources = context.getEnvironment().getPropertySources();
		propertySources.addFirst(new MapPropertySource(NAME, properties()));
		propertySources.addLast(new MapPropertySource(NAME + "Defaults", DEFAULTS));
		Assert.state(context.getBeanFactory() instanceof BeanDefinitionRegistry,
				"The simulator needs a registry of bean definitions");
		new AnnotatedBeanDefinitionReader((BeanDefinitionRegistry) context.getBeanFactory(), context.getEnvironment())
			.register(UltraCartSimulatorConfiguration.class, SimulatorUse.class);
	}

	private Map<String, Object> properties() {
		Map<String, Object> properties = new HashMap<>();
		// contexts that are cached run side by side
		properties.put("ultracart.simulator.port", 0);
		// the program that runs the tests may be a jar
		properties.put("ultracart.simulator.allow-packaged", true);
		if (!this.annotation.usersFile().isEmpty()) {
			properties.put("ultracart.simulator.users-file", this.annotation.usersFile());
		}
		for (int i = 0; i < this.annotation.users().length; i++) {
			put(user(this.annotation.users()[i]), "ultracart.simulator.users[" + i + "].", properties);
		}
		return properties;
	}

	private static SimulatedUser user(WithUltraCartUser annotation) {
		if (annotation.value().isEmpty()) {
			return SimulatedUser.withLogin(annotation.login())
				.permissions(annotation.permissions())
				.groups(annotation.groups())
				.build();
		}
		try (InputStream json = new DefaultResourceLoader().getResource(annotation.value()).getInputStream()) {
			List<SimulatedUser> users = SimulatedUser.read(json);
			Assert.state(users.size() == 1, () -> "'" + annotation.value() + "' must hold one user; use usersFile");
			return users.get(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void put(SimulatedUser user, String prefix, Map<String, Object> properties) {
		properties.put(prefix + "login", user.login());
		properties.put(prefix + "full-name", user.fullName());
		properties.put(prefix + "email", user.email());
		if (user.userId() != null) {
			properties.put(prefix + "user-id", user.userId());
		}
		put(user.permissions(), prefix + "permissions", properties);
		put(user.groups(), prefix + "groups", properties);
	}

	private static void put(Set<String> names, String list, Map<String, Object> properties) {
		int index = 0;
		for (String name : names) {
			properties.put(list + "[" + index + "]", name);
			index++;
		}
	}

}
