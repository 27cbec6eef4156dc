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

package io.github.ultracartsso.client.http;

import java.net.URI;

import io.github.ultracartsso.client.traffic.CallKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ApiCall}.
 */
class ApiCallTests {

	private static final String PATH = "/rest/v2/customer/customers/by_email/jane%40example.com";

	private static final String URL = "https://secure.ultracart.com" + PATH + "?_expand=billing";

	@ParameterizedTest
	@CsvSource({
			"https://secure.ultracart.com/rest/v2/customer/by_email/{email}?x={y}, /rest/v2/customer/by_email/{email}",
			"/customer/by_email/{email}, /customer/by_email/{email}", "/customer?email=jane@example.com, /customer",
			"http://localhost:8080/customer/{id}, /customer/{id}",
			"/customer/by_email/jane@example.com, /customer/by_email/{}",
			"https://secure.ultracart.com/rest/v2/customer/by_email/jane@example.com/{part}?x=y, /rest/v2/customer/by_email/{}/{part}" })
	void ofWhenTemplateKnownThenNamedByIt(String template, String name) {
		MockClientHttpRequest request = request();
		request.getAttributes().put(ApiCall.URI_TEMPLATE_ATTRIBUTE, template);
		assertThat(nameOf(request)).isEqualTo("GET " + name);
	}

	@Test
	void ofWhenNoTemplateKnownThenNamedByThePathWithoutWhatMayBeAValue() {
		assertThat(nameOf(request())).isEqualTo("GET /rest/v2/customer/customers/by_email/{}");
	}

	@Test // F1
	void ofWhenKeyInTheTemplateThenMasked() {
		MockClientHttpRequest request = request();
		request.getAttributes().put(ApiCall.URI_TEMPLATE_ATTRIBUTE, "/order/{the-key}");
		ApiCall call = new ApiCall(request, CallKind.USER_CALL);
		HttpHeaders credential = new HttpHeaders();
		credential.set("x-ultracart-simple-key", "the-key");
		call.authenticatedWith(credential);
		assertThat(call.callName()).isEqualTo("GET /order/{******}");
	}

	@Test
	void ofWhenCallIsTheApplicationsOwnThenNameSaysSo() {
		assertThat(new ApiCall(request(), CallKind.APPLICATION_CALL).callName())
			.isEqualTo("GET /rest/v2/customer/customers/by_email/{} as the application");
	}

	private static MockClientHttpRequest request() {
		return new MockClientHttpRequest(HttpMethod.GET, URI.create(URL));
	}

	private static String nameOf(MockClientHttpRequest request) {
		return UltraCartApiTransport.nameOf(request);
	}

}
