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

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestEncryptionKeys;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.properties.InvalidUltraCartSsoConfigurationException.Mistake;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.ApplicationContextAssertProvider;
import org.springframework.security.crypto.encrypt.AesGcmBytesEncryptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSsoConfigurationCheck}: an application with such properties
 * starts, or does not.
 */
class UltraCartSsoConfigurationCheckTests {

	@Test
	void checkWhenSimpleKeyOnlyThenStarts() {
		assertStarts();
	}

	@Test
	void checkWhenPlainHttpHostThenItsUrlsAreAccepted() {
		assertStarts("ultracart.sso.development.plain-http-hosts=backoffice,192.168.1.5",
				"ultracart.sso.redirect-uri=http://backoffice:8080/login/ultracart",
				"ultracart.sso.base-url=http://192.168.1.5:8081/rest/v2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.sso.redirect-uri=http://other:8080/login/ultracart",
			"ultracart.sso.base-url=http://other:8081/rest/v2" })
	void checkWhenPlainHttpOnAnotherHostThenRefusedWithTheSwitch(String property) {
		assertMistake(List.of("ultracart.sso.development.plain-http-hosts=backoffice", property),
				(mistake) -> assertThat(mistake.remedy()).contains("ultracart.sso.development.plain-http-hosts"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://backoffice:8080", "backoffice:8080", "*.example.com", "*" })
	void checkWhenPlainHttpHostIsNoHostNameThenRefused(String host) {
		assertMistake("ultracart.sso.development.plain-http-hosts=" + host,
				(mistake) -> assertThat(mistake.description()).startsWith(
						"ultracart.sso.development.plain-http-hosts is '" + host + "', but must be host names"));
	}

	@Test
	void checkWhenNoCredentialThenBothRemediesAreNamed() {
		TestApplication.unconfigured().run((context) -> assertMistakes(context).singleElement().satisfies((mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.simple-key is not set");
			assertThat(mistake.remedy()).contains("Set ultracart.sso.simple-key", "Single Sign-on write",
					"set ultracart.sso.oauth.client-id and ultracart.sso.oauth.refresh-token",
					"UltraCartSsoConnectionDetails", "ultracart.sso.enabled=false");
		}));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "${ULTRACART_KEY_THAT_NOBODY_SET:}" })
	void checkWhenCredentialBlankThenItCountsAsNone(String key) {
		assertMistake("ultracart.sso.simple-key=" + key,
				(mistake) -> assertThat(mistake.description()).startsWith("ultracart.sso.simple-key is not set"));
	}

	@Test
	void checkWhenCredentialIsUnresolvedPlaceholderThenItIsNotTakenForAKey() {
		assertMistake("ultracart.sso.simple-key=${ULTRACART_KEY_THAT_NOBODY_SET}", (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.simple-key")
				.contains("${ULTRACART_KEY_THAT_NOBODY_SET}");
			assertThat(mistake.remedy()).contains("ULTRACART_KEY_THAT_NOBODY_SET");
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "hush hush", "\"hush\"\u00a0", "hu\u0000sh", "hüsh", "hush\u0007hush" })
	void checkWhenKeyHasIllegalCharactersThenReportedWithoutTheValue(String key) {
		assertMistake("ultracart.sso.simple-key=" + key, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.simple-key has characters")
				.doesNotContain("hush", "hüsh");
			assertThat(mistake.remedy()).doesNotContain("hush", "hüsh");
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "'hush'", "\"hush\"", "`hush`", "\u201chush\u201d", "\u2018hush\u2019", "\u00abhush\u00bb",
			"\u201ehush\u201c", "hush\"", "\u2019hush" })
	void checkWhenKeyInQuotationMarksThenReportedWithoutTheValue(String key) {
		assertMistake("ultracart.sso.simple-key=" + key, (mistake) -> {
			assertThat(mistake.description())
				.isEqualTo("ultracart.sso.simple-key has quotation marks, which are not part of a key.");
			assertThat(mistake.remedy()).startsWith("Write the key without quotes.").doesNotContain("hush");
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(
			strings = { "Bearer hush", "bearer:hush", "Basic hush", "x-ultracart-simple-key: hush", "\"Bearer hush\"" })
	void checkWhenKeyBeginsWithSchemeThenReportedWithoutTheValue(String key) {
		assertMistake("ultracart.sso.simple-key=" + key, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.simple-key begins with").contains("Bearer");
			assertThat(mistake.description() + mistake.remedy()).doesNotContain("hush");
		});
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "<hush>", "<your key>", "{cipher}hush", "ENC(hush)", "#{hush}", "{{ hush }}",
			"$(cat hush)", "$HUSH", "%HUSH%", "@hush.key@", "\"<hush>\"", "********" })
	void checkWhenKeyWasNotReplacedThenReportedWithoutTheValue(String key) {
		assertMistake("ultracart.sso.simple-key=" + key, (mistake) -> {
			assertThat(mistake.description()).isEqualTo(
					"ultracart.sso.simple-key has something in place of a key that was not replaced or decrypted.");
			assertThat(mistake.remedy()).doesNotContainIgnoringCase("hush");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "a+b/c==", "bearer-less", "basically1", "a.b_c~d:e", "x@y", "50%off", "a$b", "*a" })
	void checkWhenKeyIsUnusualButPossibleThenStarts(String key) {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.simple-key=" + key)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	// F1
	void checkWhenTwoCredentialsThenBothRemediesAreNamed() {
		assertMistake(List.of("ultracart.sso.oauth.client-id=hush", "ultracart.sso.oauth.refresh-token=hush"),
				(mistake) -> {
					assertThat(mistake.description()).contains("ultracart.sso.simple-key", "ultracart.sso.oauth.*",
							"both set");
					assertThat(mistake.remedy()).contains("Remove ultracart.sso.oauth.*",
							"remove ultracart.sso.simple-key");
					assertThat(mistake.description() + mistake.remedy()).doesNotContain("hush", TestApplication.KEY);
				});
	}

	@Test
	void checkWhenOauthOnlyThenStarts() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.oauth.client-id=id", "ultracart.sso.oauth.refresh-token=token")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	// F1
	@CsvSource({ "client-id, refresh-token", "refresh-token, client-id" })
	void checkWhenOauthHalfSetThenReported(String set, String missing) {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.oauth." + set + "=hush", "ultracart.sso.oauth." + missing + "= ")
			.run((context) -> assertMistakes(context).singleElement().satisfies((mistake) -> {
				assertThat(mistake.description()).isEqualTo("ultracart.sso.oauth." + missing
						+ " is not set, but ultracart.sso.oauth." + set + " is, and OAuth takes both.");
				assertThat(mistake.remedy()).contains("Set ultracart.sso.oauth." + missing,
						"set ultracart.sso.simple-key");
			}));
	}

	@ParameterizedTest
	// F1
	@ValueSource(strings = { "hush hush", "\"hush\"\u00a0", "hu\u0000sh", "hüsh", "hush\u0007hush" })
	void checkWhenOauthHasIllegalCharactersThenBothReportedWithoutTheValues(String secret) {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.oauth.client-id=" + secret,
					"ultracart.sso.oauth.refresh-token=" + secret)
			.run((context) -> assertMistakes(context).satisfiesExactly((first) -> {
				assertThat(first.description())
					.startsWith("ultracart.sso.oauth.client-id has characters that cannot be part of a client id");
				assertThat(first.description() + first.remedy()).doesNotContain("hush", "hüsh");
			}, (second) -> {
				assertThat(second.description())
					.startsWith("ultracart.sso.oauth.refresh-token has characters that cannot be part of a token");
				assertThat(second.description() + second.remedy()).doesNotContain("hush", "hüsh");
			}));
	}

	@Test
	void checkWhenOauthIsUnresolvedPlaceholderThenItIsNotTakenForAToken() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.oauth.client-id=id",
					"ultracart.sso.oauth.refresh-token=${ULTRACART_TOKEN_THAT_NOBODY_SET}")
			.run((context) -> assertMistakes(context).singleElement().satisfies((mistake) -> {
				assertThat(mistake.description())
					.startsWith("ultracart.sso.oauth.refresh-token refers to ${ULTRACART_TOKEN_THAT_NOBODY_SET}");
				assertThat(mistake.remedy()).contains("Set ULTRACART_TOKEN_THAT_NOBODY_SET", "the token itself");
			}));
	}

	@Test
	void checkWhenTwoCredentialsAndOneOfThemMistakenThenAllReported() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.oauth.refresh-token=hu sh")
			.run((context) -> assertMistakes(context).extracting(Mistake::description)
				.satisfiesExactly((first) -> assertThat(first).contains("are both set"),
						(second) -> assertThat(second).startsWith("ultracart.sso.oauth.client-id is not set"),
						(third) -> assertThat(third).startsWith("ultracart.sso.oauth.refresh-token has characters")));
	}

	@Test
	void checkWhenOauthBlankThenItCountsAsNone() {
		assertStarts("ultracart.sso.oauth.client-id=", "ultracart.sso.oauth.refresh-token=${UNSET:}");
	}

	@ParameterizedTest
	// F4
	@ValueSource(strings = { "http://secure.ultracart.com/rest/v2", "secure.ultracart.com/rest/v2", "/rest/v2",
			"ftp://secure.ultracart.com", "https:///rest/v2", "not a url", "",
			"https://secure.ultracart.com/?merchant=1", "https://secure.ultracart.com/#v2",
			"https://jane:hush@secure.ultracart.com", "http://localhost.example.com", "http://127.0.0.1.example.com",
			"http://128.0.0.1", "http://ultra_cart.example.com", "https://jane_doe@secure.ultracart.com" })
	void checkWhenBaseUrlUnusableThenReported(String baseUrl) {
		assertMistake("ultracart.sso.base-url=" + baseUrl, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.base-url is '").contains("https");
			assertThat(mistake.remedy()).contains("Remove ultracart.sso.base-url",
					"https://secure.ultracart.com/rest/v2");
		});
	}

	@Test
	// F1
	void checkWhenBaseUrlHasUserInfoThenPasswordIsNotRepeated() {
		assertMistake("ultracart.sso.base-url=https://jane:hush@secure.ultracart.com",
				(mistake) -> assertThat(mistake.description()).doesNotContain("hush"));
	}

	@ParameterizedTest
	// F4
	@ValueSource(strings = { "https://secure.ultracart.com/rest/v2/", "HTTPS://secure.ultracart.com",
			"https://10.0.0.1:8443/rest", "http://localhost:8081/rest/v2", "http://127.0.0.1:8081", "http://[::1]:8081",
			"http://ultracart.localhost", "https://ultra_cart.example.com:8443/rest/v2" })
	void checkWhenBaseUrlHttpsOrLoopbackThenStarts(String baseUrl) {
		assertStarts("ultracart.sso.base-url=" + baseUrl);
	}

	@ParameterizedTest
	// C4
	@ValueSource(strings = { "http://app.example.com/login/ultracart", "/login/ultracart", "app.example.com/login", "",
			"https://app.example.com/login#ultracart", "https://jane:hush@app.example.com/login", "{baseUrl",
			"{baseUrl}/login/{registrationId}", "{baseHost}/login/ultracart", "http://{baseHost}/login/ultracart",
			"${UNSET_URL}/login/ultracart" })
	void checkWhenRedirectUriUnusableThenReported(String redirectUri) {
		assertMistake("ultracart.sso.redirect-uri=" + redirectUri, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.redirect-uri is '");
			assertThat(mistake.remedy()).contains("Set ultracart.sso.redirect-uri",
					"https://backoffice.example.com/login/ultracart", "remove it");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{baseUrl}/login/ultracart", "{baseUrl}/sso/callback",
			"{baseScheme}://{baseHost}{basePort}{basePath}/login/ultracart",
			"https://{baseHost}{basePort}/login/ultracart", "https://app.example.com/login/ultracart",
			"https://back_office.example.com/login/ultracart", "https://back_office:8443/login/ultracart",
			"http://localhost:8080/login/ultracart" })
	void checkWhenRedirectUriUsableThenStarts(String redirectUri) {
		assertStarts("ultracart.sso.redirect-uri=" + redirectUri);
	}

	@ParameterizedTest
	// C4
	@ValueSource(strings = { "https://app.example.com", "app.example.com:443", "app.example.com/login", "*", "*.com",
			"*example.com", "a.*.example.com", "app.example.com,,b.example.com", ".example.com", "app.example.com.",
			"app example.com" })
	void checkWhenRedirectHostsUnusableThenReported(String hosts) {
		assertMistake("ultracart.sso.redirect-hosts=" + hosts, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.redirect-hosts is '" + hosts + "'");
			assertThat(mistake.remedy()).contains("Remove ultracart.sso.redirect-hosts", "backoffice.example.com",
					"*.example.com");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "app.example.com", "App.Example.com,*.example.org", "localhost", "10.0.0.1",
			"back_office.example.com,*.a_b.example.com,back_office" })
	void checkWhenRedirectHostsAreHostNamesThenStarts(String hosts) {
		assertStarts("ultracart.sso.redirect-hosts=" + hosts);
	}

	@ParameterizedTest
	// C3
	@ValueSource(strings = { "", "https://ultracart.com", "*.ultracart.com", "ultracart.com:443", "ultracart.com/login",
			".ultracart.com", "ultracart.com.", "ultracart.com,*", "ultra cart.com" })
	void checkWhenAllowedLoginHostsUnusableThenReported(String hosts) {
		assertMistake("ultracart.sso.allowed-login-hosts=" + hosts, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.allowed-login-hosts is '");
			assertThat(mistake.remedy()).contains("Remove ultracart.sso.allowed-login-hosts", "ultracart.com");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.com", "login.ultracart.com,ultracart.example.com", "localhost", "10.0.0.1",
			"sign_in.example.com" })
	void checkWhenAllowedLoginHostsAreHostNamesThenStarts(String hosts) {
		assertStarts("ultracart.sso.allowed-login-hosts=" + hosts);
	}

	@ParameterizedTest
	// C1
	@CsvSource({ "login-page, sign-in", "login-page, https://app.example.com/sign-in", "login-page, //evil.example.com",
			"login-page, ''", "default-success-url, home", "default-success-url, //evil.example.com",
			"default-success-url, /\\evil.example.com", "logout.success-url, https://shop.example.com",
			"logout.success-url, //evil.example.com", "permit-all, public/**", "permit-all, '/public/**,assets/**'" })
	void checkWhenPathDoesNotBeginWithOneSlashThenReported(String property, String path) {
		assertMistake("ultracart.sso." + property + "=" + path, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso." + property + " is '");
			assertThat(mistake.remedy()).startsWith("Write ultracart.sso." + property);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "/sign-in?lang=en", "/sign-in#top", "/sign-in/**", "/{tenant}/sign-in" })
	void checkWhenLoginPageIsNoPlainPathThenReported(String loginPage) {
		assertMistake("ultracart.sso.login-page=" + loginPage,
				(mistake) -> assertThat(mistake.description())
					.isEqualTo("ultracart.sso.login-page is '%s', but must be a path without a query or wildcards."
						.formatted(loginPage)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "${UNSET_VERSION}", "2017-03-01\r\nX-Injected: 1", "1 March 2017" })
	void checkWhenApiVersionUnusableThenReported(String apiVersion) {
		assertMistake("ultracart.sso.api-version=" + apiVersion, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.api-version is '");
			assertThat(mistake.remedy()).contains("2017-03-01");
		});
	}

	@Test
	void checkWhenPermitAllIsNoPatternThenReported() {
		assertMistake("ultracart.sso.permit-all=/public/{name", (mistake) -> assertThat(mistake.description())
			.startsWith("ultracart.sso.permit-all is '/public/{name'"));
	}

	@ParameterizedTest
	// E3
	@CsvSource({ "GROUP_, GROUP_", "ROLE_, ROLE_", "'', ''" })
	void checkWhenPrefixesEqualThenReported(String permissionPrefix, String groupPrefix) {
		assertMistake(List.of("ultracart.sso.authorities.permission-prefix=" + permissionPrefix,
				"ultracart.sso.authorities.group-prefix=" + groupPrefix), (mistake) -> {
					assertThat(mistake.description()).contains("ultracart.sso.authorities.permission-prefix",
							"ultracart.sso.authorities.group-prefix", "both '" + groupPrefix + "'");
					assertThat(mistake.remedy()).contains("GROUP_");
				});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ROLE_ADMIN", "role_admin", "Role_Admin", "role.admin", "ROLE-ADMIN" })
	void checkWhenRoleNamedWithPrefixThenReported(String role) {
		assertMistake("ultracart.sso.authorities.roles.[%s]=Edit Users".formatted(role), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.authorities.roles has the role '" + role + "'");
			assertThat(mistake.remedy()).contains("without ROLE_");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u7ba1\u7406", "--" })
	void checkWhenNothingIsLeftOfRoleThenReported(String role) {
		assertMistake("ultracart.sso.authorities.roles.[%s]=Edit Users".formatted(role), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.authorities.roles has the role '" + role + "'");
			assertThat(mistake.remedy()).contains("hasRole('...')");
		});
	}

	@Test
	void checkWhenTwoSpellingsOfARoleDifferThenReported() {
		assertMistake(List.of("ultracart.sso.authorities.roles.[shipping clerk]=View Items",
				"ultracart.sso.authorities.roles.[shipping.clerk]=Edit Items"), (mistake) -> {
					assertThat(mistake.description()).startsWith("ultracart.sso.authorities.roles has '")
						.contains("'shipping clerk'", "'shipping.clerk'", "SHIPPING_CLERK");
					assertThat(mistake.remedy()).isEqualTo("Remove one of them.");
				});
	}

	@Test
	void checkWhenTwoSpellingsOfARoleAreTheSameThenStarts() {
		assertStarts("ultracart.sso.authorities.roles.[shipping clerk]=View Items",
				"ultracart.sso.authorities.roles.[shipping.clerk]=View Items");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Edit Users,,View Items" })
	void checkWhenRoleNamesNothingThatGrantsItThenReported(String grants) {
		assertMistake("ultracart.sso.authorities.roles.ADMIN=" + grants, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.authorities.roles.ADMIN names nothing");
			assertThat(mistake.remedy()).contains("group:<name>");
		});
	}

	@ParameterizedTest
	@MethodSource("io.github.ultracartsso.autoconfigure.TestEncryptionKeys#spellings")
	void checkWhenEncryptionKeyInAnyBase64ThenStarts(String key) {
		assertStarts("ultracart.sso.session.encryption-keys[0]=" + key);
	}

	@ParameterizedTest
	// F1
	@CsvSource({ "'', is empty", "' ', is empty", "hush!, is not Base64", "'\"aHVzaA==\"', is not Base64",
			"aHVzaA==, is Base64 of 4 bytes", "aHVzaA, is Base64 of 4 bytes",
			// 32 bytes in hexadecimal
			"5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f5f, is Base64 of 48 bytes",
			"${UNSET_KEY}, 'refers to ${UNSET_KEY}'" })
	void checkWhenEncryptionKeyUnusableThenItsPositionIsNamedAndNotItsValue(String key, String mistakeOfKey) {
		assertMistake(List.of("ultracart.sso.session.encryption-keys[0]=" + TestEncryptionKeys.text(1),
				"ultracart.sso.session.encryption-keys[1]=" + key), (mistake) -> {
					assertThat(mistake.description())
						.startsWith("ultracart.sso.session.encryption-keys[1] " + mistakeOfKey)
						.doesNotContain("hush", "aHVzaA", "5f5f", TestEncryptionKeys.text(1));
					assertThat(mistake.remedy()).endsWith(" openssl rand -base64 32")
						.doesNotContain("hush", "aHVzaA", "5f5f", TestEncryptionKeys.text(1));
				});
	}

	@Test
	// F1
	void checkWhenEncryptionKeyRepeatedThenReportedWhateverTheSpelling() {
		String key = TestEncryptionKeys.text(TestEncryptionKeys.OF_ALL_LETTERS);
		assertMistake("ultracart.sso.session.encryption-keys=%s,%s,%s".formatted(key, TestEncryptionKeys.text(2),
				key.replace('+', '-').replace('/', '_').replace("=", "")), (mistake) -> {
					assertThat(mistake.description())
						.isEqualTo("ultracart.sso.session.encryption-keys[2] is the same key"
								+ " as ultracart.sso.session.encryption-keys[0].");
					assertThat(mistake.remedy()).startsWith("Remove ultracart.sso.session.encryption-keys[2].")
						.doesNotContain(key);
				});
	}

	@Test
	void checkWhenSeveralEncryptionKeysUnusableThenEachIsReported() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.encryption-keys=aHVzaA,%s,${UNSET_KEY}"
				.formatted(TestEncryptionKeys.text(1)))
			.run((context) -> assertMistakes(context).extracting(Mistake::description)
				.satisfiesExactly((first) -> assertThat(first).startsWith("ultracart.sso.session.encryption-keys[0]"),
						(second) -> assertThat(second).startsWith("ultracart.sso.session.encryption-keys[2]")));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void checkWhenNoLoginCouldBeStartedThenReported(int maxStartsPerHour) {
		assertMistake("ultracart.sso.login.max-starts-per-hour=" + maxStartsPerHour, (mistake) -> {
			assertThat(mistake.description())
				.startsWith("ultracart.sso.login.max-starts-per-hour is " + maxStartsPerHour);
			assertThat(mistake.remedy()).startsWith("Remove ultracart.sso.login.max-starts-per-hour");
		});
	}

	@ParameterizedTest
	@CsvSource({ "calls-per-hour, 0", "calls-per-hour, -1", "calls-per-hour, 10000001", "calls-per-day, 0",
			"refresh-share, 0", "refresh-share, -0.1", "refresh-share, 1.1", "refresh-share, NaN",
			"longest-refresh-interval, 0", "longest-refresh-interval, -1s", "group, ' '" })
	void checkWhenLimitIsSenselessThenReported(String property, String value) {
		assertMistake("ultracart.sso.limits.%s=%s".formatted(property, value), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.limits." + property + " is ");
			assertThat(mistake.remedy()).startsWith("Remove ultracart.sso.limits." + property);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "calls-per-hour=1", "calls-per-day=1", "refresh-share=1", "refresh-share=0.01",
			"longest-refresh-interval=30m" })
	void checkWhenLimitIsExtremeThenStarts(String limit) {
		assertStarts("ultracart.sso.limits." + limit);
	}

	@Test
	void checkWhenUsersAreReadOnceInTenYearsThenStarts() {
		assertStarts("ultracart.sso.session.refresh-interval=3650d",
				"ultracart.sso.limits.longest-refresh-interval=3650d");
	}

	@ParameterizedTest
	@CsvSource({ "limits.longest-refresh-interval=10m, PT30M, PT10M", "session.refresh-interval=6h, PT6H, PT4H" })
	void checkWhenUsersAreNeverReadInTimeThenReported(String property, Duration interval, Duration longest) {
		assertMistake("ultracart.sso." + property, (mistake) -> {
			assertThat(mistake.description())
				.startsWith("ultracart.sso.session.refresh-interval is " + Mistakes.text(interval))
				.contains("must not be longer than ultracart.sso.limits.longest-refresh-interval, which is "
						+ Mistakes.text(longest));
			assertThat(mistake.remedy()).isEqualTo("Set ultracart.sso.session.refresh-interval to at most "
					+ Mistakes.text(longest) + ", or ultracart.sso.limits.longest-refresh-interval to at least "
					+ Mistakes.text(interval) + ".");
		});
	}

	@Test
	void checkWhenLoginsCanBeStartedThenStarts() {
		assertStarts("ultracart.sso.login.max-starts-per-hour=1");
	}

	@ParameterizedTest
	@CsvSource({ "max-concurrent-calls, 0", "max-concurrent-calls, -1", "queue-timeout, -1s", "max-retries, -1" })
	void checkWhenGateSenselessThenReported(String property, String value) {
		assertMistake("ultracart.sso.http.%s=%s".formatted(property, value), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.http." + property + " is ");
			assertThat(mistake.remedy()).startsWith("Remove ultracart.sso.http." + property);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "max-concurrent-calls=4", "queue-timeout=0", "max-retries=0" })
	void checkWhenGateSensibleThenStarts(String property) {
		assertStarts("ultracart.sso.http." + property);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "${UNSET_KEYS:}" })
	void checkWhenNoEncryptionKeysThenStarts(String keys) {
		assertStarts("ultracart.sso.session.encryption-keys=" + keys);
	}

	@ParameterizedTest
	// D4
	@CsvSource({ "refresh-interval, -1s", "max-age, 0", "max-age, -8h", "unknown-expiry-max-age, 0s",
			"unknown-expiry-max-age, -1h" })
	void checkWhenAgeOfSessionSenselessThenReported(String property, String age) {
		assertMistake("ultracart.sso.session.%s=%s".formatted(property, age), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.session." + property + " is ")
				.contains("must be positive");
			assertThat(mistake.remedy()).contains("Remove ultracart.sso.session." + property, "with its unit");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "refresh-interval=0", "refresh-interval=1ms", "max-age=1s", "max-age=",
			"unknown-expiry-max-age=1s" })
	void checkWhenAgeOfSessionSensibleThenStarts(String property) {
		assertStarts("ultracart.sso.session." + property);
	}

	@ParameterizedTest
	@CsvSource({ "session.refresh-interval, 3651d", "session.max-age, 3651d", "session.unknown-expiry-max-age, 3651d",
			"session.max-age, PT9223372036854775807S", "session.refresh-interval, 106751991167d",
			"logout.revoke-timeout, 25h", "http.connect-timeout, 25h", "http.read-timeout, PT9223372036854775807S",
			"http.call-timeout, 25h", "http.call-timeout, 106751d", "http.queue-timeout, PT9223372036854775807S",
			"http.max-concurrent-calls, 2147483647", "http.max-concurrent-calls, 101", "http.max-retries, 2147483647",
			"login.max-starts-per-hour, 2147483647", "login.max-starts-per-hour, 100001",
			"limits.longest-refresh-interval, 3651d" })
	void checkWhenDurationOrNumberIsAbsurdThenReported(String property, String value) {
		assertMistake("ultracart.sso.%s=%s".formatted(property, value), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso." + property + " is ")
				.contains("but must be at most");
			assertThat(mistake.remedy()).startsWith("Remove ultracart.sso." + property);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "session.refresh-interval", "session.max-age", "session.unknown-expiry-max-age",
			"logout.revoke-timeout", "http.connect-timeout", "http.read-timeout", "http.call-timeout",
			"http.queue-timeout" })
	void checkWhenDurationIsNegativeAndAbsurdThenReported(String property) {
		assertMistake("ultracart.sso.%s=PT-9223372036854775807S".formatted(property),
				(mistake) -> assertThat(mistake.description()).startsWith("ultracart.sso." + property + " is PT-"));
	}

	@ParameterizedTest
	@CsvSource({ "limits.longest-refresh-interval, 3650d", "session.max-age, 3650d",
			"session.unknown-expiry-max-age, 3650d", "logout.revoke-timeout, 1d", "http.connect-timeout, 1d",
			"http.read-timeout, 1d", "http.call-timeout, 1d", "http.queue-timeout, 1d",
			"http.max-concurrent-calls, 100", "http.max-retries, 100", "login.max-starts-per-hour, 100000" })
	void checkWhenDurationOrNumberIsTheLargestThenStarts(String property, String value) {
		assertStarts("ultracart.sso.%s=%s".formatted(property, value));
	}

	@Test
	void checkWhenSeveralAreAbsurdThenAllAreReportedAtOnce() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.max-age=PT9223372036854775807S",
					"ultracart.sso.http.read-timeout=PT9223372036854775807S",
					"ultracart.sso.http.max-retries=2147483647", "ultracart.sso.login-page=sign-in")
			.run((context) -> assertMistakes(context).hasSize(4));
	}

	@ParameterizedTest
	// C6
	@ValueSource(strings = { "follow", "follow-when-possible", "dont-follow" })
	void checkWhenRedirectsSetThenReported(String redirects) {
		assertMistake("ultracart.sso.http.redirects=" + redirects, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.http.redirects is set");
			assertThat(mistake.remedy()).isEqualTo("Remove ultracart.sso.http.redirects.");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "enable", "enable-when-possible", "disable" })
	void checkWhenCookieHandlingSetThenReported(String cookieHandling) {
		assertMistake("ultracart.sso.http.cookie-handling=" + cookieHandling, (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.http.cookie-handling is set");
			assertThat(mistake.remedy()).isEqualTo("Remove ultracart.sso.http.cookie-handling.");
		});
	}

	@ParameterizedTest
	// G1
	@CsvSource({ "http.connect-timeout, 0", "http.connect-timeout, -1s", "http.read-timeout, 0s",
			"http.read-timeout, -5s", "http.read-timeout, 100ns", "http.call-timeout, 0", "logout.revoke-timeout, 0" })
	void checkWhenTimeoutWouldBeNoneThenReported(String property, String timeout) {
		assertMistake("ultracart.sso.%s=%s".formatted(property, timeout), (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso." + property + " is ");
			assertThat(mistake.remedy()).contains("ultracart.sso." + property);
		});
	}

	@Test
	void checkWhenSslBundleUnknownThenReported() {
		assertMistake("ultracart.sso.http.ssl.bundle=no-such-bundle", (mistake) -> {
			assertThat(mistake.description()).startsWith("ultracart.sso.http.ssl.bundle is 'no-such-bundle'");
			assertThat(mistake.remedy()).contains("spring.ssl.bundle");
		});
	}

	@Test
	void checkWhenSslBundleHasAnotherSpellingThenTheExistingOnesAreNamed() {
		// an environment variable makes a name of small letters
		assertMistake(
				List.of("spring.ssl.bundle.pem.ultracart.options.ciphers=a", "ultracart.sso.http.ssl.bundle=UltraCart"),
				(mistake) -> assertThat(mistake.description())
					.isEqualTo("ultracart.sso.http.ssl.bundle is 'UltraCart', but there is no SSL bundle of that name"
							+ " (there is ultracart)."));
	}

	@Test
	void checkWhenSpringSecurityIsTooOldThenTheVersionOfSpringBootIsNamed() {
		TestApplication.nonWeb()
			.withClassLoader(new FilteredClassLoader(AesGcmBytesEncryptor.class))
			.run((context) -> assertMistakes(context).singleElement().satisfies((mistake) -> {
				assertThat(mistake.description()).startsWith("Spring Security is 7.")
					.endsWith(", but must be 7.1.1 or later.");
				assertThat(mistake.remedy()).isEqualTo("Use Spring Boot 4.1.1 or later.");
			}));
	}

	@Test
	void checkWhenOwnClientThenCredentialIsNotChecked() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.oauth.client-id=id")
			.withBean(UltraCartSsoClient.class, () -> mock(UltraCartSsoClient.class))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test // F4: calls on behalf of users go there all the same
	void checkWhenOwnClientThenBaseUrlIsStillChecked() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=http://ultracart.example.com")
			.withBean(UltraCartSsoClient.class, () -> mock(UltraCartSsoClient.class))
			.run((context) -> assertMistakes(context).singleElement()
				.satisfies((mistake) -> assertThat(mistake.description()).startsWith("ultracart.sso.base-url")));
	}

	@Test
	void checkWhenOwnConnectionDetailsThenTheRestIsStillChecked() {
		TestApplication.unconfigured()
			.withBean(UltraCartSsoConnectionDetails.class, () -> mock(UltraCartSsoConnectionDetails.class))
			.withPropertyValues("ultracart.sso.login-page=sign-in")
			.run((context) -> assertMistakes(context).singleElement()
				.satisfies((mistake) -> assertThat(mistake.description()).startsWith("ultracart.sso.login-page")));
	}

	@Test
	void checkWhenSeveralMistakesThenAllAreReportedAtOnce() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=http://ultracart.example.com",
					"ultracart.sso.redirect-uri=/login/ultracart", "ultracart.sso.login-page=sign-in",
					"ultracart.sso.login.max-starts-per-hour=0", "ultracart.sso.http.redirects=follow")
			.run((context) -> assertMistakes(context).extracting(Mistake::description)
				.satisfiesExactly((first) -> assertThat(first).startsWith("ultracart.sso.simple-key"),
						(second) -> assertThat(second).startsWith("ultracart.sso.base-url"),
						(third) -> assertThat(third).startsWith("ultracart.sso.redirect-uri"),
						(fourth) -> assertThat(fourth).startsWith("ultracart.sso.login-page"),
						(fifth) -> assertThat(fifth).startsWith("ultracart.sso.login.max-starts-per-hour"),
						(sixth) -> assertThat(sixth).startsWith("ultracart.sso.http.redirects")));
	}

	private static void assertStarts(String... properties) {
		TestApplication.configured()
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void assertMistake(String property, Consumer<Mistake> requirements) {
		assertMistake(List.of(property), requirements);
	}

	private static void assertMistake(List<String> properties, Consumer<Mistake> requirements) {
		TestApplication.nonWeb()
			.withPropertyValues(properties.toArray(String[]::new))
			.run((context) -> assertMistakes(context).singleElement().satisfies(requirements));
	}

	private static ListAssert<Mistake> assertMistakes(ApplicationContextAssertProvider<?> context) {
		return assertThat(context.getStartupFailure()).rootCause()
			.asInstanceOf(InstanceOfAssertFactories.throwable(InvalidUltraCartSsoConfigurationException.class))
			.extracting(InvalidUltraCartSsoConfigurationException::getMistakes,
					InstanceOfAssertFactories.list(Mistake.class));
	}

}
