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

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.StringUtils;

/**
 * Context customizer for tests whose default base URL of UltraCart is a port of the
 * loopback interface that nothing listens on, and which need no credential, because there
 * is a key that is never sent to UltraCart.
 */
record NoCallsToUltraCart() implements ContextCustomizer {

	/**
	 * The port is reserved, and the path explains a failed call in a log.
	 */
	static final String BASE_URL = "http://localhost:1/tests-do-not-call-ultracart/rest/v2";

	private static final String NAME = "ultracartSsoTest";

	private static final String KEY_PROPERTY = "ultracart.sso.simple-key";

	private static final String PLACEHOLDER = "${";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		ConfigurableEnvironment environment = context.getEnvironment();
		MutablePropertySources propertySources = environment.getPropertySources();
		if (!propertySources.contains(NAME)) {
			propertySources.addLast(new MapPropertySource(NAME, Map.of("ultracart.sso.base-url", BASE_URL)));
			if (lacksCredential(environment)) {
				propertySources.addFirst(new MapPropertySource(NAME + "Key",
						Map.of(KEY_PROPERTY, "a-key-for-tests-that-is-of-no-use-at-ultracart")));
			}
		}
	}

	/**
	 * Returns whether there is no credential, or only a placeholder for a variable that
	 * tests do not have.
	 */
	private static boolean lacksCredential(ConfigurableEnvironment environment) {
		String key = environment.getProperty(KEY_PROPERTY);
		return !environment.containsProperty("ultracart.sso.oauth.client-id")
				&& (!StringUtils.hasText(key) || key.startsWith(PLACEHOLDER));
	}

}
