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

package io.github.ultracartsso.login;

import java.util.function.Consumer;

import io.github.ultracartsso.web.TestRequests;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RedirectUris}.
 */
class RedirectUrisTests {

	private final RedirectUris defaults = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE);

	@Test
	void expandWhenDefaultTemplateThenWhereTheRequestCameTo() {
		assertThat(expand(this.defaults, (request) -> {
		})).isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // I4
	void expandWhenContextPathAndPortThenBothKept() {
		assertThat(expand(this.defaults, (request) -> {
			request.setServerPort(8443);
			request.setContextPath("/shop");
			request.setRequestURI("/shop/ultracart/authorize");
		})).isEqualTo("https://app.example.com:8443/shop/login/ultracart");
	}

	@ParameterizedTest
	@CsvSource({ "{baseScheme}://{baseHost}{basePort}{basePath}/cb, https://app.example.com:8443/shop/cb",
			"{baseScheme}://fixed.example.com{basePath}/cb, https://fixed.example.com/shop/cb" })
	void expandWhenPartsInTemplateThenFilledIn(String template, String expected) {
		assertThat(expand(new RedirectUris(template), (request) -> {
			request.setServerPort(8443);
			request.setContextPath("/shop");
		})).isEqualTo(expected);
	}

	@Test
	void expandWhenDefaultPortAndNoContextPathThenPartsAreEmpty() {
		assertThat(expand(new RedirectUris("{baseScheme}://{baseHost}{basePort}{basePath}/cb"), (request) -> {
		})).isEqualTo("https://app.example.com/cb");
	}

	@Test // C4
	void expandWhenAbsoluteThenHostOfRequestIsIgnored() {
		assertThat(expand(new RedirectUris("https://app.example.com/login/ultracart"), (request) -> {
			request.setServerName("evil.example");
			request.setScheme("http");
			request.addHeader("Host", "evil.example");
			request.addHeader("X-Forwarded-Host", "evil.example");
		})).isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // C4
	void expandWhenForwardedHeadersArriveUnfilteredThenIgnored() {
		assertThat(expand(this.defaults, (request) -> {
			request.addHeader("X-Forwarded-Host", "evil.example");
			request.addHeader("Forwarded", "host=evil.example");
		})).isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // C4
	void expandWhenPlainHttpThenNull() {
		assertThat(expand(this.defaults, (request) -> {
			request.setScheme("http");
			request.setServerPort(80);
		})).isNull();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "localhost", "127.0.0.1" })
	void expandWhenPlainHttpOnLoopbackThenAllowed(String host) {
		assertThat(expand(this.defaults, (request) -> {
			request.setScheme("http");
			request.setServerName(host);
			request.setServerPort(8080);
		})).isEqualTo("http://" + host + ":8080/login/ultracart");
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "bad host", "evil<script>", "a_b", "user@evil.example", "[::1", "%zz" })
	void expandWhenHostIsNoHostThenNull(String host) {
		assertThat(expand(this.defaults, (request) -> request.setServerName(host))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "x={y}", "x=a|b", "x=%zz", "x=[1]^`", "x=\"<>" })
	void expandWhenQueryIsOddThenOfNoInfluence(String query) {
		assertThat(expand(this.defaults, (request) -> request.setQueryString(query)))
			.isEqualTo("https://app.example.com/login/ultracart");
	}

	@ParameterizedTest
	@CsvSource({ "{baseUrl}/login/ultracart, '', /login/ultracart",
			"{baseUrl}/login/ultracart, /shop, /login/ultracart", "{baseUrl}/cb, '', /cb",
			"https://app.example.com/cb, '', /cb", "https://app.example.com/shop/cb, /shop, /cb",
			"{baseUrl}/cb?x=1, '', /cb", "{baseScheme}://{baseHost}{basePort}{basePath}/cb, /shop, /cb",
			"{baseUrl}/admin/login/ultracart, '', /admin/login/ultracart",
			"https://app.example.com/proxied/login/ultracart, /shop, /login/ultracart" })
	void pathWhenTemplateTellsThenRelativeToContextPath(String template, String contextPath, String path) {
		assertThat(new RedirectUris(template).paths(contextPath)).containsExactly(path);
	}

	@Test
	void pathsWhenAProxyMayTakeAwayTheFirstPartThenBoth() {
		assertThat(new RedirectUris("https://app.example.com/admin/login/ultracart").paths(""))
			.containsExactly("/admin/login/ultracart", "/login/ultracart");
	}

	@ParameterizedTest
	@CsvSource({ "{baseUrl}, ''", "{baseUrl}/, ''", "{baseUrl}cb, ''", "https://app.example.com, ''",
			"https://app.example.com/other/cb, /shop", "https://app.example.com/shopping/cb, /shop",
			"{baseScheme}://{baseHost}/cb, ''", "mailto:x, ''" })
	void pathWhenTemplateDoesNotTellThenNull(String template, String contextPath) {
		assertThat(new RedirectUris(template).paths(contextPath)).isEmpty();
	}

	@Test
	void constructorWhenTemplateEmptyThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RedirectUris(" "))
			.withMessage("template cannot be empty");
	}

	private static @Nullable String expand(RedirectUris redirectUris, Consumer<MockHttpServletRequest> customizer) {
		MockHttpServletRequest request = TestRequests.navigation("/ultracart/authorize?target=x");
		customizer.accept(request);
		return redirectUris.expand(request);
	}

}
