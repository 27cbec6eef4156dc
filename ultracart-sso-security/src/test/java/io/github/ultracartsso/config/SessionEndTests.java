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
import java.util.Collections;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginLoop;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.web.TestHttpSessions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to a user whose SSO session is over.
 */
class SessionEndTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	private Browser browser;

	@BeforeEach
	void signIn() {
		this.browser = this.application.withClient(this.client).start(DefaultChain.class);
		signInTo("/items");
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@ParameterizedTest // D4
	@EnumSource
	void navigationWhenSsoSessionIsOverThenThroughLoginBackToWhereItWas(End end) {
		HttpSession before = this.browser.requireSession();
		end(end);
		MockHttpServletResponse refused = this.browser.navigate("/items?page=3");
		assertThat(this.browser.session()).isNull();
		assertThat(Browser.location(refused)).startsWith("/ultracart/authorize?target=");
		assertThat(Browser.location(signInTo("/items?page=3"))).isEqualTo("/items?page=3");
		assertThat(this.browser.session()).isNotSameAs(before);
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@ParameterizedTest // D4
	@EnumSource
	void fetchWhenSsoSessionIsOverThenProblemSaysWhy(End end) {
		end(end);
		MockHttpServletResponse refused = this.browser.fetch("/items");
		assertThat(refused.getStatus()).isEqualTo(401);
		assertThat(Browser.body(refused)).contains("\"error\":\"session_ended\"");
		assertThat(this.browser.session()).isNull();
		assertThat(Browser.body(this.browser.fetch("/items"))).doesNotContain("session_ended");
	}

	@Test
	void publicPageWhenSsoSessionIsOverThenShown() {
		end(End.EXPIRED);
		assertThat(Browser.body(this.browser.navigate("/public"))).isEqualTo("public");
	}

	@Test // D4
	void errorPageWhenSsoSessionIsOverThenShowsNobody() {
		end(End.EXPIRED);
		var dispatch = this.browser.mvc().get().uri("/error").with((request) -> {
			request.setDispatcherType(DispatcherType.ERROR);
			request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 404);
			request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, "/nowhere");
			return request;
		});
		assertThat(Browser.body(this.browser.exchange(dispatch))).isEqualTo("error page for null");
	}

	@Test
	void sessionWhenNotYetOverThenGoesOn() {
		this.application.clock().advance(Duration.ofMinutes(59));
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@ParameterizedTest // H1
	@EnumSource
	void endWhenSeveralRequestsAreUnderWayThenToldOfOnce(End end) {
		end(end);
		MockHttpSession copy = TestHttpSessions.copyOf(this.browser.requireSession());
		this.browser.fetch("/items");
		this.browser.useSession(copy);
		assertThat(Browser.body(this.browser.fetch("/items"))).contains("session_ended");
		assertThat(this.application.sessionEvents()).containsExactly(new SsoSessionEndedEvent(
				UltraCartUser.with(42, "Jane!ops").build(), (end == End.EXPIRED) ? Reason.EXPIRED : Reason.KEY_LOST));
	}

	@Test
	void endWhenKeyHasExpiredThenNotRevoked() {
		end(End.EXPIRED);
		this.browser.fetch("/items");
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // D4
	void sessionWhenMaximumAgeIsReachedThenEndsAndKeyRevoked() {
		restart(TestSettings.maxAge(Duration.ofMinutes(20)));
		this.application.clock().advance(Duration.ofMinutes(20).minusNanos(1));
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(Duration.ofNanos(1));
		assertThat(Browser.body(this.browser.fetch("/items"))).contains("session_ended");
		assertThat(this.browser.session()).isNull();
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.application.sessionEvents())
			.containsExactly(new SsoSessionEndedEvent(UltraCartUser.with(42, "Jane!ops").build(), Reason.EXPIRED));
	}

	@Test // D4
	void sessionWhenRefreshedThenMaximumAgeStillCountsFromTheLogin() {
		restart(TestSettings.maxAge(Duration.ofMinutes(20), Duration.ofMinutes(15)));
		this.application.clock().advance(Duration.ofMinutes(15));
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		assertThat(this.client.read()).hasSize(3);
		this.application.clock().advance(Duration.ofMinutes(5));
		assertThat(this.browser.fetch("/items").getStatus()).isEqualTo(401);
	}

	@Test // D4
	void sessionWhenUltraCartDoesNotSayWhenItEndsThenAsThePolicySays() {
		restart(TestSettings.unknownExpiryMaxAge(Duration.ofMinutes(10)));
		this.application.clock().advance(Duration.ofMinutes(10).minusNanos(1));
		assertThat(this.browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(Duration.ofNanos(1));
		assertThat(this.browser.fetch("/items").getStatus()).isEqualTo(401);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
	void navigationWhenSessionsEndAtOnceAgainAndAgainThenExplained(End end) {
		endAgainAndAgain(end);
		assertThat(whereNavigationLeads()).isEqualTo("/login?error=session_ended");
	}

	@Test
	void navigationWhenSessionsExpireAgainAndAgainThenSilentlyThroughLogin() {
		endAgainAndAgain(End.EXPIRED);
		assertSilentlyThroughLogin();
	}

	@Test
	void navigationWhenSessionsThatEndHaveLastedThenSilentlyThroughLogin() {
		for (int i = 0; i < 2 * LoginLoop.MAX_RETURNS; i++) {
			end(End.ABSENT);
			assertSilentlyThroughLogin();
			signInTo("/items");
			this.application.clock().advance(Duration.ofSeconds(15));
		}
	}

	@Test
	void navigationWhenSessionThatTheUserBeganEndsAtOnceThenSilentlyThroughLogin() {
		end(End.ABSENT);
		assertSilentlyThroughLogin();
	}

	@Test
	void navigationWhenExplainedThenNextLoginIsTheUsersOwn() {
		endAgainAndAgain(End.ABSENT);
		assertThat(whereNavigationLeads()).isEqualTo("/login?error=session_ended");
		this.browser.signIn("code");
		end(End.ABSENT);
		assertSilentlyThroughLogin();
	}

	@Test
	void navigationWhenInstancesCannotOpenEachOthersKeysThenExplainedAndNotRoundInCircles() {
		for (int i = 1; i < LoginLoop.MAX_RETURNS; i++) {
			end(End.CANNOT_BE_OPENED);
			String startUrl = Browser.location(this.browser.navigate("/items"));
			this.browser = restart();
			this.browser.callback(Browser.stateOf(this.browser.navigate(startUrl)), "code");
		}
		end(End.CANNOT_BE_OPENED);
		assertThat(whereNavigationLeads()).isEqualTo("/login?error=session_ended");
	}

	@Test
	void navigationWhenExplainedByTheApplicationsOwnPageThenGoesThere() {
		this.application.withBean("settings", TestSettings.loginPage("/public"));
		this.browser = restart();
		this.application.clock().advance(LoginLoop.MEMORY);
		signInTo("/items");
		endAgainAndAgain(End.ABSENT);
		assertThat(whereNavigationLeads()).isEqualTo("/public?error=session_ended");
	}

	/**
	 * Ends sessions until one more login would be a loop, and the last session too.
	 */
	private void endAgainAndAgain(End end) {
		for (int i = 1; i < LoginLoop.MAX_RETURNS; i++) {
			end(end);
			assertSilentlyThroughLogin();
			signInTo("/items");
		}
		end(end);
	}

	private void assertSilentlyThroughLogin() {
		assertThat(whereNavigationLeads()).startsWith("https://secure.ultracart.com/");
	}

	private String whereNavigationLeads() {
		return Browser.location(this.browser.navigate(Browser.location(this.browser.navigate("/items"))));
	}

	private void restart(SsoSessionPolicy policy) {
		this.application.withPolicy(policy);
		this.browser = restart();
		signInTo("/items");
		this.application.sessionEvents().clear();
	}

	private MockHttpServletResponse signInTo(String url) {
		return this.browser.signIn("code", url);
	}

	private void end(End end) {
		switch (end) {
			case EXPIRED -> this.application.clock().advance(Duration.ofHours(1));
			case ABSENT -> {
				HttpSession session = this.browser.requireSession();
				Collections.list(session.getAttributeNames())
					.stream()
					.filter((name) -> name.endsWith(".SSO_SESSION"))
					.forEach(session::removeAttribute);
			}
			case CANNOT_BE_OPENED -> {
				// as after a restart, when the random key of the process is another
				MockHttpSession restored = TestHttpSessions.copyOf(this.browser.requireSession());
				this.browser = restart();
				this.browser.useSession(restored);
			}
		}
	}

	private Browser restart() {
		this.application.context().close();
		Browser restarted = this.application.start(DefaultChain.class);
		restarted.addCookies(this.browser.cookies());
		return restarted;
	}

	/**
	 * How an SSO session comes to be over.
	 */
	enum End {

		EXPIRED, ABSENT, CANNOT_BE_OPENED

	}

}
