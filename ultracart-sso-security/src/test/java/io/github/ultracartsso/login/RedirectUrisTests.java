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

import io.github.ultracartsso.web.TestRequests;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link RedirectUris}.
 */
class RedirectUrisTests {

	private final RedirectUris defaults = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE);

	@ParameterizedTest // I4
	@CsvSource({ "https://app.example.com, https://app.example.com/login/ultracart",
			"https://app.example.com:8443/shop, https://app.example.com:8443/shop/login/ultracart",
			"https://[2001:db8::1]:8443, https://[2001:db8::1]:8443/login/ultracart" })
	void expandWhenDefaultTemplateThenUnderBaseUrl(String baseUrl, String expected) {
		assertThat(this.defaults.expand(baseUrl)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "{baseScheme}://{baseHost}{basePort}{basePath}/cb, https://app.example.com:8443/shop/cb",
			"{baseScheme}://fixed.example.com{basePath}/cb, https://fixed.example.com/shop/cb" })
	void expandWhenPartsInTemplateThenFilledIn(String template, String expected) {
		assertThat(new RedirectUris(template).expand("https://app.example.com:8443/shop")).isEqualTo(expected);
	}

	@Test
	void expandWhenDefaultPortAndNoContextPathThenPartsAreEmpty() {
		assertThat(
				new RedirectUris("{baseScheme}://{baseHost}{basePort}{basePath}/cb").expand("https://app.example.com"))
			.isEqualTo("https://app.example.com/cb");
	}

	@Test // C4
	void expandWhenAbsoluteThenBaseUrlIsIgnored() {
		assertThat(new RedirectUris("https://app.example.com/login/ultracart").expand("http://evil.example"))
			.isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // C4
	void expandWhenPlainHttpThenNull() {
		assertThat(this.defaults.expand("http://app.example.com")).isNull();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "localhost", "127.0.0.1", "[::1]" })
	void expandWhenPlainHttpOnLoopbackThenAllowed(String host) {
		assertThat(this.defaults.expand("http://" + host + ":8080"))
			.isEqualTo("http://" + host + ":8080/login/ultracart");
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "bad host", "evil<script>", "a_b", "user@evil.example", "[::1", "%zz" })
	void expandWhenHostIsNoHostThenNull(String host) {
		assertThat(this.defaults.expand("https://" + host)).isNull();
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

}
