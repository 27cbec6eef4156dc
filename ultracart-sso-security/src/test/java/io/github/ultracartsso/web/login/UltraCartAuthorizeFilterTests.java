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

package io.github.ultracartsso.web.login;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.assertArg;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartAuthorizeFilter}.
 */
class UltraCartAuthorizeFilterTests {

	private static final String START_URL = "/ultracart/authorize";

	private static final Instant NOW = TestSsoSessions.NOW;

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final PendingLoginRepository pendingLogins = new HttpSessionPendingLoginRepository();

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final AuthenticationEventPublisher events = mock(AuthenticationEventPublisher.class);

	private final MockHttpServletRequest request = TestRequests.navigation(START_URL);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain chain = new MockFilterChain();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final LoginStartBudget budget = new LoginStartBudget(1);

	private @Nullable AuthenticationException failure;

	private final UltraCartAuthorizeFilter filter = filter();

	private UltraCartAuthorizeFilter filter() {
		TestClock clock = new TestClock(NOW);
		this.budget.setClock(clock);
		UltraCartLoginSettings settings = UltraCartLoginSettings.DEFAULTS
			.withRedirectUris(new RedirectUris(RedirectUris.DEFAULT_TEMPLATE, List.of("app.example.com")));
		UltraCartLoginService loginService = new UltraCartLoginService(this.client, settings, this.budget,
				new SsoSessions(SsoSessionPolicy.DEFAULTS));
		loginService.setClock(clock);
		UltraCartAuthorizeFilter created = new UltraCartAuthorizeFilter(
				PathPatternRequestMatcher.pathPattern(START_URL), loginService, this.pendingLogins,
				new ReturnTargets(this.sealer, List.of(START_URL)), new LoginLoopBreaker(clock));
		created.setAuthenticationFailureHandler((request, response, ex) -> this.failure = ex);
		created.setAuthenticationEventPublisher(this.events);
		created.setSecurityContextHolderStrategy(this.strategy);
		return created;
	}

