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

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartSsoProperties}.
 */
class UltraCartSsoPropertiesTests {

	@Test
	void bindWhenEnvironmentVariablesThenAsProperties() {
		UltraCartSsoProperties properties = bind(
				Map.of("ULTRACART_SSO_SIMPLE_KEY", TestApplication.KEY, "ULTRACART_SSO_PERMITALL", "/public/**,/news",
						"ULTRACART_SSO_METHODSECURITY_ENABLED", "false", "ULTRACART_SSO_HTTP_SSL_BUNDLE", "ultracart"));
		assertThat(properties.simpleKey()).isEqualTo(TestApplication.KEY);
		assertThat(properties.permitAll()).isEqualTo(List.of("/public/**", "/news"));
		assertThat(properties.methodSecurity().enabled()).isFalse();
		assertThat(properties.http().getSsl().getBundle()).isEqualTo("ultracart");
	}

	@Test
	// F1
	void toStringWhenKeySetThenItIsNotShown() {
		UltraCartSsoProperties properties = bind(Map.of("ULTRACART_SSO_SIMPLEKEY", TestApplication.KEY));
		assertThat(properties.simpleKey()).isEqualTo(TestApplication.KEY);
		assertThat(properties.toString()).doesNotContain(TestApplication.KEY);
		assertThat(new CheckedUltraCartSsoProperties(properties).toString()).doesNotContain(TestApplication.KEY);
	}

	private static UltraCartSsoProperties bind(Map<String, Object> variables) {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		ConfigurationPropertySources.attach(environment);
		return Binder.get(environment).bindOrCreate("ultracart.sso", UltraCartSsoProperties.class);
	}

}
