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
import java.util.Objects;
import java.util.concurrent.ExecutionException;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginLoop;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.web.TestHttpSessions;
import io.github.ultracartsso.web.api.TestUltraCartApi;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * What becomes of users on whose behalf an application calls UltraCart's API.
 */
@Timeout(60)
class UserCallTests {

	private static final String ORDERS = "[\"DEMO-1\"]";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private Browser browser;

	@BeforeEach
	void signIn() {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(401)));
		know("key-of-code");
		start(SsoSessionPolicy.DEFAULTS);
	}

	private void start(SsoSessionPolicy policy) {
		UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);
		this.browser = this.application.withClient(this.client)
			.withPolicy(policy)
			.withBean("interceptor", new UltraCartKeyInterceptor(transport, this.application.currentSsoSessions()))
			.withBean("apiUrl", transport.baseUrl().toString())
			.start(Orders.class);
		this.browser.signIn("code", "/orders");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders", "/public/orders", "/orders/caught", "/orders/on-another-thread",
			"/orders/on-another-thread/caught", "/orders/async" })
	void callWhenKeyIsKnownThenAnswered(String url) {
		assertThat(Browser.body(this.browser.navigate(url))).isEqualTo(ORDERS);
		assertThat(this.application.sessionEvents()).isEmpty();
		assertThat(this.client.read()).hasSize(1);
	}

	@ParameterizedTest // D4
	@ValueSource(strings = { "/orders", "/public/orders", "/orders/on-another-thread", "/orders/async" })
	void navigationWhenKeyIsRefusedThenThroughLoginBackToWhereItWas(String url) {
		refuse("key-of-code");
		MockHttpServletResponse refused = this.browser.navigate(url + "?page=3");
		assertThat(this.browser.session()).isNull();
		assertThat(Browser.location(refused)).startsWith("/ultracart/authorize?target=");
		know("key-of-new-code");
		String state = Browser.stateOf(this.browser.navigate(Browser.location(refused)));
		assertThat(Browser.location(this.browser.callback(state, "new-code"))).isEqualTo(url + "?page=3");
		assertThat(Browser.body(this.browser.navigate(url + "?page=3"))).isEqualTo(ORDERS);
	}

	@ParameterizedTest // D4
	@ValueSource(strings = { "/orders", "/public/orders", "/orders/on-another-thread", "/orders/async" })
	void fetchWhenKeyIsRefusedThenProblemSaysWhy(String url) {
		refuse("key-of-code");
		MockHttpServletResponse refused = this.browser.fetch(url);
		assertThat(refused.getStatus()).isEqualTo(401);
		assertThat(refused.getContentType()).isEqualTo("application/problem+json");
		assertThat(Browser.body(refused)).contains("\"error\":\"session_ended\"", "\"loginUrl\"");
		assertThat(this.browser.session()).isNull();
	}

	@ParameterizedTest // H1
	@ValueSource(strings = { "/orders", "/orders/caught", "/orders/on-another-thread",
			"/orders/on-another-thread/caught", "/orders/async" })
	void sessionWhenKeyIsRefusedThenEndsAndIsToldOfOnceAndNothingRevoked(String url) {
		refuse("key-of-code");
		MockHttpSession session = (MockHttpSession) this.browser.requireSession();
		this.browser.fetch(url);
		assertThat(this.browser.session()).isNull();
		assertThat(session.isInvalid()).isTrue();
		assertThat(this.browser.fetch("/items").getStatus()).isEqualTo(401);
		assertThat(this.application.sessionEvents()).containsExactly(refused());
		assertThat(this.client.revoked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders/caught", "/orders/on-another-thread/caught" })
	void pageWhenApplicationCatchesTheExceptionThenShown(String url) {
		refuse("key-of-code");
		assertThat(Browser.body(this.browser.navigate(url))).isEqualTo("no orders");
		assertThat(Browser.location(this.browser.navigate("/items"))).startsWith("/ultracart/authorize?target=");
	}

	@Test // H1
	void sessionWhenSeveralRequestsAreRefusedThenToldOfOnce() {
		refuse("key-of-code");
		MockHttpSession copy = TestHttpSessions.copyOf(this.browser.requireSession());
		this.browser.fetch("/orders");
		this.browser.useSession(copy);
		assertThat(Browser.body(this.browser.fetch("/items"))).contains("session_ended");
		assertThat(this.application.sessionEvents()).containsExactly(refused());
	}

	@Test
	void workAfterTheRequestWhenKeyIsKnownThenDoneForTheUser() throws Exception {
		this.browser.navigate("/orders/later");
		assertThat(pages().doLater()).isEqualTo(ORDERS);
	}

	@Test // D4
	void workAfterTheRequestWhenKeyIsRefusedThenNextRequestGoesThroughLogin() throws Exception {
		Browser other = this.application.newBrowser();
		know("key-of-other-code");
		other.signIn("other-code", "/orders");
		this.browser.navigate("/orders/later");
		refuse("key-of-code");
		assertLaterRefused();
		assertThat(this.application.sessionEvents()).isEmpty();
		assertThat(Browser.location(this.browser.navigate("/items"))).startsWith("/ultracart/authorize?target=");
		assertThat(this.browser.session()).isNull();
		assertThat(this.application.sessionEvents()).containsExactly(refused());
		assertThat(this.client.revoked()).isEmpty();
		assertThat(other.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(Browser.body(other.navigate("/orders"))).isEqualTo(ORDERS);
	}

	@Test
	void workAfterTheRequestWhenALoginHasReplacedTheKeyMeanwhileThenNotDoneAndSessionStays() {
		this.browser.navigate("/orders/later");
		know("key-of-new-code");
		this.browser.signIn("new-code");
		assertNotDone();
		assertThat(Browser.body(this.browser.navigate("/orders"))).isEqualTo(ORDERS);
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	@Test
	void contextOfSessionWhenUsedOutsideARequestThenActsForTheUser() {
		this.browser.navigate("/orders");
		Authentication stored = storedAuthentication();
		CurrentSsoSessions currentSsoSessions = this.application.currentSsoSessions();
		assertThat(Objects.requireNonNull(currentSsoSessions.find(stored)).simpleKey().value())
			.isEqualTo("key-of-code");
		this.application.clock().advance(Duration.ofHours(1));
		assertThat(currentSsoSessions.find(stored)).isNull();
	}

	@Test
	void contextOfSessionWhenUserHasSignedOutThenActsForNoUser() {
		Authentication stored = storedAuthentication();
		this.browser.submit("/logout");
		assertThat(this.application.currentSsoSessions().find(stored)).isNull();
	}

	@Test
	void contextOfSessionWhenReadFromAStoreThenActsForTheUserSinceTheNextRequest() {
		this.browser.useSession(TestHttpSessions.copyOf(this.browser.requireSession()));
		assertThat(this.application.currentSsoSessions().find(storedAuthentication())).isNull();
		assertThat(Browser.body(this.browser.navigate("/orders"))).isEqualTo(ORDERS);
		assertThat(Objects.requireNonNull(this.application.currentSsoSessions().find(storedAuthentication()))
			.simpleKey()
			.value()).isEqualTo("key-of-code");
	}

	// or a page that takes the session over would act for its owner
	@ParameterizedTest
	@EnumSource(names = { "PIN", "ENFORCE" })
	void contextOfSessionWhenLockedToAnAddressThenActsForTheUserInAGuardedRequestOnly(IpLock lock) {
		this.application.context().close();
		this.client
			.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, "127.0.0.1"));
		start(TestSettings.lockedTo(lock));
		assertThat(Browser.body(this.browser.navigate("/orders"))).isEqualTo(ORDERS);
		assertThat(this.application.currentSsoSessions().find(storedAuthentication())).isNull();
		this.browser.useSession(TestHttpSessions.copyOf(this.browser.requireSession()));
		assertThat(Browser.body(this.browser.navigate("/orders"))).isEqualTo(ORDERS);
		assertThat(this.application.currentSsoSessions().find(storedAuthentication())).isNull();
		this.browser.navigate("/orders/later");
		assertThatNoException().isThrownBy(() -> pages().doLater());
	}

	private Authentication storedAuthentication() {
		SecurityContext context = (SecurityContext) Objects.requireNonNull(this.browser.requireSession()
			.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY));
		assertThat(context.getAuthentication()).isInstanceOf(UltraCartAuthenticationToken.class);
		return Objects.requireNonNull(context.getAuthentication());
	}

	@Test // D4
	void formWhenKeyIsRefusedThenThroughLogin() {
		refuse("key-of-code");
		MockHttpServletResponse refused = this.browser.submit("/orders/delete");
		assertThat(refused.getStatus()).isEqualTo(302);
		assertThat(Browser.location(refused)).isEqualTo("/ultracart/authorize");
		assertThat(this.browser.session()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void workAfterTheRequestWhenUserHasSignedOutThenNotDone(boolean sessionIsReadAnew) {
		this.browser.navigate("/orders/later");
		if (sessionIsReadAnew) {
			this.browser.useSession(TestHttpSessions.copyOf(this.browser.requireSession()));
		}
		this.browser.submit("/logout");
		assertNotDone();
	}

	@Test
	void workAfterTheRequestWhenKeyHasExpiredThenNotDone() {
		this.browser.navigate("/orders/later");
		ultraCart.resetRequests();
		this.application.clock().advance(Duration.ofHours(1));
		assertNotDone();
	}

	private void assertNotDone() {
		ultraCart.resetRequests();
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> pages().doLater())
			.withCauseInstanceOf(AuthenticationCredentialsNotFoundException.class);
		ultraCart.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	@Test
	void navigationWhenKeysAreRefusedAgainAndAgainThenExplainedAndNotRoundInCircles() {
		ultraCart.stubFor(WireMock.get("/rest/v2/order/orders").willReturn(TestUltraCartApi.echo(401)));
		for (int i = 1; i < LoginLoop.MAX_RETURNS; i++) {
			signInAgain("code-" + i);
		}
		String startUrl = Browser.location(this.browser.navigate("/orders"));
		assertThat(this.browser.session()).isNull();
		assertThat(Browser.location(this.browser.navigate(startUrl))).isEqualTo("/login?error=session_ended");
	}

	@Test
	void navigationWhenSessionsThatAreRefusedHaveLastedThenSilentlyThroughLogin() {
		ultraCart.stubFor(WireMock.get("/rest/v2/order/orders").willReturn(TestUltraCartApi.echo(401)));
		for (int i = 1; i < 2 * LoginLoop.MAX_RETURNS; i++) {
			this.application.clock().advance(Duration.ofSeconds(15));
			signInAgain("code-" + i);
		}
	}

	@Test
	void publicPageWhenNobodyIsSignedInThenThroughLoginBackToWhereItWas() {
		Browser stranger = this.application.newBrowser();
		ultraCart.resetRequests();
		MockHttpServletResponse response = stranger.navigate("/public/orders?page=3");
		assertThat(Browser.location(response)).startsWith("/ultracart/authorize?target=");
		assertThat(Browser.body(stranger.fetch("/public/orders"))).contains("\"status\":401")
			.doesNotContain("session_ended");
		assertThat(stranger.session()).isNull();
		ultraCart.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
		assertThat(Browser.location(stranger.signIn("code", "/public/orders?page=3")))
			.isEqualTo("/public/orders?page=3");
		assertThat(Browser.body(stranger.navigate("/public/orders?page=3"))).isEqualTo(ORDERS);
	}

	@ParameterizedTest
	@CsvSource({ "403, 403", "404, 404", "429, 503", "500, 502" })
	void sessionWhenCallFailsOtherwiseThenStaysAndStatusFits(int status, int expected) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.status(status)));
		assertThat(this.browser.navigate("/orders").getStatus()).isEqualTo(expected);
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.application.sessionEvents()).isEmpty();
	}

	private void know(String key) {
		ultraCart.stubFor(WireMock.get("/rest/v2/order/orders")
			.withHeader("X-UltraCart-Simple-Key", WireMock.equalTo(key))
			.willReturn(WireMock.okJson(ORDERS)));
	}

	private void refuse(String key) {
		ultraCart.stubFor(WireMock.get("/rest/v2/order/orders")
			.withHeader("X-UltraCart-Simple-Key", WireMock.equalTo(key))
			.willReturn(TestUltraCartApi.echo(401)));
	}

	private void signInAgain(String code) {
		String startUrl = Browser.location(this.browser.navigate("/orders"));
		assertThat(Browser.location(this.browser.callback(Browser.stateOf(this.browser.navigate(startUrl)), code)))
			.isEqualTo("/orders");
	}

	private void assertLaterRefused() {
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> pages().doLater())
			.withCauseInstanceOf(SsoSessionEndedException.class);
	}

	private Orders.OrderPages pages() {
		return this.application.context().getBean(Orders.OrderPages.class);
	}

	private static SsoSessionEndedEvent refused() {
		return new SsoSessionEndedEvent(UltraCartUser.with(42, "Jane!ops").build(), Reason.REFUSED);
	}

}
