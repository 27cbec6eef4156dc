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

package io.github.ultracartsso.web.signin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.web.TestRequests;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartSignInPageFilter}.
 */
class UltraCartSignInPageFilterTests {

	private static final String GENERAL = "The sign-in did not succeed. Please try again.";

	private static final RequestMatcher PAGE = PathPatternRequestMatcher.pathPattern("/login");

	private final UltraCartSignInPageFilter filter = new UltraCartSignInPageFilter(PAGE, "/ultracart/authorize", "/");

	private final MockHttpServletRequest request = TestRequests.navigation("/login");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain chain = new MockFilterChain();

	@AfterEach
	void clearContext() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void pageWhenPlainThenLinkToStartUrl() throws Exception {
		this.request.setContextPath("/shop");
		this.request.setRequestURI("/shop/login");
		String page = page();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getContentType()).isEqualTo("text/html;charset=UTF-8");
		assertThat(page).contains("href=\"/shop/ultracart/authorize\">Sign in with UltraCart</a>")
			.contains("This application uses your UltraCart login.")
			.doesNotContain("id=\"continue\"")
			.doesNotContain("{{");
		assertThat(this.response.getContentLength()).isEqualTo(page.getBytes(StandardCharsets.UTF_8).length);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test // B4
	void pageWhenShownThenLeavesNoTrace() throws Exception {
		page();
		assertThat(this.response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void pageWhenShownThenPolicyAllowsItsStyleAndNothingElse() throws Exception {
		String page = page();
		Matcher style = Pattern.compile("<style>(.*)</style>", Pattern.DOTALL).matcher(page);
		assertThat(style.find()).isTrue();
		String hash = Base64.getEncoder()
			.encodeToString(
					MessageDigest.getInstance("SHA-256").digest(style.group(1).getBytes(StandardCharsets.UTF_8)));
		assertThat(this.response.getHeader("Content-Security-Policy"))
			.isEqualTo("default-src 'none'; style-src 'sha256-" + hash
					+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
		assertThat(page).doesNotContain("<script")
			.doesNotContain("style=")
			.doesNotContain("src=")
			.doesNotContain("<link");
	}

	@Test
	void pageWhenSignedOutThenSaysSo() throws Exception {
		this.request.setParameter("logout", "");
		assertThat(page()).contains("You have been signed out.");
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "denied | 401 | you are not allowed to use this application",
			"expired | 401 | The sign-in took too long", "unknown_state | 401 | was not started in this browser",
			"invalid_response | 401 | could not be understood", "invalid_code | 401 | did not accept this sign-in",
			"application_rejected | 503 | does not accept this application&#39;s key",
			"application_disabled | 503 | has disabled this application", "busy | 503 | Too many people are signing in",
			"unavailable | 503 | cannot be reached at the moment",
			"ip_mismatch | 401 | Your network address has changed", "session_ended | 401 | Your session has ended" })
	void pageWhenErrorThenStatusAndText(String code, int status, String text) throws Exception {
		this.request.setParameter("error", code);
		assertThat(page()).contains("<p class=\"message error\" role=\"status\">").contains(text);
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getHeader("Retry-After")).isEqualTo(code.equals("busy") ? "30" : null);
	}

	@ParameterizedTest
	@CsvSource({ "PT0.000000001S, 1", "PT1S, 1", "PT1.000000001S, 2", "PT59M59.5S, 3600" })
	void pageWhenLoginsPauseThenRetryAfterInWholeSecondsRoundedUp(Duration pause, String retryAfter) throws Exception {
		this.filter.setRetryAfter((error, request) -> pause);
		this.request.setParameter("error", "busy");
		page();
		assertThat(this.response.getHeader("Retry-After")).isEqualTo(retryAfter);
	}

	@ParameterizedTest
	@EnumSource
	void pageWhenLoginsPauseForAnErrorThenRetryAfterIfItIsOfUltraCartOrTheApplication(UltraCartLoginError error)
			throws Exception {
		this.filter.setRetryAfter((asked, request) -> (asked == error) ? Duration.ofSeconds(7) : Duration.ZERO);
		this.request.setParameter("error", error.code());
		page();
		assertThat(this.response.getHeader("Retry-After")).isEqualTo(error.isServiceFailure() ? "7" : null);
	}

	@ParameterizedTest
	@EnumSource
	void pageWhenErrorThenNotTheGeneralText(UltraCartLoginError error) throws Exception {
		this.request.setParameter("error", error.code());
		assertThat(page()).doesNotContain(GENERAL);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "nonsense-4711", "DENIED", "<script>alert(4711)</script>", "\"onload=4711", "{{4711}}" })
	void pageWhenUnknownErrorThenGeneralTextWithoutIt(String code) throws Exception {
		this.request.setParameter("error", code);
		assertThat(page()).contains(GENERAL).doesNotContain("4711").doesNotContain("<script");
		assertThat(this.response.getStatus()).isEqualTo(401);
	}

