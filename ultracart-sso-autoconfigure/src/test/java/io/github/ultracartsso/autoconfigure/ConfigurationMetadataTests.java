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

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.KnownPermissions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.ReflectionUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What editors learn of the properties.
 */
class ConfigurationMetadataTests {

	private static final String RESOURCE = "META-INF/spring-configuration-metadata.json";

	private static final String NONE = "(none)";

	@Test
	void metadataThenEveryPropertyIsListedWithItsDefault() throws IOException {
		Map<String, String> expected = new HashMap<>();
		expected.put("management.endpoint.ultracartsso.access", "unrestricted");
		expected.put("management.endpoint.ultracartsso.cache.time-to-live", "0ms");
		expected.put("ultracart.sso.enabled", "true");
		expected.put("ultracart.sso.simple-key", NONE);
		expected.put("ultracart.sso.oauth.client-id", NONE);
		expected.put("ultracart.sso.oauth.refresh-token", NONE);
		expected.put("ultracart.sso.base-url", "https://secure.ultracart.com/rest/v2");
		expected.put("ultracart.sso.api-version", "2017-03-01");
		expected.put("ultracart.sso.allowed-login-hosts", "ultracart.com");
		expected.put("ultracart.sso.redirect-uri", "{baseUrl}/login/ultracart");
		expected.put("ultracart.sso.redirect-hosts", NONE);
		expected.put("ultracart.sso.login-page", "/login");
		expected.put("ultracart.sso.default-success-url", "/");
		expected.put("ultracart.sso.permit-all", NONE);
		expected.put("ultracart.sso.authorities.permission-prefix", "ROLE_");
		expected.put("ultracart.sso.authorities.group-prefix", "GROUP_");
		expected.put("ultracart.sso.authorities.roles", NONE);
		expected.put("ultracart.sso.access-denied.explain", "true");
		expected.put("ultracart.sso.session.ip-lock", "off");
		expected.put("ultracart.sso.session.refresh-interval", "30m");
		expected.put("ultracart.sso.session.max-age", NONE);
		expected.put("ultracart.sso.session.unknown-expiry-max-age", "1h");
		expected.put("ultracart.sso.session.encryption-keys", NONE);
		expected.put("ultracart.sso.login.pending-store", "cookie");
		expected.put("ultracart.sso.login.max-starts-per-hour", "500");
		expected.put("ultracart.sso.limits.store", "memory");
		expected.put("ultracart.sso.limits.group", NONE);
		expected.put("ultracart.sso.limits.calls-per-hour", "1000");
		expected.put("ultracart.sso.limits.calls-per-day", "10000");
		expected.put("ultracart.sso.limits.refresh-share", "0.33");
		expected.put("ultracart.sso.limits.longest-refresh-interval", "4h");
		expected.put("ultracart.sso.logout.revoke-timeout", "2s");
		expected.put("ultracart.sso.logout.revoke-on-session-expiry", "true");
		expected.put("ultracart.sso.logout.success-url", "/login?logout");
		expected.put("ultracart.sso.sign-in.application-name", NONE);
		expected.put("ultracart.sso.sign-in.logo-url", NONE);
		expected.put("ultracart.sso.http.connect-timeout", "2s");
		expected.put("ultracart.sso.http.max-concurrent-calls", "1");
		expected.put("ultracart.sso.http.queue-timeout", "5s");
		expected.put("ultracart.sso.http.read-timeout", "5s");
		expected.put("ultracart.sso.http.call-timeout", "10s");
		expected.put("ultracart.sso.http.max-retries", "2");
		expected.put("ultracart.sso.http.ssl.bundle", NONE);
		expected.put("ultracart.sso.method-security.enabled", "true");
		expected.put("ultracart.sso.development.plain-http-hosts", NONE);
		expected.put("management.health.ultracartsso.enabled", "true");
		Map<String, String> listed = new HashMap<>();
		properties().forEach((name, property) -> listed.put(name, property.path("defaultValue").asString(NONE)));
		assertThat(listed).containsExactlyInAnyOrderEntriesOf(expected);
	}

