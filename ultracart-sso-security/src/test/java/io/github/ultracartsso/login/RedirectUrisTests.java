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

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;
import io.github.ultracartsso.client.PlainHttpHosts;
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

	private static final List<String> HOSTS = List.of("app.example.com", "*.example.org", "192.0.2.7");

	private final RedirectUris defaults = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE);

	private final RedirectUris listed = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, HOSTS);

	@ParameterizedTest // I4
	@CsvSource({ "https://app.example.com, https://app.example.com/login/ultracart",
			"https://app.example.com:8443/shop, https://app.example.com:8443/shop/login/ultracart",
			"https://APP.example.com, https://APP.example.com/login/ultracart",
			"https://192.0.2.7:8443, https://192.0.2.7:8443/login/ultracart",
			"https://a.example.org, https://a.example.org/login/ultracart",
			"https://a.B.Example.ORG, https://a.B.Example.ORG/login/ultracart" })
	void expandWhenHostIsListedThenUnderBaseUrl(String baseUrl, String expected) {
		assertThat(expand(this.listed, baseUrl)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "back_office.example.com, https://back_office.example.com",
			"back_office.example.com, https://Back_Office.example.com:8443/shop",
			"*.example.com, https://a_b.example.com", "*.b_c.example.com, https://a.b_c.example.com",
			"back_office, https://back_office:8443" })
	void expandWhenHostHasUnderscoreThenLikeAnyOther(String host, String baseUrl) {
		RedirectUris redirectUris = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of(host));
		assertThat(expand(redirectUris, baseUrl)).isEqualTo(baseUrl + "/login/ultracart");
		assertThat(expand(this.defaults, baseUrl)).isNull();
		assertThat(redirectUris.example(new BaseUrl(baseUrl, false))).isEqualTo(baseUrl + "/login/ultracart");
	}

	@Test
	void expandWhenAbsoluteUrlHasUnderscoreThenUnchanged() {
		assertThat(expand(new RedirectUris("https://back_office.example.com/login/ultracart"), "http://evil.example"))
			.isEqualTo("https://back_office.example.com/login/ultracart");
		assertThat(new RedirectUris("https://back_office.example.com/shop/login/ultracart").paths("/shop"))
			.containsExactly("/login/ultracart");
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "https://evil.example", "https://app.example.com.evil.example", "https://example.com",
			"https://evil_.example", "https://a_app.example.com", "https://a_b@evil.example", "https://example.org",
			"https://evilexample.org", "https://app.example.com.", "https://192.0.2.70", "https://a.app.example.com",
			"https://evil.example#.example.org", "https://evil.example?.example.org",
			"https://evil.example/.example.org", "https://app.example.com@evil.example", "http://localhost",
			"https://app.example.com.evil.example/shop" })
	void expandWhenHostIsNotListedThenNull(String baseUrl) {
		assertThat(expand(this.listed, baseUrl)).isNull();
		assertThat(expand(this.defaults, baseUrl)).isNull();
		assertThat(this.listed.isTrusted(new BaseUrl(baseUrl, false))).isFalse();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "https://app.example.com?a=b", "https://app.example.com/shop#a" })
	void expandWhenContextPathIsForgedThenNull(String baseUrl) {
		assertThat(expand(this.listed, baseUrl)).isNull();
	}

	@Test // C4
	void expandWhenLocalThenOnlyLoopbackHosts() {
		assertThat(this.defaults.expand(new BaseUrl("https://app.example.com", true))).isNull();
		assertThat(this.defaults.expand(new BaseUrl("https://evil.example", true))).isNull();
	}

	@Test // C4
	void expandWhenLoopbackHostIsListedThenRequestNeedNotBeLocal() {
		RedirectUris redirectUris = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of("localhost"));
		assertThat(expand(redirectUris, "http://localhost:8080")).isEqualTo("http://localhost:8080/login/ultracart");
		assertThat(expand(redirectUris, "http://127.0.0.1:8080")).isNull();
	}

	@Test // C4
	void expandWhenPlainHttpHostThenNeitherHttpsNorListed() {
		RedirectUris development = new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, HOSTS,
				new PlainHttpHosts(List.of("backoffice", "app.example.com")));
		assertThat(expand(development, "http://backoffice:8080")).isEqualTo("http://backoffice:8080/login/ultracart");
		assertThat(expand(development, "https://backoffice")).isEqualTo("https://backoffice/login/ultracart");
		assertThat(expand(development, "http://app.example.com")).isEqualTo("http://app.example.com/login/ultracart");
		assertThat(expand(development, "http://a.example.org")).isNull();
		assertThat(expand(development, "http://evil.example")).isNull();
		assertThat(development.canExpand(new BaseUrl("http://backoffice:8080", false))).isTrue();
		assertThat(development.canExpand(new BaseUrl("http://evil.example", false))).isFalse();
		assertThat(expand(
				new RedirectUris("http://backoffice:8080/cb", List.of(), new PlainHttpHosts(List.of("backoffice"))),
				"http://evil.example"))
			.isEqualTo("http://backoffice:8080/cb");
	}

	@ParameterizedTest
	@CsvSource({ "{baseScheme}://{baseHost}{basePort}{basePath}/cb, https://app.example.com:8443/shop/cb",
			"{baseScheme}://fixed.example.com{basePath}/cb, https://fixed.example.com/shop/cb" })
	void expandWhenPartsInTemplateThenFilledIn(String template, String expected) {
		assertThat(expand(new RedirectUris(template, HOSTS), "https://app.example.com:8443/shop")).isEqualTo(expected);
	}

	@Test
	void expandWhenDefaultPortAndNoContextPathThenPartsAreEmpty() {
		RedirectUris parts = new RedirectUris("{baseScheme}://{baseHost}{basePort}{basePath}/cb", HOSTS);
		assertThat(expand(parts, "https://app.example.com")).isEqualTo("https://app.example.com/cb");
		assertThat(expand(parts, "https://evil.example")).isNull();
	}

	@ParameterizedTest // C4
	@CsvSource({ "https://{baseHost}.example.org/cb, https://evil.example/", "https://a{basePath}/cb, https://b/.evil",
			"https://{baseHost}/cb, https://evil.example/.example.org" })
	void expandWhenTemplateIsUnusualThenHostOfTheUrlCounts(String template, String baseUrl) {
		String expanded = expand(new RedirectUris(template, HOSTS), baseUrl);
		assertThat((expanded != null) ? URI.create(expanded).getHost() : null).isIn(null, "evil.example.example.org",
				"a");
	}

	@Test
	void expandWhenHostIsPartOfTheTemplateThenNeedsNotBeListed() {
		RedirectUris fixed = new RedirectUris("{baseScheme}://fixed.example.com{basePath}/cb");
		assertThat(expand(fixed, "https://evil.example/shop")).isEqualTo("https://fixed.example.com/shop/cb");
		assertThat(expand(fixed, "http://evil.example/shop")).isNull();
	}

	@Test // C4
	void expandWhenAbsoluteThenBaseUrlIsIgnored() {
		assertThat(expand(new RedirectUris("https://app.example.com/login/ultracart"), "http://evil.example"))
			.isEqualTo("https://app.example.com/login/ultracart");
	}

	@Test // C4
	void expandWhenPlainHttpThenNull() {
		assertThat(expand(this.listed, "http://app.example.com")).isNull();
		assertThat(this.listed.isTrusted(new BaseUrl("http://app.example.com", false))).isTrue();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "localhost", "127.0.0.1", "[::1]" })
	void expandWhenPlainHttpOnLoopbackThenAllowedForLocalRequests(String host) {
		assertThat(this.defaults.expand(new BaseUrl("http://" + host + ":8080", true)))
			.isEqualTo("http://" + host + ":8080/login/ultracart");
		assertThat(expand(this.defaults, "http://" + host + ":8080")).isNull();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "bad host", "evil<script>", "a_b", "user@evil.example", "[::1", "%zz" })
	void expandWhenHostIsNoHostThenNull(String host) {
		assertThat(expand(this.listed, "https://" + host)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "app.example.com", "APP.example.com", "localhost", "192.0.2.7", "*.example.com",
			"*.a-b.example.com", "xn--bcher-kva.example", "a_b.example" })
	void isHostWhenNameOrSubdomainsThenTrue(String host) {
		assertThat(RedirectUris.isHost(host)).isTrue();
		assertThat(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of(host))).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "*.", "*.com", "*example.com", "a.*.example.com", "*.*.example.com",
			"https://app.example.com", "app.example.com:443", "app.example.com/shop", "app.example.com.",
			".example.com", "a..b", "-a.example", "user@app.example.com", "app.example.com?", "{baseHost}",
			"app.example.com\n" })
	void isHostWhenAnythingElseThenFalse(String host) {
		assertThat(RedirectUris.isHost(host)).isFalse();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of(host)))
			.withMessage("'%s' is not a host name".formatted(host));
	}

	@ParameterizedTest
	@CsvSource({ "https://app.example.com/login/ultracart, http://app.example.com, https://app.example.com",
			"https://app.example.com/shop/login/ultracart, http://app.example.com/shop, https://app.example.com",
			"https://app.example.com:8443/login/ultracart, http://app.example.com, https://app.example.com:8443",
			"https://app.example.com/login/ultracart, http://app.example.com:443, https://app.example.com",
			"https://app.example.com/login/ultracart, http://APP.example.com:8080, https://app.example.com",
			"https://[2001:db8::7]/login/ultracart, http://[2001:db8::7]:8080, https://[2001:db8::7]",
			"https://app.example.com{basePath}/login/ultracart, http://app.example.com/shop, https://app.example.com",
			"https://{baseHost}{basePath}/login/ultracart, http://a.example.org/shop, https://a.example.org" })
	void originBehindTlsWhenHttpToTheHostOfTheRedirectUriThenItsOrigin(String redirectUri, String baseUrl,
			String expected) {
		assertThat(new RedirectUris(redirectUri, HOSTS).originBehindTls(baseUrl)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "https://app.example.com/login/ultracart, https://app.example.com",
			"https://app.example.com/login/ultracart, https://app.example.com:8443",
			"https://app.example.com/login/ultracart, http://evil.example",
			"https://app.example.com/login/ultracart, http://localhost:8080",
			"https://{baseHost}{basePath}/login/ultracart, http://evil.example",
			"http://localhost:8080/login/ultracart, http://localhost:8080",
			"{baseUrl}/login/ultracart, http://app.example.com", "{baseUrl}/login/ultracart, http://localhost:8080" })
	void originBehindTlsWhenHttpsOrOtherHostThenNull(String redirectUri, String baseUrl) {
		assertThat(new RedirectUris(redirectUri, HOSTS).originBehindTls(baseUrl)).isNull();
	}

	private static @Nullable String expand(RedirectUris redirectUris, String baseUrl) {
		return redirectUris.expand(new BaseUrl(baseUrl, false));
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
