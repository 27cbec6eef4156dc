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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.properties.InvalidUltraCartSsoConfigurationException.Mistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UnknownProperties}, in an application that has such properties.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertiesTests {

	private static final String WARNING = "These properties have no effect, because there are none of these names: ";

	@ParameterizedTest
	@CsvSource({ "redirect-url, redirect-uri", "redirectUrl, redirect-uri", "redirect.uri, redirect-uri",
			"simple-keys, simple-key", "session.timeout, session.max-age", "sesion.max-age, session.max-age",
			"client-id, oauth.client-id", "max-retries, http.max-retries", "oauth.clientid2, oauth.client-id",
			"roles.SHIPPER, authorities.roles", "authorities.role.SHIPPER, authorities.roles",
			"authorities.roles-by-name, ", "logout.sucess-url, logout.success-url", "enable, enabled",
			"http.readtimeout2, http.read-timeout", "callback-url, redirect-uri", "cache.folder, ", "something, " })
	void startWhenUnknownThenOneWarningWithTheNearest(String name, String meant, CapturedOutput output) {
		String unknown = "ultracart.sso." + name;
		start(unknown + "=hush");
		assertThat(warning(output))
			.isEqualTo(unknown + ((meant != null) ? " (did you mean ultracart.sso.%s?)".formatted(meant) : ""));
		assertThat(output).doesNotContain("hush");
	}

	@ParameterizedTest
	@ValueSource(strings = { "simplekey=a", "redirectUri=https://a.example/b", "redirect_uri=https://a.example/b",
			"permit-all[0]=/open", "permitAll[0]=/open", "permit-all=/open", "authorities.roles.ANY_THING=View Items",
			"authorities.roles.[any thing][0]=View Items", "http.ssl.bundle=", "http.read-timeout=4s",
			"session.encryption-keys=", "session.ip-lock=pin", "login.pending-store=session" })
	void startWhenKnownThenNoWarning(String property, CapturedOutput output) {
		start("ultracart.sso." + property);
		assertThat(output).doesNotContain(WARNING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.simulator.port=1", "ultracart.sso-admin.enabled=true", "ultracart.merchant=a",
			"my.ultracart.sso.redirect-url=a" })
	void startWhenOfSomethingElseThenNoWarning(String property, CapturedOutput output) {
		start(property);
		assertThat(output).doesNotContain(WARNING);
	}

	/**
	 * Compares the known names with those that Spring Boot asks for when it binds the
	 * properties.
	 */
	@Test
	void knownNamesThenThoseOfTheProperties() {
		Set<String> names = new TreeSet<>();
		Set<String> groups = new TreeSet<>();
		new Binder((name) -> null).bind(KnownProperties.PREFIX, Bindable.of(UltraCartSsoProperties.class),
				new AbstractBindHandler() {

					@Override
					public <T> Bindable<T> onStart(ConfigurationPropertyName name, Bindable<T> target,
							BindContext context) {
						if (!name.isLastElementIndexed()) {
							names.add(name.toString());
							groups.add(name.getParent().toString());
						}
						return target;
					}

				});
		names.removeAll(groups);
		assertThat(Stream.of(KnownProperties.NAMES, KnownProperties.REFUSED)
			.flatMap(List::stream)
			.map((name) -> KnownProperties.PREFIX + "." + name)).containsExactlyInAnyOrderElementsOf(names);
	}

	@Test
	void startWhenSeveralUnknownThenOneWarning(CapturedOutput output) {
		start("ultracart.sso.redirect-url=a", "ultracart.sso.session.timeout=b");
		assertThat(output).containsOnlyOnce(WARNING);
		assertThat(warning(output)).contains("ultracart.sso.redirect-url (did", "ultracart.sso.session.timeout (did");
	}

	@ParameterizedTest
	@CsvSource({ "ULTRACART_SSO_REDIRECT_URL, ULTRACART_SSO_REDIRECT_URI",
			"ULTRACART_SSO_REDIRECTURL, ULTRACART_SSO_REDIRECT_URI", "ULTRACART_SSO_API_KEY, ULTRACART_SSO_SIMPLE_KEY",
			"ULTRACART_SSO_SESSION_TIMEOUT, ULTRACART_SSO_SESSION_MAX_AGE",
			"ULTRACART_SSO_ROLES_SHIPPER, ULTRACART_SSO_AUTHORITIES_ROLES" })
	void startWhenVariableUnknownThenWarningWithTheNearestVariable(String name, String meant, CapturedOutput output) {
		startWithVariable(name, "hush");
		assertThat(warning(output)).isEqualTo("%s (did you mean %s?)".formatted(name, meant));
	}

	@ParameterizedTest
	@CsvSource({ "ULTRACART_SSO_REDIRECT_URI, https://a.example/b", "ULTRACART_SSO_REDIRECTURI, https://a.example/b",
			"ULTRACART_SSO_PERMIT_ALL_0, /open", "ULTRACART_SSO_PERMITALL_0_, /open",
			"ULTRACART_SSO_SESSION_ENCRYPTION_KEYS, ''", "ULTRACART_SSO_AUTHORITIES_ROLES_SHIPPING_CLERK, View Items",
			"ULTRACART_SSO_AUTHORITIES_ROLES_SHIPPER_0, View Items", "ULTRACART_SSO_LOGIN_PENDING_STORE, cookie",
			"ULTRACART_TEST_REDIS, required", "ULTRACART_SSO_SERVICE_HOST, 10.0.0.7",
			"ULTRACART_SSO_SERVICE_PORT_HTTP, 80", "ULTRACART_SSO_PORT, tcp://10.0.0.7:80",
			"ULTRACART_SSO_PORT_80_TCP_ADDR, 10.0.0.7" })
	void startWhenVariableKnownThenNoWarning(String name, String value, CapturedOutput output) {
		startWithVariable(name, value);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void startWhenFileNamesPropertiesLikeVariablesThenWarningWithTheProperty(CapturedOutput output) {
		TestApplication.configured()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource(".env", Map.of("ULTRACART_SSO_REDIRECT_URI", "a"))))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(warning(output)).isEqualTo("ULTRACART_SSO_REDIRECT_URI (did you mean ultracart.sso.redirect-uri?)");
	}

	@Test
	void startWhenKeyIsMisnamedThenReportSaysSo(CapturedOutput output) {
		assertThat(mistakes(TestApplication.unconfigured().withPropertyValues("ultracart.sso.api-key=hush")))
			.satisfiesExactly(
					(missing) -> assertThat(missing.description()).startsWith("ultracart.sso.simple-key is not set"),
					(unknown) -> {
						assertThat(unknown.description()).isEqualTo(
								"ultracart.sso.api-key has no effect, because there is no such property (did you mean"
										+ " ultracart.sso.simple-key?).");
						assertThat(unknown.remedy())
							.isEqualTo("Correct the name of ultracart.sso.api-key, or remove it.");
					});
		assertThat(output).doesNotContain(WARNING);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "ULTRACART_SIMPLE_KEY", "ultracart.simple-key", "ultracart.api-key", "ultracartSimpleKey" })
	void startWhenKeyIsElsewhereThenReportSaysSo(String name) {
		assertThat(mistakes(TestApplication.unconfigured().withPropertyValues(name + "=hush"))).singleElement()
			.satisfies((missing) -> assertThat(missing.description()).startsWith("ultracart.sso.simple-key is not set")
				.contains("(" + name + " is, but is not read")
				.doesNotContain("hush"));
	}

	@Test
	void startWhenKeyRefersToVariableThenNothingIsSaid(CapturedOutput output) {
		TestApplication.unconfigured()
			.withPropertyValues("ULTRACART_SIMPLE_KEY=hush", "ultracart.sso.simple-key=${ULTRACART_SIMPLE_KEY}")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void startWhenPropertyRefersToVariableOfAnotherNameThenNoWarning(CapturedOutput output) {
		TestApplication.unconfigured()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("ULTRACART_SSO_KEY", TestApplication.KEY, "ULTRACART_SSO_PATH", "/a"))))
			.withPropertyValues("ultracart.sso.simple-key=${ULTRACART_SSO_KEY}",
					"ultracart.sso.default-success-url=${ULTRACART_SSO_PATH:/}")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	private static void start(String... properties) {
		TestApplication.configured()
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static void startWithVariable(String name, String value) {
		TestApplication.configured()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(name, value))))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static List<Mistake> mistakes(WebApplicationContextRunner application) {
		List<Mistake> mistakes = new ArrayList<>();
		application.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOfSatisfying(InvalidUltraCartSsoConfigurationException.class,
					(ex) -> mistakes.addAll(ex.getMistakes())));
		return mistakes;
	}

	private static String warning(CapturedOutput output) {
		return output.getAll()
			.lines()
			.filter((line) -> line.contains(WARNING))
			.map((line) -> line.substring(line.indexOf(WARNING) + WARNING.length()))
			.findFirst()
			.orElse("");
	}

}
