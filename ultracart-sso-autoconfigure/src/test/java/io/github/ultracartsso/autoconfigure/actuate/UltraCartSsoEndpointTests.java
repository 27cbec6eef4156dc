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

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.stereotype.Component;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartSsoEndpoint}, over HTTP as an operator has it.
 */
class UltraCartSsoEndpointTests {

	private static final String PATH = "/actuator/ultracartsso";

	private static final String ENCRYPTION_KEY = "q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=";

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void endpointWhenNotExposedThenNotThere() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("management.endpoints.web.exposure.include=health")
			.run((context) -> {
				assertThat(context).doesNotHaveBean(UltraCartSsoEndpoint.class)
					.doesNotHaveBean(UltraCartSsoCounts.class);
			});
	}

	@Test
	void endpointWhenNotSignedInThenNothingIsTold() {
		TestApplication.withEverything(this.ultraCart)
			.run((context) -> assertThat(new TestBrowser(context).fetch(PATH)).hasStatus(401));
	}

	@Test
	void readThenSettingsWithoutSecrets() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.session.encryption-keys=" + ENCRYPTION_KEY,
					"ultracart.sso.session.refresh-interval=10m")
			.run((context) -> {
				TestBrowser browser = signedIn(context);
				JsonNode settings = read(browser).required("settings");
				assertThat(settings.required("session.refresh-interval").asString()).isEqualTo("PT10M");
				assertThat(settings.required("base-url").asString()).isEqualTo(this.ultraCart.baseUrl());
				assertThat(settings.required("simple-key").asString()).isEqualTo("******");
				assertThat(settings.required("authorities.permission-prefix").asString()).isEqualTo("ROLE_");
				assertThat(browser.fetch(PATH)).bodyText()
					.doesNotContain(TestApplication.KEY, TestUltraCart.USER_KEY, ENCRYPTION_KEY, "jane");
			});
	}

	@Test
	void readThenTrafficAndCounts() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			JsonNode response = read(signedIn(context));
			JsonNode traffic = response.required("traffic");
			assertThat(traffic.required("calls").asString()).isEqualTo("made");
			assertThat(traffic.has("reason")).isFalse();
			assertThat(traffic.required("leftInHour").asInt()).isEqualTo(997);
			assertThat(traffic.required("requests").required("authorize").required("success").asInt()).isOne();
			assertThat(response.required("counts").required("logins").required("success").asInt()).isOne();
		});
	}

	@Test
	void readWhenCallsAreRejectedThenWhy() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			TestBrowser browser = signedIn(context);
			this.ultraCart.givenStatus(WireMock.put(TestUltraCart.AUTHORIZE), 401);
			new TestBrowser(context).navigate("/ultracart/authorize");
			JsonNode response = read(browser);
			assertThat(response.required("traffic").required("calls").asString()).isEqualTo("rejected");
			assertThat(response.required("traffic").required("reason").asString()).isEqualTo("CREDENTIAL_REJECTED");
			assertThat(response.required("counts").required("logins").required("application_rejected").asInt()).isOne();
		});
	}

	@Test
	void readThenCatalogueWithAuthoritiesReadyToPaste() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.authorities.roles.SHIPPER=View Items,group:Warehouse")
			.run((context) -> {
				JsonNode response = read(signedIn(context));
				JsonNode catalogue = response.required("catalogue").required("ultracart");
				assertThat(catalogue.required("permissions").get(1)).isEqualTo(JsonMapper.shared()
					.valueToTree(Map.of("name", "View Items", "authority", "ROLE_VIEW_ITEMS", "expression",
							"hasRole('VIEW_ITEMS')")));
				assertThat(catalogue.required("groups").get(0)).isEqualTo(JsonMapper.shared()
					.valueToTree(Map.of("name", "Warehouse", "authority", "GROUP_WAREHOUSE", "expression",
							"hasAuthority('GROUP_WAREHOUSE')")));
				assertThat(response.required("roles").required("ROLE_SHIPPER").size()).isEqualTo(2);
			});
	}

	@Test
	void readWhenNamesAreOddThenJsonIsWellFormedAndAmbiguousNamesHaveNoAuthority() {
		this.ultraCart.given(WireMock.get(TestUltraCart.USER), WireMock.okJson("""
				{ "user_id": 17, "login": "jane", "permissions": [
				  { "permission_Name": "A\\"b</script>\\u0000\\u2028c", "selected": true },
				  { "permission_Name": "Edit Items", "selected": true },
				  { "permission_Name": "Edit-Items", "selected": true } ] }"""));
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			JsonNode permissions = read(signedIn(context)).required("catalogue")
				.required("ultracart")
				.required("permissions");
			assertThat(permissions.get(0).required("name").asString()).isEqualTo("A\"b</script>\u0000\u2028c");
			assertThat(permissions.get(1).has("authority")).isFalse();
			assertThat(permissions.get(2).has("authority")).isFalse();
		});
	}

	@Test
	void readWhenMapperReplacesOursThenNoAuthoritiesThatNobodyGets() {
		TestApplication.withEverything(this.ultraCart)
			.withBean("own", UltraCartAuthoritiesMapper.class,
					() -> (user) -> AuthorityUtils.createAuthorityList("OWN"))
			.withUserConfiguration(Misspelt.class)
			.run((context) -> {
				JsonNode permission = read(signedIn(context)).required("catalogue")
					.required("ultracart")
					.required("permissions")
					.get(0);
				assertThat(permission.required("name").asString()).isEqualTo("Edit Items");
				assertThat(permission.has("authority")).isFalse();
				assertThat(permission.has("expression")).isFalse();
			});
	}

	@Component
	static class Misspelt {

		@PreAuthorize("hasRole('EDIT_ITMES')")
		public void edit() {
		}

	}

	@Test
	void readThenEveryPropertyOfTheMetadataIsASetting() throws IOException {
		List<String> properties = properties();
		assertThat(properties).contains("simple-key", "access-denied.explain");
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.session.encryption-keys=" + ENCRYPTION_KEY)
			.run((context) -> {
				JsonNode settings = read(signedIn(context)).required("settings");
				assertThat(properties).filteredOn((name) -> !settings.has(name)).isEmpty();
				assertThat(settings.required("session.encryption-keys").toString()).contains("******")
					.doesNotContain(ENCRYPTION_KEY);
			});
	}

	private static List<String> properties() throws IOException {
		List<String> properties = new ArrayList<>();
		ClassLoader classLoader = UltraCartSsoEndpointTests.class.getClassLoader();
		for (URL url : Collections.list(classLoader.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream stream = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					String name = property.required("name").asString();
					if (name.startsWith("ultracart.sso.")) {
						properties.add(name.substring("ultracart.sso.".length()));
					}
				}
			}
		}
		return properties;
	}

	@Test
	void readThenWarningsGivenSinceStart() {
		TestApplication.withEverything(this.ultraCart)
			.withPropertyValues("ultracart.sso.authorities.roles.SHIPPER=View Itmes")
			.run((context) -> assertThat(read(signedIn(context)).required("warnings").toString())
				.contains("Did you mean 'View Items'?"));
	}

	private TestBrowser signedIn(WebApplicationContext context) {
		TestBrowser browser = new TestBrowser(context);
		browser.signIn(this.ultraCart);
		return browser;
	}

	private static JsonNode read(TestBrowser browser) {
		MvcTestResult result = browser.fetch(PATH);
		assertThat(result).hasStatusOk();
		return JsonMapper.shared().readTree(result.getResponse().getContentAsByteArray());
	}

}
