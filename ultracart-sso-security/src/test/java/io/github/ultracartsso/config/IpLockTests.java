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

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginLoop;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions that are tied to an address.
 */
class IpLockTests {

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private static final String HOME = "203.0.113.7";

	private static final String ELSEWHERE = "198.51.100.9";

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	@ParameterizedTest
	@EnumSource(names = { "PIN", "ENFORCE" })
	void requestWhenFromElsewhereThenNobodysAndOwnerGoesOn(IpLock lock) {
		Browser owner = signedIn(lock);
		Browser stranger = withSessionOf(owner);
		assertMismatch(stranger.fetch("/items"));
		assertMismatch(stranger.fetch("/items"));
		assertThat(Browser.body(owner.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(this.client.revoked()).isEmpty();
		// H1
		assertThat(this.application.sessionEvents())
			.containsExactly(new SsoSessionAddressMismatchEvent(JANE, HOME, ELSEWHERE, true));
	}

	@Test
	void requestWhenSameAddressIsSpeltOtherwiseThenGoesOn() {
		Browser owner = signedIn(IpLock.PIN);
		owner.moveTo("::ffff:203.0.113.7");
		assertThat(owner.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	@Test
	void requestWhenFromElsewhereThenPublicPageIsOpenAndShowsNobody() {
		Browser stranger = withSessionOf(signedIn(IpLock.PIN));
		assertThat(Browser.body(stranger.fetch("/public"))).isEqualTo("public");
		assertThat(Browser.body(stranger.fetch("/error"))).isEqualTo("error page for null");
	}

	@Test
	void requestWhenFromElsewhereAndOverThenOwnersSessionIsStillLeftToHim() {
		Browser owner = signedIn(IpLock.PIN);
		Browser stranger = withSessionOf(owner);
		this.application.clock().advance(Duration.ofHours(1));
		assertMismatch(stranger.fetch("/items"));
		assertThat(Browser.body(owner.fetch("/items"))).contains("session_ended");
	}

	@Test
	void requestWhenFromElsewhereAndDueThenNoCall() {
		Browser stranger = withSessionOf(signedIn(IpLock.PIN));
		this.application.clock().advance(Duration.ofMinutes(30));
		assertMismatch(stranger.fetch("/items"));
		assertThat(this.client.read()).hasSize(1);
	}

	@Test // B3
	void navigationWhenUserHasMovedThenThroughLoginBackToWhereItWas() {
		Browser browser = signedIn(IpLock.PIN);
		HttpSession session = browser.requireSession();
		browser.moveTo(ELSEWHERE);
		assertThat(Browser.location(signInAgain(browser, "/items?page=3"))).isEqualTo("/items?page=3");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(browser.requireSession()).isSameAs(session);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		browser.moveTo(HOME);
		assertMismatch(browser.fetch("/items"));
	}

	@Test // A10, B3
	void loginWhenFromElsewhereAsSomebodyElseThenRefusedAndOwnerGoesOn() {
		Browser owner = signedIn(IpLock.PIN);
		Browser stranger = withSessionOf(owner);
		this.client.onSessionUser((key) -> new User(43, "joe", null, null, null, null));
		this.application.events().clear();
		assertThat(Browser.location(signInAgain(stranger, "/items"))).isEqualTo("/login?error=ip_mismatch");
		assertThat(this.client.revoked()).containsExactly("key-of-again");
		assertMismatch(stranger.fetch("/items"));
		assertThat(Browser.body(owner.navigate("/items"))).isEqualTo("/items for Jane!ops");
		// H1
		assertThat(this.application.events()).hasExactlyElementsOfTypes(AuthenticationFailureBadCredentialsEvent.class);
	}

	@Test // D5
	void logoutWhenFromElsewhereThenRefusedAndOwnerGoesOn() {
		Browser owner = signedIn(IpLock.PIN);
		String csrfToken = owner.csrfToken();
		Browser stranger = withSessionOf(owner);
		assertMismatch(stranger.post("/logout", "X-CSRF-TOKEN", csrfToken));
		assertMismatch(
				stranger.request(HttpMethod.POST, "/logout", "Sec-Fetch-Mode", "cors", "X-CSRF-TOKEN", csrfToken));
		assertUntouched(owner);
	}

	@Test // D8
	void logoutWhenByGetFromElsewhereThenRefusedAndOwnerGoesOn() {
		Browser owner = signedIn(IpLock.PIN, LogoutByGet.class);
		Browser stranger = withSessionOf(owner);
		assertMismatch(stranger.fetch("/logout"));
		assertThat(Browser.location(stranger.navigate("/logout"))).startsWith("/ultracart/authorize");
		assertUntouched(owner);
	}

	@Test
	void logoutWhenByApplicationFromElsewhereThenRefusedAndOwnerGoesOn() {
		Browser owner = signedIn(IpLock.PIN, LogoutByGet.class);
		Browser stranger = withSessionOf(owner);
		assertMismatch(stranger.fetch("/leave"));
		assertUntouched(owner);
	}

	@Test
	void logoutWhenFromTheAddressOfTheLoginThenSignedOut() {
		Browser owner = signedIn(IpLock.PIN);
		assertThat(Browser.location(owner.submit("/logout"))).isEqualTo("/login?logout");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test
	void navigationWhenAddressGoesToAndFroThenExplainedAndNotRoundInCircles() {
		Browser browser = signedIn(IpLock.PIN);
		for (int i = 1; i < LoginLoop.MAX_RETURNS; i++) {
			browser.moveTo((i % 2 != 0) ? ELSEWHERE : HOME);
			signInAgain(browser, "/items");
		}
		browser.moveTo(ELSEWHERE);
		String startUrl = Browser.location(browser.navigate("/items"));
		assertThat(startUrl).startsWith("/ultracart/authorize");
		assertThat(Browser.location(browser.navigate(startUrl))).isEqualTo("/login?error=session_ended");
		this.application.clock().advance(Duration.ofMinutes(1));
		assertThat(Browser.location(browser.navigate(startUrl))).startsWith("https://secure.ultracart.com/");
	}

	@ParameterizedTest // B2
	@NullSource
	@ValueSource(strings = { ELSEWHERE, "203.0.113.0/24", "unknown", "" })
	void loginWhenEnforcedAndUltraCartSawAnotherAddressOrNoneThenRefused(@Nullable String ipAddress) {
		Browser browser = start(IpLock.ENFORCE, DefaultChain.class);
		seenFrom(ipAddress);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/login?error=ip_mismatch");
		assertThat(Browser.body(browser.navigate("/login?error=ip_mismatch"))).contains("address");
		assertThat(browser.fetch("/items").getStatus()).isEqualTo(401);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.client.read()).isEmpty();
		// H1
		assertThat(this.application.events()).hasExactlyElementsOfTypes(AuthenticationFailureBadCredentialsEvent.class);
	}

	@ParameterizedTest // B2
	@NullSource
	@ValueSource(strings = { ELSEWHERE, "unknown" })
	void loginWhenPinnedThenWhatUltraCartSawDoesNotMatter(@Nullable String ipAddress) {
		Browser browser = start(IpLock.PIN, DefaultChain.class);
		seenFrom(ipAddress);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test
	void loginWhenWarnedThenLetInAndToldOf() {
		Browser browser = start(IpLock.WARN, DefaultChain.class);
		seenFrom(ELSEWHERE);
		browser.signIn("code", "/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents())
			.containsExactly(new SsoSessionAddressMismatchEvent(JANE, ELSEWHERE, HOME, false));
	}

	@Test
	void requestWhenWarnedThenLetInAndToldOfOnceForEachAddress() {
		Browser browser = signedIn(IpLock.WARN);
		for (String address : List.of(ELSEWHERE, "2001:db8::7", ELSEWHERE, HOME, ELSEWHERE)) {
			browser.moveTo(address);
			assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		}
		assertThat(this.application.sessionEvents()).containsExactly(
				new SsoSessionAddressMismatchEvent(JANE, HOME, ELSEWHERE, false),
				new SsoSessionAddressMismatchEvent(JANE, HOME, "2001:db8::7", false));
	}

	@Test
	void requestWhenWarnedAndSignedInAnewThenToldOfAnew() {
		Browser browser = signedIn(IpLock.WARN);
		browser.moveTo(ELSEWHERE);
		browser.navigate("/items");
		browser.moveTo(HOME);
		browser.signIn("again");
		browser.moveTo(ELSEWHERE);
		browser.navigate("/items");
		assertThat(this.application.sessionEvents()).containsExactly(
				new SsoSessionAddressMismatchEvent(JANE, HOME, ELSEWHERE, false),
				new SsoSessionAddressMismatchEvent(JANE, HOME, ELSEWHERE, false));
	}

	@Test
	void requestWhenOffThenAnyAddressWillDo() {
		Browser browser = signedIn(IpLock.OFF);
		browser.moveTo(ELSEWHERE);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	private Browser start(IpLock lock, Class<?> configuration) {
		Browser browser = this.application.withClient(this.client)
			.withPolicy(TestSettings.lockedTo(lock))
			.withBean("settings", TestSettings.redirectHosts("localhost"))
			.start(configuration);
		seenFrom(HOME);
		browser.moveTo(HOME);
		return browser;
	}

	private Browser signedIn(IpLock lock) {
		return signedIn(lock, DefaultChain.class);
	}

	private Browser signedIn(IpLock lock, Class<?> configuration) {
		Browser browser = start(lock, configuration);
		browser.signIn("code", "/items");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		return browser;
	}

	private void seenFrom(@Nullable String ipAddress) {
		this.client
			.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, ipAddress));
	}

	private Browser withSessionOf(Browser owner) {
		Browser stranger = this.application.newBrowser();
		stranger.useSession((MockHttpSession) owner.requireSession());
		stranger.moveTo(ELSEWHERE);
		return stranger;
	}

	private static MockHttpServletResponse signInAgain(Browser browser, String url) {
		return browser.signIn("again", url);
	}

	private static void assertMismatch(MockHttpServletResponse response) {
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(Browser.body(response)).contains("\"error\":\"ip_mismatch\"");
	}

	private void assertUntouched(Browser owner) {
		assertThat(this.client.revoked()).isEmpty();
		assertThat(owner.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Leaving.class })
	static class LogoutByGet {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			RequestMatcher anyMethod = (request) -> request.getRequestURI().equals("/logout");
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/leave").permitAll());
			return Pages.protect(http)
				.csrf(AbstractHttpConfigurer::disable)
				.logout((logout) -> logout.logoutRequestMatcher(anyMethod))
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@RestController
	static class Leaving {

		@GetMapping("/leave")
		void leave(HttpServletRequest request) throws ServletException {
			request.logout();
		}

	}

}
