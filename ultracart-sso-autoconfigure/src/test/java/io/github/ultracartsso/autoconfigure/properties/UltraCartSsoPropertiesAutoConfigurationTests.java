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

package io.github.ultracartsso.autoconfigure.properties;

import java.net.URI;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSsoPropertiesAutoConfiguration}, in an application that is no
 * web application.
 */
class UltraCartSsoPropertiesAutoConfigurationTests {

	private final ApplicationContextRunner application = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(UltraCartSsoPropertiesAutoConfiguration.class));

	@Test
	void propertiesWhenKeySetThenCheckedAndConnectionFromThem() {
		this.application.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(context).hasSingleBean(UltraCartSsoProperties.class)
				.hasSingleBean(CheckedUltraCartSsoProperties.class)
				.hasSingleBean(PropertiesUltraCartSsoConnectionDetails.class));
	}

	@Test
	void propertiesWhenNoKeyThenStartFails() {
		this.application.run((context) -> assertThat(context).hasFailed()
			.getFailure()
			.rootCause()
			.isInstanceOf(InvalidUltraCartSsoConfigurationException.class));
	}

	@Test
	void connectionDetailsWhenApplicationHasItsOwnThenBacksOff() {
		this.application
			.withBean(UltraCartSsoConnectionDetails.class,
					() -> new TestConnectionDetails(URI.create("https://ultracart.example.com")))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PropertiesUltraCartSsoConnectionDetails.class));
	}

	@Test
	void connectionDetailsWhenApplicationHasItsOwnClientThenBacksOff() {
		this.application.withBean(UltraCartSsoClient.class, () -> mock(UltraCartSsoClient.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(UltraCartSsoConnectionDetails.class));
	}

	@Test
	// F1
	void checkedPropertiesThenTheirTextHoldsNoSecret() {
		this.application.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(context.getBean(CheckedUltraCartSsoProperties.class).toString())
				.doesNotContain(TestApplication.KEY));
	}

}
