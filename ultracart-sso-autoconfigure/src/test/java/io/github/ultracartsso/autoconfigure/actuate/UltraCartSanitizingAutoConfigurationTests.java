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

package io.github.ultracartsso.autoconfigure.actuate;

import java.io.UnsupportedEncodingException;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestEncryptionKeys;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the actuator tells strangers and signed-in users, with all values shown.
 */
class UltraCartSanitizingAutoConfigurationTests {

	private static final String ENCRYPTION_KEY = TestEncryptionKeys.text(1);

	private static final String OLD_ENCRYPTION_KEY = TestEncryptionKeys.text(2);

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void chainWhenAnonymousThenHealthIsOpenAndInfoIsNot() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			assertThat(browser.fetch("/actuator/health")).hasStatusOk();
			assertThat(browser.fetch("/actuator/info")).hasStatus(401);
		});
	}

	@Test
	void chainWhenProbesHavePathsOnTheMainPortThenTheyAreOpen() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("management.endpoint.health.probes.enabled=true",
					"management.endpoint.health.probes.add-additional-paths=true")
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				assertThat(browser.fetch("/livez")).hasStatusOk();
				assertThat(browser.fetch("/other")).hasStatus(401);
			});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "env", "env/ultracart.sso.simple-key", "env/merchant.secret", "env/shop.feed-url",
			"env/ultracart.sso.session.encryption-keys", "env/merchant.sealing-key", "env/shop.vault", "configprops",
			"configprops/ultracart.sso", "beans", "conditions", "mappings" })
	void endpointWhenValuesShownThenNeverTheKey(String endpoint) {
		applicationThatShowsValues().run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			MvcTestResult result = browser.fetch("/actuator/" + endpoint);
			assertThat(result).hasStatusOk();
			assertThat(body(result)).isNotEmpty()
				.doesNotContain(TestApplication.KEY, TestUltraCart.USER_KEY, ENCRYPTION_KEY, OLD_ENCRYPTION_KEY);
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "env", "env/ultracart.sso.oauth.refresh-token", "env/merchant.token", "configprops",
			"configprops/ultracart.sso" })
	void endpointWhenOauthAndValuesShownThenNeverTheToken(String endpoint) {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.simple-key=", "ultracart.sso.oauth.client-id=the-client-id",
					"merchant.token=the-refresh-token", "ultracart.sso.oauth.refresh-token=${merchant.token}",
					"management.endpoint.env.show-values=always", "management.endpoint.configprops.show-values=always")
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				this.ultraCart.given(post(TestUltraCart.ACCESS_TOKEN),
						okJson("{\"access_token\": \"the-access-token\"}"));
				browser.signIn(this.ultraCart);
				MvcTestResult result = browser.fetch("/actuator/" + endpoint);
				assertThat(result).hasStatusOk();
				assertThat(body(result)).contains("******")
					.doesNotContain("the-client-id", "the-refresh-token", "the-access-token");
			});
	}

	@Test
	void endpointWhenValuesShownThenOtherValuesAreShown() {
		applicationThatShowsValues().run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			assertThat(body(browser.fetch("/actuator/env/shop.feed-url"))).contains("******");
			assertThat(body(browser.fetch("/actuator/env/shop.language"))).contains("en-GB");
			assertThat(body(browser.fetch("/actuator/configprops/ultracart.sso"))).contains(this.ultraCart.baseUrl(),
					"******");
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "ultracart.sso.simple-key", "ultracart.sso.simpleKey", "ULTRACART_SSO_SIMPLEKEY",
			"ULTRACART_SSO_SIMPLE_KEY", "ultracart.sso.oauth.refresh-token", "ultracart.sso.oauth.clientId",
			"ultracart.sso.session.encryption-keys[0]", "ULTRACART_SSO_SESSION_ENCRYPTIONKEYS_1_" })
	void applyWhenNameOfSecretThenSanitizedWhateverTheSpelling(String name) {
		assertThat(apply(name, "hush")).isEqualTo("******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.sso.base-url", "ultracart.sso.session.ip-lock", "simple-key" })
	void applyWhenOtherNameThenNotSanitized(String name) {
		assertThat(apply(name, "value", "ultracart.sso.simple-key=hush")).isEqualTo("value");
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "ultracart.sso.simple-key=hush", "ultracart.sso.oauth.refresh-token=hush",
			"ultracart.sso.session.encryption-keys=hush,other", "ultracart.sso.session.encryption-keys=other,hush",
			"ultracart.sso.session.encryption-keys[0]=hush\n" })
	void applyWhenValueContainsKeyThenSanitized(String property) {
		assertThat(apply("other", "x=hush&y=1", property)).isEqualTo("******");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.sso.simple-key=", "ultracart.sso.oauth.refresh-token= ",
			"ultracart.sso.session.encryption-keys[0]= " })
	void applyWhenKeyBlankThenOtherValuesAreNotSanitized(String property) {
		assertThat(apply("other", "some value", property)).isEqualTo("some value");
	}

	private static Object apply(String name, String value, String... properties) {
		MockEnvironment environment = new MockEnvironment();
		TestPropertyValues.of(properties).applyTo(environment);
		UltraCartKeySanitizingFunction function = new UltraCartKeySanitizingFunction(
				Binder.get(environment).bindOrCreate("ultracart.sso", UltraCartSsoProperties.class));
		return String.valueOf(function.apply(new SanitizableData(null, name, value)).getValue());
	}

	/**
	 * Each key comes from a property of another name, and is part of the value of a
	 * third.
	 */
	private WebApplicationContextRunner applicationThatShowsValues() {
		return TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("merchant.secret=" + TestApplication.KEY, "ultracart.sso.simple-key=${merchant.secret}",
					"shop.feed-url=https://shop.example.com/?key=${merchant.secret}&lang=en", "shop.language=en-GB",
					"merchant.sealing-key=" + ENCRYPTION_KEY,
					"ultracart.sso.session.encryption-keys=${merchant.sealing-key}," + OLD_ENCRYPTION_KEY,
					"shop.vault=aes:${merchant.sealing-key}", "management.endpoint.env.show-values=always",
					"management.endpoint.configprops.show-values=always");
	}

	private static String body(MvcTestResult result) throws UnsupportedEncodingException {
		return result.getResponse().getContentAsString();
	}

}
