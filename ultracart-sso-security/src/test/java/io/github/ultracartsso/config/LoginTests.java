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

package io.github.ultracartsso.config;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.github.ultracartsso.web.TestHttpSessions;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins through a whole filter chain, with UltraCart behind a real socket, wherever the
 * application keeps logins that are under way.
 */
@ParameterizedClass
@EnumSource
class LoginTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final PendingLoginStore store;

	private Browser browser;

	LoginTests(PendingLoginStore store) {
		this.store = store;
	}

	@BeforeEach
	void start() {
		this.browser = this.application.withClient(ultraCart.client())
			.withPendingLoginsIn(this.store)
			.start(DefaultChain.class);
	}

	@Test
	void loginWhenDeepLinkThenThreeCallsAndReturnsThere() {
		MockHttpServletResponse done = this.browser.signIn("code", "/items?page=2&sort=name");
		assertThat(done.getStatus()).isEqualTo(302);
		assertThat(Browser.location(done)).isEqualTo("/items?page=2&sort=name");
		assertThat(Browser.body(this.browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE, Operation.TOKEN, Operation.USER);
	}

	@Test
	void requestsWhenSignedInThenNoCalls() {
		this.browser.signIn("code", "/items");
		int calls = ultraCart.calls().size();
		for (int i = 0; i < 20; i++) {
			assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		}
		assertThat(ultraCart.calls()).hasSize(calls);
	}

	@Test
	void loginWhenNoTargetThenDefaultSuccessUrl() {
		assertThat(Browser.location(this.browser.signIn("code"))).isEqualTo("/");
	}

	@Test
	void loginWhenCompletedThenOnlyGrantedPermissionsAndTheFactor() {
		this.browser.signIn("code", "/");
		assertThat(Browser.body(this.browser.navigate("/authorities")))
			.contains("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE", "ROLE_ULTRACART_USER", "FACTOR_ULTRACART_SSO")
			.doesNotContain("EDIT_ITEMS");
	}

	@ParameterizedTest // A2, D9
	@ValueSource(strings = { "?code=code", "?code=code&state=bogus", "?state=bogus", "", "?code=a&code=b&state=bogus",
			"?code=&state=", "?error=access_denied&state=bogus" })
	void callbackWhenBogusThenNoCallAndNoSession(String query) {
		MockHttpServletResponse refused = this.browser.navigate("/login/ultracart" + query);
		assertThat(Browser.location(refused)).startsWith("/login?error=");
		assertThat(ultraCart.calls()).isEmpty();
		assertThat(this.browser.session()).isNull();
	}

	@Test // A3
	void callbackWhenRepeatedThenNoSecondExchangeAndUserStaysSignedIn() {
		String state = this.browser.startLogin("/items");
		this.browser.callback(state, "code");
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/items");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(ultraCart.calls()).containsOnlyOnce(Operation.TOKEN);
	}

	@Test // A3, A10
	void callbackWhenRepeatedInAnotherUsersSessionThenRefused() {
		Browser other = this.application.newBrowser();
		String state = other.startLogin("/items");
		other.callback(state, "code");
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/login?error=unknown_state");
		assertThat(ultraCart.calls()).containsOnlyOnce(Operation.TOKEN);
	}

	@Test // A8
	void callbackWhenHeadOrPostThenNothingHappensAndLoginStillWorks() {
		String state = this.browser.startLogin("/items");
		assertThat(this.browser.head(this.browser.callbackUrl(state, "code")).getStatus()).isEqualTo(401);
		assertThat(this.browser.post(this.browser.callbackUrl(state, "code")).getStatus()).isEqualTo(403);
		assertThat(this.browser.submit(this.browser.callbackUrl(state, "code")).getStatus()).isEqualTo(401);
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE);
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/items");
	}

	@Test // A9
	void callbackWhenBegunInAnotherBrowserThenNotSignedIn() {
		String attackersState = this.application.newBrowser().startLogin("/items");
		this.browser.startLogin("/items");
		assertThat(Browser.location(this.browser.callback(attackersState, "code")))
			.isEqualTo("/login?error=unknown_state");
		assertThat(ultraCart.calls()).doesNotContain(Operation.TOKEN);
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(302);
	}

	@Test // A10
	void callbackWhenForeignThenSignedInUserStays() {
		String attackersState = this.application.newBrowser().startLogin("/items");
		this.browser.signIn("code", "/items");
		this.browser.callback(attackersState, "attackers-code");
		assertThat(Browser.body(this.browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(ultraCart.revokedKeys()).isEmpty();
	}

	@Test // A12
	void callbackWhenDeniedThenStateIsSpentAndPageIsSafe() {
		String state = this.browser.startLogin("/items");
		MockHttpServletResponse denied = this.browser
			.navigate("/login/ultracart?error=access_denied&error_description=%3Cscript%3E&state=" + state);
		assertThat(Browser.location(denied)).isEqualTo("/login?error=denied");
		assertThat(Browser.body(this.browser.navigate(Browser.location(denied)))).doesNotContain("<script");
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/login?error=unknown_state");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE);
	}

	@Test // B3
	void loginWhenSameUserAgainThenSessionStaysAndOldKeyRevoked() {
		this.browser.signIn("first", "/items");
		this.browser.navigate("/cart");
		this.browser.signIn("second");
		assertThat(this.browser.requireSession().getAttribute("cart")).isEqualTo("3 items");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-first");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test
	void loginWhenContextIsGoneButSsoSessionIsOfAnotherUserThenFreshSession() {
		this.browser.signIn("code", "/items");
		this.browser.navigate("/cart");
		this.browser.requireSession().removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
		ultraCart.addUser("of-joe", 43, "joe");
		this.browser.signIn("of-joe");
		assertThat(this.browser.requireSession().getAttribute("cart")).isNull();
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
		assertThat(Browser.body(this.browser.navigate("/items"))).isEqualTo("/items for joe");
	}

	@Test
	void loginWhenContextIsGoneAndSsoSessionIsOfTheSameUserThenSessionIsKept() {
		this.browser.signIn("code", "/items");
		this.browser.navigate("/cart");
		this.browser.requireSession().removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
		this.browser.signIn("second");
		assertThat(this.browser.requireSession().getAttribute("cart")).isEqualTo("3 items");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	@Test // B3
	void loginWhenOtherUserThenFreshSessionAndOldKeyRevoked() {
		ultraCart.addUser("joes-code", 43, "joe");
		this.browser.signIn("janes-code", "/items");
		this.browser.navigate("/cart");
		this.browser.signIn("joes-code");
		assertThat(Browser.body(this.browser.navigate("/items"))).isEqualTo("/items for joe");
		assertThat(this.browser.requireSession().getAttribute("cart")).isNull();
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-janes-code");
	}

	@Test // B4
	void callbackWhenAnsweredThenCleanUrlWithoutTrace() {
		String state = this.browser.startLogin("/items");
		for (String code : List.of("code", "used-code")) {
			MockHttpServletResponse answer = this.browser.callback(state, code);
			assertThat(answer.getStatus()).isEqualTo(302);
			assertThat(Browser.location(answer)).doesNotContain("code=").doesNotContain(state);
			assertThat(answer.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(answer.getHeader("Cache-Control")).isEqualTo("no-store");
			assertThat(Browser.body(answer)).isEmpty();
		}
	}

	@ParameterizedTest // C2
	@ValueSource(strings = { "target=https://evil.example", "target=/users", "redirect=https://evil.example",
			"continue=https://evil.example", "redirect_uri=https://evil.example", "targetUrl=//evil.example" })
	void startWhenParameterNamesTargetThenNotHonoured(String parameter) {
		String state = Browser.stateOf(this.browser.navigate("/ultracart/authorize?" + parameter));
		assertThat(ultraCart.redirectUri()).isEqualTo("http://localhost/login/ultracart");
		assertThat(Browser.location(this.browser.navigate(this.browser.callbackUrl(state, "code") + "&" + parameter)))
			.isEqualTo("/");
	}

	@Test // C2
	void startWhenSealedTargetIsTamperedWithThenNotHonoured() {
		String startUrl = Browser.location(this.browser.navigate("/items"));
		char last = startUrl.charAt(startUrl.length() - 2);
		String tampered = startUrl.substring(0, startUrl.length() - 2) + ((last == 'A') ? 'B' : 'A')
				+ startUrl.charAt(startUrl.length() - 1);
		String state = Browser.stateOf(this.browser.navigate(tampered));
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/");
	}

	@ParameterizedTest // C1
	@ValueSource(strings = { "/items?x=%0d%0aSet-Cookie:a=b", "/items?next=//evil.example",
			"/items?next=https://evil.example", "/@evil.example" })
	void loginWhenUrlAskedForLooksHostileThenReturnsToItOnThisHost(String url) {
		assertThat(Browser.location(this.browser.signIn("code", url))).isEqualTo(url);
	}

	@Test // C3, C6
	void startWhenUltraCartRedirectsThenNotFollowed() {
		ultraCart.answer(Operation.AUTHORIZE, WireMock.temporaryRedirect("/rest/v2/sso/session/user"));
		assertThat(Browser.location(this.browser.navigate("/ultracart/authorize")))
			.isEqualTo("/login?error=unavailable");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE);
	}

	@ParameterizedTest // C6
	@CsvSource({ "301", "302", "303", "307", "308" })
	void callbackWhenExchangeIsRedirectedThenNotFollowed(int status) {
		String state = this.browser.startLogin("/items");
		ultraCart.answer(Operation.TOKEN,
				WireMock.aResponse().withStatus(status).withHeader("Location", "/rest/v2/sso/session/user"));
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/login?error=unavailable");
		assertThat(ultraCart.calls()).containsExactly(Operation.AUTHORIZE, Operation.TOKEN);
	}

	@Test // D1
	void loginWhenCompletedThenSessionIdChanges() {
		this.browser.csrfToken();
		String before = this.browser.requireSession().getId();
		String state = this.browser.startLogin("/items");
		assertThat(this.browser.requireSession().getId()).isEqualTo(before);
		this.browser.callback(state, "code");
		assertThat(this.browser.requireSession().getId()).isNotEqualTo(before);
	}

	@Test // D2
	void loginWhenCompletedThenAttributesSurviveAndCsrfTokenRotates() {
		String before = this.browser.csrfToken();
		this.browser.requireSession().setAttribute("language", "de");
		this.browser.signIn("code", "/items");
		assertThat(this.browser.requireSession().getAttribute("language")).isEqualTo("de");
		assertThat(this.browser.post("/items", "X-CSRF-TOKEN", before).getStatus()).isEqualTo(403);
		assertThat(this.browser.submit("/items").getStatus()).isEqualTo(200);
	}

	@Test // D10
	void startWhenManyTabsThenPendingLoginsAreBounded() {
		String oldest = this.browser.startLogin("/items");
		for (int i = 0; i < 45; i++) {
			this.browser.startLogin("/items");
		}
		assertThat(sizeOfSession() + sizeOfCookies()).isPositive().isLessThan(8192);
		assertThat(Browser.location(this.browser.callback(oldest, "code"))).isEqualTo("/login?error=unknown_state");
	}

	@Test
	void loginWhenTwoTabsThenEachReturnsToItsOwnTarget() {
		String first = this.browser.startLogin("/items?page=1");
		String second = this.browser.startLogin("/items?page=2");
		assertThat(Browser.location(this.browser.callback(second, "code"))).isEqualTo("/items?page=2");
		assertThat(Browser.location(this.browser.callback(first, "code"))).isEqualTo("/items?page=1");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test
	void loginWhenPageElementsAreAskedForMeanwhileThenDeepLinkIsKept() {
		String startUrl = Browser.location(this.browser.navigate("/items?page=2"));
		assertThat(this.browser.fetch("/favicon.ico", "Sec-Fetch-Dest", "image").getStatus()).isEqualTo(401);
		this.browser.fetch("/apple-touch-icon.png");
		String state = Browser.stateOf(this.browser.navigate(startUrl));
		this.browser.fetch("/.well-known/appspecific/com.chrome.devtools.json");
		this.browser.navigate("/users");
		assertThat(Browser.location(this.browser.callback(state, "code"))).isEqualTo("/items?page=2");
	}

	@Test // E8
	void loginWhenUserCannotBeReadThenKeyRevokedAndNobodySignedIn() {
		ultraCart.fail(Operation.USER, 500);
		assertThat(Browser.location(this.browser.signIn("code", "/items"))).isEqualTo("/login?error=unavailable");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(sizeOfSession()).isZero();
	}

	@Test
	void loginWhenSessionsAreWrittenAndReadThenWorksAllTheSame() {
		String state = this.browser.startLogin("/items");
		writeAndReadSession();
		this.browser.callback(state, "code");
		writeAndReadSession();
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		this.browser.submit("/logout");
		assertThat(ultraCart.revokedKeys()).containsExactly("key-of-code");
	}

	private void writeAndReadSession() {
		HttpSession session = this.browser.session();
		this.browser.useSession((session != null) ? TestHttpSessions.copyOf(session) : null);
	}

	private int sizeOfSession() {
		HttpSession session = this.browser.session();
		return (session == null) ? 0
				: Collections.list(session.getAttributeNames())
					.stream()
					.mapToInt((name) -> TestHttpSessions.serialize(session.getAttribute(name)).length)
					.sum();
	}

	private int sizeOfCookies() {
		return Arrays.stream(this.browser.cookies())
			.mapToInt((cookie) -> cookie.getName().length() + cookie.getValue().length())
			.sum();
	}

}