	@Test
	void metadataThenEveryPropertyIsDescribedInASentence() throws IOException {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((name, property) -> assertThat(property.path("description").asString("")).as(name)
				.matches("(?s)[A-Z].+\\."));
	}

	@Test
	void metadataThenEveryPropertyHasAType() throws IOException {
		assertThat(properties()).isNotEmpty()
			.allSatisfy((name, property) -> assertThat(property.path("type").asString("")).as(name).isNotEmpty());
	}

	@Test
	void durationsWithoutUnitThenSeconds() throws IOException {
		Map<String, JsonNode> durations = properties();
		durations.keySet().removeIf((name) -> !name.startsWith("ultracart."));
		durations.values().removeIf((property) -> !property.path("type").asString("").equals(Duration.class.getName()));
		// of Spring Boot, whose unit is the same for all HTTP clients
		durations.keySet().removeAll(Set.of("ultracart.sso.http.connect-timeout", "ultracart.sso.http.read-timeout"));
		assertThat(durations).hasSizeGreaterThan(5).allSatisfy((name, property) -> {
			UltraCartSsoProperties bound = new Binder(new MapConfigurationPropertySource(Map.of(name, "7")))
				.bind("ultracart.sso", UltraCartSsoProperties.class)
				.get();
			assertThat(durations(bound)).as(name).contains(Duration.ofSeconds(7));
		});
	}

	@Test
	void metadataThenEditorsOfferTheKnownPermissionsForRoles() throws IOException {
		List<String> offered = new ArrayList<>();
		for (URL url : Collections.list(getClass().getClassLoader().getResources(RESOURCE))) {
			try (InputStream stream = url.openStream()) {
				for (JsonNode hint : JsonMapper.shared().readTree(stream).path("hints")) {
					if (hint.required("name").asString().equals("ultracart.sso.authorities.roles.values")) {
						hint.required("values").forEach((value) -> offered.add(value.required("value").asString()));
					}
				}
			}
		}
		assertThat(offered).containsExactlyElementsOf(
				KnownPermissions.load().all().stream().map(KnownPermissions.KnownPermission::name).toList());
	}

	@Test
	void endpointThenShowsEveryProperty() throws IOException {
		TestUltraCart ultraCart = new TestUltraCart();
		ultraCart.start();
		try {
			Set<String> names = properties().keySet()
				.stream()
				.filter((name) -> name.startsWith("ultracart.sso."))
				.map((name) -> name.substring("ultracart.sso.".length()))
				.collect(Collectors.toSet());
			TestApplication.withEverything(ultraCart).run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.signIn(ultraCart);
				JsonNode settings = JsonMapper.shared()
					.readTree(browser.fetch("/actuator/ultracartsso").getResponse().getContentAsByteArray())
					.required("settings");
				assertThat(settings.propertyNames()).containsExactlyInAnyOrderElementsOf(names);
			});
		}
		finally {
			ultraCart.stop();
		}
	}

	private static List<Duration> durations(Object group) {
		List<Duration> durations = new ArrayList<>();
		ReflectionUtils.doWithFields(group.getClass(), (field) -> {
			field.setAccessible(true);
			Object value = field.get(group);
			if (value instanceof Duration duration) {
				durations.add(duration);
			}
			else if (value instanceof Record || value instanceof UltraCartSsoProperties.Http) {
				durations.addAll(durations(value));
			}
		}, (field) -> !Modifier.isStatic(field.getModifiers())
				&& field.getDeclaringClass().getPackage().equals(UltraCartSsoProperties.class.getPackage()));
		return durations;
	}

	private static Map<String, JsonNode> properties() throws IOException {
		Map<String, JsonNode> properties = new HashMap<>();
		ClassLoader classLoader = ConfigurationMetadataTests.class.getClassLoader();
		for (URL url : Collections.list(classLoader.getResources(RESOURCE))) {
			try (InputStream stream = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					String name = property.required("name").asString();
					if (name.contains("ultracart")) {
						properties.put(name, property);
					}
				}
			}
		}
		return properties;
	}

}
