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

import java.util.List;
import java.util.Map;

import io.github.ultracartsso.test.UltraCartTestConfiguration;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.StringUtils;

/**
 * Context customizer for tests whose default base URL of UltraCart is a port of the
 * loopback interface that nothing listens on, and which need no credential, because there
 * is a key that is never sent to UltraCart. Users of tests have an SSO session.
 */
record NoCallsToUltraCart() implements ContextCustomizer {

	/**
	 * The port is reserved, and the path explains a failed call in a log.
	 */
	static final String BASE_URL = "http://localhost:1/tests-do-not-call-ultracart/rest/v2";

	private static final String NAME = "ultracartSsoTest";

	private static final String LIMITS_STORE = "ultracart.sso.limits.store";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		if (context instanceof BeanDefinitionRegistry registry) {
			new AnnotatedBeanDefinitionReader(registry, environment).register(UltraCartTestConfiguration.class);
		}
		MutablePropertySources propertySources = environment.getPropertySources();
		if (!propertySources.contains(NAME)) {
			propertySources.addLast(new MapPropertySource(NAME, Map.of("ultracart.sso.base-url", BASE_URL)));
			String key = environment.getProperty(TestKey.PROPERTY);
			if (key == null) {
				propertySources.addLast(new TestKey(environment));
			}
			else if (!StringUtils.hasText(key) || key.startsWith("${")) {
				// a placeholder for a variable that tests do not have
				propertySources.addFirst(new TestKey(environment));
			}
			if (isSliceWithoutStores(mergedConfig)) {
				propertySources.addFirst(new MapPropertySource(NAME + "Slice", Map.of(LIMITS_STORE, "memory")));
			}
		}
	}

	/**
	 * Returns whether the test is of Spring MVC only, which has neither Redis nor a
	 * database to share limits in, and says nothing of them itself.
	 */
	private static boolean isSliceWithoutStores(MergedContextConfiguration mergedConfig) {
		List<String> properties = List.of(mergedConfig.getPropertySourceProperties());
		return properties.stream().anyMatch((property) -> property.endsWith("WebMvcTestContextBootstrapper=true"))
				&& properties.stream().noneMatch((property) -> property.startsWith(LIMITS_STORE));
	}

	/**
	 * Has the key, unless the test has OAuth credentials, which may become known later.
	 */
	private static final class TestKey extends PropertySource<Object> {

		static final String PROPERTY = "ultracart.sso.simple-key";

		// the key of test users too, of which the simulator does not warn
		private static final String KEY = "test-key-of-no-use-at-ultracart";

		// not the source, because Spring Boot would look for the sources of that
		private final ConfigurableEnvironment environment;

		TestKey(ConfigurableEnvironment environment) {
			super(NAME + "Key");
			this.environment = environment;
		}

		@Override
		public @Nullable Object getProperty(String name) {
			return (PROPERTY.equals(name) && !this.environment.containsProperty("ultracart.sso.oauth.client-id")) ? KEY
					: null;
		}

	}

}