	@Test
	void pageWhenUrlsNeedEscapingThenEscaped() throws Exception {
		this.request.setContextPath("/a\"><script>alert(1)</script>");
		SecurityContextHolder
			.setContext(new SecurityContextImpl(new TestingAuthenticationToken("joe", null, "ROLE_X")));
		new UltraCartSignInPageFilter((request) -> true, "/start?a=1&b=\"", "/home?<b>").doFilter(this.request,
				this.response, this.chain);
		assertThat(this.response.getContentAsString()).doesNotContain("<script")
			.contains("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;/start?a=1&amp;b=&quot;\"")
			.contains("/home?&lt;b&gt;\"");
	}

	@Test
	void pageWhenSignedInThenOffersToGoOn() throws Exception {
		SecurityContextHolder
			.setContext(new SecurityContextImpl(new TestingAuthenticationToken("joe", null, "ROLE_X")));
		assertThat(page()).contains("<a id=\"continue\" href=\"/\">You are signed in: continue</a>");
	}

	@ParameterizedTest
	@CsvSource({ "GET, /items", "GET, /login/", "POST, /login", "DELETE, /login" })
	void doFilterWhenNotThePageThenChainContinuesAndNoParameterIsRead(String method, String uri) throws Exception {
		MockHttpServletRequest other = new MockHttpServletRequest(method, uri) {

			@Override
			public String getParameter(String name) {
				throw new AssertionError("would consume the body");
			}

		};
		this.filter.doFilter(other, this.response, this.chain);
		assertThat(this.chain.getRequest()).isSameAs(other);
	}

	@Test
	void doFilterWhenOnlyErrorsThenTheRestIsLeftToTheOtherPage() throws Exception {
		this.filter.setOnlyErrors(true);
		this.request.setParameter("error", "nonsense");
		this.filter.doFilter(this.request, this.response, this.chain);
		assertThat(this.chain.getRequest()).isSameAs(this.request);
		this.request.setParameter("error", "denied");
		assertThat(page()).contains("not allowed to use this application");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorAndSettersWhenEmptyThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartSignInPageFilter(null, "/a", "/"))
			.withMessage("pageMatcher cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartSignInPageFilter(PAGE, "", "/"))
			.withMessage("startUrl cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartSignInPageFilter(PAGE, "/a", ""))
			.withMessage("defaultSuccessUrl cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setSecurityContextHolderStrategy(null))
			.withMessage("securityContextHolderStrategy cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setRetryAfter(null))
			.withMessage("retryAfter cannot be null");
	}

	@Test // F2
	void pageWhenNoLoginCanBeginUnderTheHostThenSaysSoInsteadOfBlamingUltraCart() throws Exception {
		this.filter.setRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE));
		this.request.setParameter("error", "unavailable");
		this.request.setScheme("https");
		this.request.setSecure(true);
		this.request.setServerName("backoffice.example.com");
		this.request.setServerPort(443);
		assertThat(page())
			.contains("You cannot sign in to this application under the address"
					+ " https://backoffice.example.com. Please open it under")
			.doesNotContain("UltraCart cannot be reached", "ultracart.sso");
		assertThat(this.response.getStatus()).isEqualTo(503);
	}

	@Test
	void pageWhenNoLoginCanBeginUnderAddressOfInternalNetworkThenTellsTheDeveloperWhatToSet() throws Exception {
		this.filter.setRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE));
		this.request.setParameter("error", "unavailable");
		this.request.setScheme("http");
		this.request.setSecure(false);
		this.request.setServerName("192.168.1.5");
		this.request.setServerPort(8080);
		this.request.setRemoteAddr("192.168.1.77");
		assertThat(page())
			.contains("under the address http://192.168.1.5:8080.",
					"add 192.168.1.5 to ultracart.sso.development.plain-http-hosts")
			.doesNotContain("UltraCart cannot be reached");
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.7,", "192.168.1.77, X-Forwarded-For" })
	void pageWhenNoLoginCanBeginAndRequestIsNotOfADeveloperThenNoProperties(String address, @Nullable String header)
			throws Exception {
		this.filter.setRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE));
		this.request.setParameter("error", "unavailable");
		this.request.setScheme("http");
		this.request.setSecure(false);
		this.request.setServerName("192.168.1.5");
		this.request.setRemoteAddr(address);
		if (header != null) {
			this.request.addHeader(header, "203.0.113.7");
		}
		assertThat(page()).contains("You cannot sign in to this application under the address")
			.doesNotContain("ultracart.sso");
	}

	@Test
	void pageWhenLoginCanBeginThenUltraCartCannotBeReached() throws Exception {
		this.filter.setRedirectUris(new RedirectUris("https://backoffice.example.com/login/ultracart"));
		this.request.setParameter("error", "unavailable");
		assertThat(page()).contains("UltraCart cannot be reached at the moment.");
	}

	private String page() throws Exception {
		this.filter.doFilter(this.request, this.response, this.chain);
		return this.response.getContentAsString();
	}

}
