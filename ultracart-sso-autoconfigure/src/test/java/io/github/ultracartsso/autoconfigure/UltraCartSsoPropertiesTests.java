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

import io.github.ultracartsso.session.IpLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	@ParameterizedTest
	@CsvSource({ "ULTRACART_SSO_SESSION_ENCRYPTIONKEYS", "ULTRACART_SSO_SESSION_ENCRYPTION_KEYS" })
	void bindWhenEncryptionKeysInOneVariableThenSeparatedByCommas(String variable) {
		UltraCartSsoProperties properties = bind(Map.of(variable, "first=,second="));
		assertThat(properties.session().encryptionKeys()).containsExactly("first=", "second=");
	}

	@Test
	void bindWhenEncryptionKeysInVariableEachThenInTheirOrder() {
		UltraCartSsoProperties properties = bind(Map.of("ULTRACART_SSO_SESSION_ENCRYPTIONKEYS_1_", "second",
				"ULTRACART_SSO_SESSION_ENCRYPTIONKEYS_0_", "first"));
		assertThat(properties.session().encryptionKeys()).containsExactly("first", "second");
	}

	@ParameterizedTest
	@CsvSource({ "off, OFF", "pin, PIN", "Enforce, ENFORCE", "WARN, WARN",
			// what YAML makes of off
			"false, OFF" })
	void bindWhenIpLockThenByName(String value, IpLock ipLock) {
		assertThat(bind(Map.of("ULTRACART_SSO_SESSION_IPLOCK", value)).session().ipLock()).isEqualTo(ipLock);
	}

	@Test
	// F1
	void toStringWhenEncryptionKeysSetThenTheyAreNotShown() {
		UltraCartSsoProperties properties = bind(Map.of("ULTRACART_SSO_SESSION_ENCRYPTIONKEYS", "hush"));
		assertThat(properties.session().encryptionKeys()).containsExactly("hush");
		assertThat(properties.session().toString()).isEqualTo("UltraCartSsoProperties.Session");
		assertThat(properties.toString()).doesNotContain("hush");
	}

	@Test
	// F1
	void toStringWhenKeySetThenItIsNotShown() {
		UltraCartSsoProperties properties = bind(Map.of("ULTRACART_SSO_SIMPLEKEY", TestApplication.KEY));
		assertThat(properties.simpleKey()).isEqualTo(TestApplication.KEY);
		assertThat(properties.toString()).doesNotContain(TestApplication.KEY);
		assertThat(new CheckedUltraCartSsoProperties(properties, List.of()).toString())
			.doesNotContain(TestApplication.KEY);
	}

	@Test
	// F1
	void toStringWhenOauthSetThenItIsNotShown() {
		UltraCartSsoProperties properties = bind(
				Map.of("ULTRACART_SSO_OAUTH_CLIENTID", "hush", "ULTRACART_SSO_OAUTH_REFRESH_TOKEN", "hush-hush"));
		assertThat(properties.oauth().clientId()).isEqualTo("hush");
		assertThat(properties.oauth().refreshToken()).isEqualTo("hush-hush");
		assertThat(properties.oauth().toString()).isEqualTo("UltraCartSsoProperties.Oauth");
		assertThat(properties.toString()).doesNotContain("hush");
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