	@Test
	void doFilterWhenOtherUrlThenChainContinues() throws Exception {
		MockHttpServletRequest other = TestRequests.navigation("/items");
		this.filter.doFilter(other, this.response, this.chain);
		assertThat(this.chain.getRequest()).isSameAs(other);
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test // C5
	void doFilterWhenNavigationThenFoundAtLoginUrl() throws Exception {
		start();
		assertThat(this.response.getStatus()).isEqualTo(302);
		assertThat(this.response.getHeader("Location")).isEqualTo(FakeUltraCartSsoClient.LOGIN_URL);
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store");
		assertThat(this.response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(this.client.authorized()).singleElement()
			.satisfies((sent) -> assertThat(sent.redirectUri()).isEqualTo("https://app.example.com/login/ultracart"));
		assertThat(this.chain.getRequest()).isNull();
	}

	@Test
	void doFilterWhenTargetSealedThenRemembered() throws Exception {
		this.request.setParameter("target", this.sealer.seal("0 /items?page=2"));
		start();
		assertThat(pendingLogin().target()).isEqualTo(new ReturnTarget("/items?page=2", Instant.EPOCH, false));
	}

	@ParameterizedTest
	@CsvSource({ "0, true", "1, true", "-1, false" })
	void doFilterWhenUserHasSignedInSinceTheTargetWasSealedThenTargetWithoutCall(long millis, boolean served)
			throws Exception {
		this.strategy.getContext()
			.setAuthentication(new TestingAuthenticationToken("jane", null,
					List.of(FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO")
						.issuedAt(NOW.plusMillis(millis))
						.build())));
		this.request.setParameter("target", this.sealer.seal(NOW.toEpochMilli() + "! /items?page=2"));
		start();
		assertThat("/items?page=2".equals(this.response.getRedirectedUrl())).isEqualTo(served);
		assertThat(this.client.authorized()).hasSize(served ? 0 : 1);
		assertThat(this.request.getSession(false) == null).isEqualTo(served);
	}

	@Test
	void doFilterWhenUserIsSignedInButUnknownToThePageThenLoopIsBroken() throws Exception {
		this.strategy.getContext()
			.setAuthentication(new TestingAuthenticationToken("jane", null,
					List.of(FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO")
						.issuedAt(NOW.minusSeconds(60))
						.build())));
		Cookie[] cookies = {};
		for (int i = 0; i < 5; i++) {
			MockHttpServletRequest round = TestRequests.navigation(START_URL);
			round.setParameter("target", this.sealer.seal(NOW.toEpochMilli() + " /items"));
			round.setCookies(cookies);
			MockHttpServletResponse answer = new MockHttpServletResponse();
			this.filter.doFilter(round, answer, this.chain);
			assertThat(answer.getRedirectedUrl()).isEqualTo("/items");
			cookies = answer.getCookies();
		}
		this.request.setParameter("target", this.sealer.seal(NOW.toEpochMilli() + " /items"));
		this.request.setCookies(cookies);
		start();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login?error=session_ended");
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test // C2
	void doFilterWhenTargetNotSealedThenNone() throws Exception {
		this.request.setParameter("target", "https://evil.example");
		start();
		assertThat(pendingLogin().target()).isNull();
	}

	@ParameterizedTest // D9
	@ValueSource(strings = { "POST", "PUT", "DELETE", "HEAD", "OPTIONS" })
	void doFilterWhenNotGetThenMethodNotAllowed(String method) throws Exception {
		refused(TestRequests.navigation(method, START_URL), 405);
		assertThat(this.response.getHeader("Allow")).isEqualTo("GET");
	}

	@Test // D9
	void doFilterWhenFetchThenBadRequest() throws Exception {
		refused(TestRequests.fetch(START_URL), 400);
	}

	@Test // D9
	void doFilterWhenPrefetchThenBadRequest() throws Exception {
		this.request.addHeader("Sec-Purpose", "prefetch;prerender");
		refused(this.request, 400);
	}

	@ParameterizedTest
	@CsvSource({ "CREDENTIAL_REJECTED, APPLICATION_REJECTED", "APPLICATION_DISABLED, APPLICATION_DISABLED",
			"RATE_LIMITED, BUSY", "INVALID_REQUEST, UNAVAILABLE", "REFUSED, UNAVAILABLE", "SERVER_ERROR, UNAVAILABLE",
			"NO_RESPONSE, UNAVAILABLE", "INVALID_RESPONSE, UNAVAILABLE" })
	void doFilterWhenUltraCartRefusesThenFailsWithoutSession(UltraCartApiFailure failure, UltraCartLoginError error)
			throws Exception {
		this.client.onAuthorize((sent) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		failed(error);
	}

	@ParameterizedTest // C3
	@ValueSource(strings = { "https://evil.example/login", "http://secure.ultracart.com/login",
			"https://secure.ultracart.com/\r\nSet-Cookie: a=b" })
	void doFilterWhenLoginUrlIsNotUltraCartsThenFails(String loginUrl) throws Exception {
		this.client.onAuthorize((sent) -> new SingleSignOnAuthorizeResponse(loginUrl, null));
		failed(UltraCartLoginError.UNAVAILABLE);
		assertThat(this.response.getHeader("Location")).isNull();
	}

	@Test // C4
	void doFilterWhenRedirectUriWouldBePlainThenFailsWithoutCall() throws Exception {
		this.request.setScheme("http");
		failed(UltraCartLoginError.UNAVAILABLE);
		assertThat(this.client.authorized()).isEmpty();
		assertThat(this.failure).hasMessageContaining("ultracart.sso.redirect-uri");
	}

	@ParameterizedTest // C4
	@CsvSource({ "127.0.0.1, X-Other, true", "203.0.113.7, X-Other, false", "127.0.0.1, X-Forwarded-For, false" })
	void doFilterWhenLoopbackHostThenOnlyForLocalRequests(String address, String header, boolean starts)
			throws Exception {
		this.request.setServerName("localhost");
		this.request.setRemoteAddr(address);
		this.request.addHeader(header, "203.0.113.7");
		start();
		assertThat(this.client.authorized()).hasSize(starts ? 1 : 0);
	}

	@Test // G5
	void doFilterWhenBudgetSpentThenBusyWithoutCallOrSession() throws Exception {
		this.filter.doFilter(TestRequests.navigation(START_URL), new MockHttpServletResponse(), this.chain);
		this.client.authorized().clear();
		failed(UltraCartLoginError.BUSY);
		assertThat(this.client.authorized()).isEmpty();
		assertThat(this.failure).hasMessageContaining("ultracart.sso.login.max-starts-per-hour").hasNoCause();
	}

	@Test
	void doFilterWhenRedirectLoopThenExplainedOnTheSignInPageAndNotByTheFailureHandler() throws Exception {
		returnFiveTimes();
		start();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login?error=session_ended");
		assertThat(this.failure).isNull();
		assertThat(this.client.authorized()).isEmpty();
		assertThat(this.budget.untilNextStart(new StartingBrowser("192.0.2.1", null))).isZero();
		assertThat(this.request.getSession(false)).isNull();
		then(this.events).should()
			.publishAuthenticationFailure(
					assertArg((ex) -> assertThat(ex).isInstanceOfSatisfying(UltraCartLoginException.class,
							(login) -> assertThat(login.getError()).isEqualTo(UltraCartLoginError.SESSION_ENDED))),
					any());
		then(this.events).shouldHaveNoMoreInteractions();
	}

	@Test
	void doFilterWhenRedirectLoopAndOwnPageThenExplainedThere() throws Exception {
		this.filter.setLoginPage("/sign-in");
		returnFiveTimes();
		start();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/sign-in?error=session_ended");
	}

	@Test
	void doFilterWhenRedirectLoopButNoLoginIsStartedThenCountStays() throws Exception {
		returnFiveTimes();
		this.request.addHeader("Sec-Purpose", "prefetch");
		refused(this.request, 400);
		assertThat(this.response.getHeader("Set-Cookie")).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setAuthenticationEventPublisher(null))
			.withMessage("authenticationEventPublisher cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setAuthenticationFailureHandler(null))
			.withMessage("failureHandler cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setLoginPage(""))
			.withMessage("loginPage cannot be empty");
	}

	private void returnFiveTimes() {
		String now = String.valueOf(NOW.toEpochMilli());
		this.request.setCookies(new Cookie("ULTRACART_SSO_RETURNS", String.join(".", Collections.nCopies(5, now))));
	}

	private void start() throws Exception {
		this.filter.doFilter(this.request, this.response, this.chain);
	}

	private void refused(MockHttpServletRequest request, int status) throws Exception {
		this.filter.doFilter(request, this.response, this.chain);
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.client.authorized()).isEmpty();
		assertThat(request.getSession(false)).isNull();
		assertThat(this.chain.getRequest()).isNull();
	}

	private void failed(UltraCartLoginError error) throws Exception {
		start();
		assertThat(this.failure).isInstanceOfSatisfying(UltraCartLoginException.class,
				(ex) -> assertThat(ex.getError()).isEqualTo(error));
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.chain.getRequest()).isNull();
		then(this.events).should().publishAuthenticationFailure(any(UltraCartLoginException.class), any());
		then(this.events).shouldHaveNoMoreInteractions();
	}

	private PendingLogin pendingLogin() {
		return Objects.requireNonNull(this.pendingLogins.removePendingLogin(this.client.authorized().get(0).state(),
				this.request, this.response));
	}

}
