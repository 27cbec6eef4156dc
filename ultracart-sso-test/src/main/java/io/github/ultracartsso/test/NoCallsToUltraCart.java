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

import java.util.Map;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Context customizer for tests whose default base URL of UltraCart is a port of the
 * loopback interface that nothing listens on. It is the property source of the lowest
 * precedence.
 */
record NoCallsToUltraCart() implements ContextCustomizer {

	/**
	 * The port is reserved, and the path explains a failed call in a log.
	 */
	static final String BASE_URL = "http://localhost:1/tests-do-not-call-ultracart/rest/v2";

	private static final String NAME = "ultracartSsoTest";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		MutablePropertySources propertySources = context.getEnvironment().getPropertySources();
		if (!propertySources.contains(NAME)) {
			propertySources.addLast(new MapPropertySource(NAME, Map.of("ultracart.sso.base-url", BASE_URL)));
		}
	}

}
