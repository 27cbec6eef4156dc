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

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PropertiesUltraCartSsoConnectionDetails}.
 */
class PropertiesUltraCartSsoConnectionDetailsTests {

	@Test
	void getApplicationCredentialWhenNoneThenIllegalState() {
		UltraCartSsoConnectionDetails details = details(new MockEnvironment());
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(details::getApplicationCredential)
			.withMessageContaining("ultracart.sso.simple-key")
			.withMessageContaining("ultracart.sso.oauth.client-id");
	}

	@Test
	void getApplicationCredentialWhenAskedAgainThenTheSame() {
		UltraCartSsoConnectionDetails details = details(
				new MockEnvironment().withProperty("ultracart.sso.oauth.client-id", "the-client")
					.withProperty("ultracart.sso.oauth.refresh-token", "the-refresh-token"));
		assertThat(details.getApplicationCredential()).isSameAs(details.getApplicationCredential());
	}

	@Test
	void getBaseUrlThenOfTheProperties() {
		assertThat(details(new MockEnvironment().withProperty("ultracart.sso.simple-key", TestApplication.KEY)
			.withProperty("ultracart.sso.base-url", "http://localhost:8081/rest/v2")).getBaseUrl())
			.hasToString("http://localhost:8081/rest/v2");
	}

	private static UltraCartSsoConnectionDetails details(MockEnvironment environment) {
		UltraCartSsoProperties properties = Binder.get(environment)
			.bindOrCreate("ultracart.sso", UltraCartSsoProperties.class);
		return new PropertiesUltraCartSsoConnectionDetails(properties, (credential) -> {
		});
	}

}
