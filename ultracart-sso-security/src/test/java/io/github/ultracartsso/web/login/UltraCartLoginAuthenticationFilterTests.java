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

import org.junit.jupiter.params.provider.MethodSource;
import java.util.stream.Stream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.SsoSessionEnd;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestRequests;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.event.InteractiveAuthenticationSuccessEvent;
import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.util.WebUtils;

import static org.mockito.Mockito.never;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.assertArg;
import static org.mockito.ArgumentMatchers.same;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartLoginAuthenticationFilter}.
 */
class UltraCartLoginAuthenticationFilterTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(
			UltraCartUser.with(42, "Jane!ops").build(), List.of());

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private final PendingLoginRepository pendingLogins = new HttpSessionPendingLoginRepository();

	private final SsoSessionRepository repository = new HttpSessionSsoSessionRepository(
			EncryptionKeys.random().sealer("test"));

	private final AuthenticationEventPublisher events = mock(AuthenticationEventPublisher.class);

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final TestClock clock = new TestClock(NOW);

	private final List<Object> reports = new ArrayList<>();

	private final List<Object> published = new ArrayList<>();

	private SsoSessions ssoSessions = ssoSessions(IpLock.OFF);

	private UltraCartLoginAuthenticationFilter filter = newFilter(
			PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/login/ultracart"), this.repository);

	private final MockHttpSession session = new MockHttpSession();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private MockHttpServletRequest request = TestRequests.callback("state", "code");

	private AuthenticationManager manager = (attempt) -> JANE;

	private @Nullable AuthenticationException failure;

	@BeforeEach
	void setUp() {
		startLogin("state");
		this.filter.setApplicationEventPublisher(this.published::add);
	}

	@Test
	void doFilterWhenCallbackOfPendingLoginThenSignedInAndKeyKept() throws Exception {
		callback();
		assertThat(this.failure).isNull();
		assertThat(this.strategy.getContext().getAuthentication()).isEqualTo(JANE);
		assertThat(this.client.exchanged()).containsExactly("code");
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).isNotNull().satisfies((kept) -> {
			assertThat(kept.simpleKey()).isEqualTo(FakeUltraCartSsoClient.keyOf("code"));
			assertThat(kept.registrationId()).isEqualTo("ultracart");
			assertThat(kept.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
			assertThat(kept.ipAddress()).isNull();
		});
	}

	@Test
	void doFilterThenTokenActsForTheSsoSession() throws Exception {
		callback();
		SsoSession kept = Objects.requireNonNull(kept());
		assertThat(this.strategy.getContext().getAuthentication())
			.isInstanceOfSatisfying(UltraCartAuthenticationToken.class, (token) -> {
				assertThat(token.getSsoSessionId()).isEqualTo(kept.id());
				assertThat(token.simpleKeySupplier()).isNotNull()
					.satisfies((supplier) -> assertThat(supplier.get()).isEqualTo(kept.simpleKey()));
			});
	}

	@Test
	void doFilterWhenUltraCartSaysHowLongAndWhereFromThenKept() throws Exception {
		this.client.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code),
				"2026-11-21T15:00:00-05:00", "203.0.113.7"));
		callback();
		assertThat(kept()).isNotNull().satisfies((kept) -> {
			assertThat(kept.expiresAt()).isEqualTo(Instant.parse("2026-11-21T20:00:00Z"));
			assertThat(kept.ipAddress()).isEqualTo("203.0.113.7");
		});
	}

	@Test // B4
	void doFilterWhenSucceededOrFailedThenNothingIsCachedOrReferred() throws Exception {
		callback();
		assertThat(this.response.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store");
		MockHttpServletResponse refused = new MockHttpServletResponse();
		this.filter.doFilter(this.request, refused, new MockFilterChain());
		assertThat(refused.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(refused.getHeader("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void doFilterWhenSucceededOrFailedThenCountedBeforeTheAnswerIsCommitted() throws Exception {
		this.filter.setAuthenticationSuccessHandler((request, response,
				authentication) -> assertThat(times((MockHttpServletResponse) response)).isNotNull());
		callback();
		assertThat(times(this.response)).isEqualTo(String.valueOf(NOW.toEpochMilli()));
		this.filter.setAuthenticationFailureHandler(
				(request, response, ex) -> assertThat(times((MockHttpServletResponse) response)).isNotNull());
		this.clock.advance(Duration.ofSeconds(1));
		MockHttpServletRequest again = TestRequests.callback("other", "code");
		again.setCookies(this.response.getCookies());
		MockHttpServletResponse refused = new MockHttpServletResponse();
		this.filter.doFilter(again, refused, new MockFilterChain());
		assertThat(times(refused)).isEqualTo(NOW.toEpochMilli() + "." + NOW.plusSeconds(1).toEpochMilli());
	}

	@Test
	void doFilterWhenTargetPendingThenSavedRequestOfCallback() throws Exception {
		callback();
		assertThat(new UltraCartRequestCache(mock()).getRequest(this.request, this.response))
			.satisfies((saved) -> assertThat(saved.getRedirectUrl()).isEqualTo("/items"));
	}

	@ParameterizedTest // A8
	@ValueSource(strings = { "HEAD", "POST", "PUT", "DELETE", "OPTIONS" })
	void doFilterWhenNotGetThenChainContinuesAndStateIsNotSpent(String method) throws Exception {
		this.request.setMethod(method);
		ignored();
		this.request.setMethod("GET");
		callback();
		assertThat(this.failure).isNull();
	}

	@ParameterizedTest // A8
	@ValueSource(strings = { "/login", "/login/ultracart/", "/login/ultracart/x", "/LOGIN/ULTRACART",
			"/login/ultracart.json" })
	void doFilterWhenOtherPathThenChainContinues(String path) throws Exception {
		this.request.setRequestURI(path);
		this.request.setServletPath(path);
		ignored();
	}

	@Test // A2
	void doFilterWhenUnknownStateThenNoExchange() throws Exception {
		this.request = TestRequests.callback("other", "code");
		refused(UltraCartLoginError.UNKNOWN_STATE);
	}

	@Test // A2, A9
	void doFilterWhenStateOfOtherSessionThenNoExchange() throws Exception {
		this.request.setSession(new MockHttpSession());
		callback(UltraCartLoginError.UNKNOWN_STATE);
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test // D9
	void doFilterWhenNoSessionThenNoneCreated() throws Exception {
		this.request = TestRequests.callback("state", "code");
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.client.exchanged()).isEmpty();
	}

	@Test // A3
	void doFilterWhenRepeatedThenOneExchange() throws Exception {
		callback();
		this.request = TestRequests.callback("state", "code");
		this.strategy.clearContext();
		callback(UltraCartLoginError.UNKNOWN_STATE);
		assertThat(this.client.exchanged()).hasSize(1);
		assertThat(kept()).isNotNull();
	}

	@Test // A5
	void doFilterWhenPendingTooLongThenNoExchange() throws Exception {
		this.clock.advance(Duration.ofMinutes(10));
		refused(UltraCartLoginError.EXPIRED);
	}

	@ParameterizedTest // A12
	@CsvSource({ "access_denied, DENIED", "invalid_request, EXPIRED" })
	void doFilterWhenUltraCartReportsErrorThenStateIsSpent(String error, UltraCartLoginError expected)
			throws Exception {
		this.request.removeParameter("code");
		this.request.setParameter("error", error);
		refused(expected);
		this.request = TestRequests.callback("state", "code");
		refused(UltraCartLoginError.UNKNOWN_STATE);
	}

	@Test // A7
	void doFilterWhenMalformedThenNoExchange() throws Exception {
		this.request.addParameter("code", "another");
		refused(UltraCartLoginError.INVALID_RESPONSE);
	}

	@ParameterizedTest
	@CsvSource({ "INVALID_REQUEST, INVALID_CODE", "CREDENTIAL_REJECTED, APPLICATION_REJECTED",
			"APPLICATION_DISABLED, APPLICATION_DISABLED", "RATE_LIMITED, BUSY", "REFUSED, UNAVAILABLE",
			"SERVER_ERROR, UNAVAILABLE", "NO_RESPONSE, UNAVAILABLE", "INVALID_RESPONSE, UNAVAILABLE" })
	void doFilterWhenExchangeFailsThenNotRepeated(UltraCartApiFailure failure, UltraCartLoginError expected)
			throws Exception {
		this.client.onExchange((code) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		callback(expected);
		assertThat(this.client.exchanged()).hasSize(1);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // D4
	void doFilterWhenKeyHasExpiredThenRevokedNevertheless() throws Exception {
		this.client.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code),
				"2026-11-21T07:00:00-05:00", null));
		failedAndRevoked(UltraCartLoginError.EXPIRED);
	}

	@Test // E8
	void doFilterWhenUserCannotBeReadThenRevoked() throws Exception {
		this.manager = (attempt) -> {
			throw new UltraCartLoginException(UltraCartLoginError.UNAVAILABLE, "down");
		};
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
	}

	@Test // G6
	void doFilterWhenManagerIsBrokenThenRevoked() throws Exception {
		this.manager = (attempt) -> {
			throw new IllegalStateException("broken");
		};
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
	}

	@Test // E8
	void doFilterWhenApplicationRefusesThenRevoked() throws Exception {
		this.manager = (attempt) -> {
			throw new BadCredentialsException("not you");
		};
		callback();
		assertThat(this.failure).isInstanceOf(BadCredentialsException.class);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(kept()).isNull();
	}

	@Test // D3, H1
	void doFilterWhenSessionControlRefusesThenRevokedAndPublishedOnce() throws Exception {
		this.filter.setSessionAuthenticationStrategy((authentication, request, response) -> {
			throw new SessionAuthenticationException("too many");
		});
		callback();
		assertThat(this.failure).isInstanceOf(SessionAuthenticationException.class);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
		then(this.events).should().publishAuthenticationFailure(any(UltraCartLoginException.class), any());
		then(this.events).shouldHaveNoMoreInteractions();
	}

	@Test // H1
	void doFilterWhenApplicationThrowsItsOwnExceptionThenPublishedAsDenial() throws Exception {
		AuthenticationException own = new AuthenticationException("not on the list") {
		};
		this.filter.setAuthenticationManager((attempt) -> {
			throw own;
		});
		callback();
		assertThat(this.failure).isSameAs(own);
		then(this.events).should()
			.publishAuthenticationFailure(
					assertArg((ex) -> assertThat(ex).isInstanceOf(UltraCartLoginException.class).hasCause(own)), any());
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test
	void doFilterWhenSuccessHandlerForwardsThenKeyStaysWithItsSession() throws Exception {
		UltraCartLoginAuthenticationFilter filter = newFilter(
				(request) -> request.getRequestURI().startsWith("/login/ultracart"), this.repository);
		filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			((MockHttpServletRequest) request).setRequestURI("/welcome");
			filter.doFilter(request, response, new MockFilterChain());
		});
		this.request.setSession(this.session);
		filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).isNotNull();
	}

	@Test // B3
	void doFilterWhenAnswerFailsThenOldKeyIsRevokedNevertheless() throws Exception {
		signedIn(JANE);
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			throw new IOException("connection closed");
		});
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE, "old-key", "key-of-code");
	}

	@Test // E8
	void doFilterWhenStoreFailsAltogetherThenObtainedKeyIsRevoked() throws Exception {
		SsoSessionRepository down = mock(SsoSessionRepository.class);
		given(down.loadSsoSession(any())).willThrow(new IllegalStateException("down"));
		this.filter = newFilter((request) -> true, down);
		callback();
		assertThat(this.failure).isInstanceOf(UltraCartLoginServiceException.class);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test // H1
	void doFilterWhenMapperSaysAServiceFailedThenPublishedAsServiceFailure() throws Exception {
		this.filter.setAuthenticationManager((attempt) -> {
			throw new InternalAuthenticationServiceException("database down");
		});
		callback();
		then(this.events).should()
			.publishAuthenticationFailure(
					assertArg((ex) -> assertThat(ex).isExactlyInstanceOf(UltraCartLoginServiceException.class)), any());
	}

	@Test // G6
	void doFilterWhenSessionStoreIsBrokenThenRevokedAndChainDoesNotContinue() throws Exception {
		this.filter.setSessionAuthenticationStrategy((authentication, request, response) -> {
			throw new IllegalStateException("broken");
		});
		MockFilterChain chain = new MockFilterChain();
		this.request.setSession(this.session);
		this.filter.doFilter(this.request, this.response, chain);
		assertThat(this.failure).isInstanceOfSatisfying(UltraCartLoginException.class,
				(ex) -> assertThat(ex.getError()).isEqualTo(UltraCartLoginError.UNAVAILABLE));
		then(this.events).should().publishAuthenticationFailure(same(Objects.requireNonNull(this.failure)), any());
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(chain.getRequest()).isNull();
	}

	@Test // G6
	void doFilterWhenKeyCannotBeKeptThenRevoked() throws Exception {
		this.filter = newFilter((request) -> true, new BrokenRepository());
		callback();
		assertThat(this.failure).hasMessageContaining("failed to sign the user in");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
	}

	@ParameterizedTest // G6
	@MethodSource
	void doFilterWhenSuccessHandlerFailsThenFailedLogin(Exception exception) throws Exception {
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> throwAny(exception));
		this.session.setAttribute("cart", "3 items");
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
		assertThat(this.session.isInvalid()).isTrue();
		then(this.events).should(never()).publishAuthenticationSuccess(any());
		assertThat(this.published).noneMatch(InteractiveAuthenticationSuccessEvent.class::isInstance);
	}

	static Stream<Exception> doFilterWhenSuccessHandlerFailsThenFailedLogin() {
		return Stream.of(new ServletException("no page"), new IOException("connection closed"),
				new IllegalStateException("the session store is down"));
	}

	@Test // G6
	void doFilterWhenSuccessHandlerDeniesThenFailedLogin() throws Exception {
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			throw new DisabledException("not you");
		});
		callback();
		assertThat(this.failure).isInstanceOf(DisabledException.class);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.session.isInvalid()).isTrue();
		then(this.events).should(never()).publishAuthenticationSuccess(any());
	}

	@Test
	void doFilterWhenSuccessHandlerFailsAfterTheResponseThenSignedIn() {
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			response.sendRedirect("/items");
			throw new IllegalStateException("too late");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::callback).withMessage("too late");
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).isNotNull();
		then(this.events).should().publishAuthenticationSuccess(any());
	}

	@Test // G6
	void doFilterWhenSessionCannotBeWrittenWithTheResponseThenFailedLogin() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse() {

			@Override
			public void flushBuffer() {
				throw new IllegalStateException("the session store is down");
			}

		};
		this.filter.setAuthenticationSuccessHandler(
				(request, responseOfHandler, authentication) -> responseOfHandler.getWriter().write("welcome"));
		this.request.setSession(this.session);
		this.filter.doFilter(this.request, response, new MockFilterChain());
		assertThat(this.failure).hasMessageContaining("failed to sign the user in");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.session.isInvalid()).isTrue();
		then(this.events).should(never()).publishAuthenticationSuccess(any());
	}

	@Test // G6
	void doFilterWhenSessionCannotBeInvalidatedEitherThenFailedLogin() throws Exception {
		MockHttpSession stubborn = new MockHttpSession() {

			@Override
			public void invalidate() {
				throw new IllegalStateException("the session store is down");
			}

		};
		this.request.setSession(stubborn);
		this.pendingLogins.savePendingLogin(pendingLogin("state"), this.request, this.response);
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			throw new IllegalStateException("the session store is down");
		});
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
	}

	@Test
	void doFilterWhenSucceededThenPublishedAfterTheResponse() throws Exception {
		List<String> order = new ArrayList<>();
		willAnswer((call) -> order.add("success event, committed: " + this.response.isCommitted())).given(this.events)
			.publishAuthenticationSuccess(any());
		this.filter.setApplicationEventPublisher((event) -> order.add(event.getClass().getSimpleName()));
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> order.add("handler"));
		callback();
		assertThat(order).containsExactly("handler", "success event, committed: true",
				"InteractiveAuthenticationSuccessEvent");
	}

	@Test // B3
	void doFilterWhenSameUserThenSessionStaysAndOldKeyRevoked() throws Exception {
		signedIn(JANE);
		callback();
		assertThat(this.request.getSession(false)).isSameAs(this.session);
		assertThat(this.session.getAttribute("cart")).isEqualTo("3 items");
		assertThat(this.client.revoked()).containsExactly("old-key");
		assertThat(kept()).extracting((kept) -> kept.simpleKey().value()).isEqualTo("key-of-code");
	}

	@Test
	void doFilterWhenSameUserAndSameKeyThenNotRevoked() throws Exception {
		signedIn(JANE);
		this.client.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf("x"), null, null));
		startLogin("again");
		callback();
		this.request = TestRequests.callback("again", "y");
		callback();
		assertThat(this.client.revoked()).containsExactly("old-key");
	}

	@Test // B3
	void doFilterWhenOtherUserThenFreshSessionAndOldKeyRevoked() throws Exception {
		signedIn(new UltraCartAuthenticationToken(UltraCartUser.with(43, "Jane!ops").build(), List.of()));
		callback();
		assertThat(this.session.isInvalid()).isTrue();
		HttpSession fresh = Objects.requireNonNull(this.request.getSession(false));
		assertThat(fresh.getAttribute("cart")).isNull();
		assertThat(this.client.revoked()).containsExactly("old-key");
		assertThat(kept()).extracting((kept) -> kept.simpleKey().value()).isEqualTo("key-of-code");
	}

	@Test // B3, I6
	void doFilterWhenNamesakeThenFactorsAreNotJoined() throws Exception {
		this.filter.setMfaEnabled(true);
		signedIn(new UltraCartAuthenticationToken(UltraCartUser.with(43, "Jane!ops").build(),
				List.of(new SimpleGrantedAuthority("ROLE_OWNER"))));
		callback();
		assertThat(authorities()).doesNotContain("ROLE_OWNER");
	}

	@Test // B3
	void doFilterWhenSignedInOtherwiseUnderSameNameThenSessionStays() throws Exception {
		signedIn(new TestingAuthenticationToken("Jane!ops", null, "FACTOR_PASSWORD"));
		callback();
		assertThat(this.session.isInvalid()).isFalse();
	}

	@Test // B3
	void doFilterWhenSignedInOtherwiseUnderOtherNameThenFreshSession() throws Exception {
		signedIn(new TestingAuthenticationToken("joe", null, "FACTOR_PASSWORD"));
		callback();
		assertThat(this.session.isInvalid()).isTrue();
	}

	@Test // A10
	void doFilterWhenForeignCallbackThenKeyOfUserStays() throws Exception {
		signedIn(JANE);
		this.request = TestRequests.callback("attackers-state", "attackers-code");
		callback(UltraCartLoginError.UNKNOWN_STATE);
		assertThat(this.session.isInvalid()).isFalse();
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).extracting((kept) -> kept.simpleKey().value()).isEqualTo("old-key");
	}

	@Test // H1
	void doFilterWhenSucceededThenPublishedOnce() throws Exception {
		callback();
		then(this.events).should().publishAuthenticationSuccess(JANE);
		then(this.events).shouldHaveNoMoreInteractions();
	}

	@Test
	void doFilterThenManagerIsGivenTheKeyAndWhereTheUserIs() throws Exception {
		List<Authentication> attempts = new ArrayList<>();
		this.manager = (attempt) -> {
			attempts.add(attempt);
			return JANE;
		};
		callback();
		assertThat(attempts).singleElement().satisfies((attempt) -> {
			assertThat(attempt.getCredentials()).isEqualTo(FakeUltraCartSsoClient.keyOf("code"));
			assertThat(attempt.getDetails()).isEqualTo(new WebAuthenticationDetails(this.request));
		});
	}

	@Test
	void doFilterThenSsoSessionHasUserTimesAndAddress() throws Exception {
		callback();
		assertThat(kept()).isNotNull().satisfies((kept) -> {
			assertThat(kept.userId()).isEqualTo(42);
			assertThat(kept.beganAt()).isEqualTo(NOW);
			assertThat(kept.userReadAt()).isEqualTo(NOW);
			assertThat(kept.clientAddress()).isEqualTo("127.0.0.1");
			assertThat(kept.user()).isNull();
		});
	}

	@Test
	void doFilterThenContextIsSavedWhereItIsSaidTo() throws Exception {
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		this.filter.setSecurityContextRepository(contexts);
		callback();
		then(contexts).should().saveContext(new SecurityContextImpl(JANE), this.request, this.response);
	}

	@Test
	void doFilterWhenNoSuccessHandlerIsSetThenKeyStaysWithItsSession() throws Exception {
		UltraCartLoginAuthenticationFilter filter = new UltraCartLoginAuthenticationFilter((request) -> true,
				loginService(), this.pendingLogins, sessions(this.repository), new LoginLoopBreaker(this.clock));
		filter.setAuthenticationManager(this.manager);
		filter.setSecurityContextHolderStrategy(this.strategy);
		this.request.setSession(this.session);
		filter.doFilter(this.request, this.response, new MockFilterChain());
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/");
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).isNotNull();
	}

	@Test // A3
	void doFilterWhenSignedInUserRepeatsTheirCallbackThenRedirectedToItsTarget() throws Exception {
		callback();
		List<Authentication> answered = new ArrayList<>();
		this.filter.setAuthenticationSuccessHandler((request, response, current) -> answered.add(current));
		this.request = TestRequests.callback("state", "code");
		callback();
		assertThat(this.failure).isNull();
		assertThat(answered).containsExactly(JANE);
		assertThat(new UltraCartRequestCache(mock()).getRequest(this.request, this.response))
			.satisfies((saved) -> assertThat(saved.getRedirectUrl()).isEqualTo("/items"));
		assertThat(this.client.exchanged()).hasSize(1);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // A3
	void doFilterWhenAnotherUserRepeatsTheCallbackThenRefused() throws Exception {
		callback();
		signedIn(new UltraCartAuthenticationToken(UltraCartUser.with(43, "Joe!ops").build(), List.of()));
		this.request = TestRequests.callback("state", "code");
		callback(UltraCartLoginError.UNKNOWN_STATE);
	}

	@Test // B2
	void doFilterWhenEnforcedAndUltraCartSawAnotherAddressThenRevoked() throws Exception {
		lock(IpLock.ENFORCE);
		seenFromElsewhere();
		failedAndRevoked(UltraCartLoginError.IP_MISMATCH);
	}

	@Test // B2, H1
	void doFilterWhenWarnedAndUltraCartSawAnotherAddressThenSignedInAndReported() throws Exception {
		lock(IpLock.WARN);
		seenFromElsewhere();
		callback();
		assertThat(this.failure).isNull();
		assertThat(this.reports)
			.contains(new SsoSessionAddressMismatchEvent(JANE.getPrincipal(), "198.51.100.9", "127.0.0.1", false));
	}

	@Test // H1
	void doFilterWhenAddressWasReportedBeforeThenReportedAnewAfterwards() throws Exception {
		lock(IpLock.WARN);
		signedIn(JANE);
		SsoSession before = Objects.requireNonNull(kept());
		this.ssoSessions.judge(before, JANE.getPrincipal(), "198.51.100.9");
		this.ssoSessions.judge(before, JANE.getPrincipal(), "198.51.100.9");
		assertThat(this.reports).hasSize(1);
		this.client
			.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, "127.0.0.1"));
		callback();
		this.ssoSessions.judge(Objects.requireNonNull(kept()), JANE.getPrincipal(), "198.51.100.9");
		assertThat(this.reports).hasSize(2);
	}

	@Test // B2
	void doFilterWhenForeignSessionIsOfAnotherUserThenRefusedAndSessionStays() throws Exception {
		foreignSessionOf(UltraCartUser.with(43, "Joe!ops").build());
		callback(UltraCartLoginError.IP_MISMATCH);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.session.isInvalid()).isFalse();
		assertThat(kept()).extracting((kept) -> kept.simpleKey().value()).isEqualTo("old-key");
	}

	@Test // B2
	void doFilterWhenForeignSessionHasNoOwnerThenRefused() throws Exception {
		foreignSession();
		failedAndRevoked(UltraCartLoginError.IP_MISMATCH);
	}

	@Test // B2
	void doFilterWhenOwnerSignsInFromAnotherAddressThenSessionGoesOn() throws Exception {
		foreignSessionOf(JANE.getPrincipal());
		callback();
		assertThat(this.failure).isNull();
		assertThat(this.session.isInvalid()).isFalse();
		assertThat(this.client.revoked()).containsExactly("old-key");
	}

	@Test // E7, I6
	void doFilterWhenSameUserHasLostPermissionsThenTheyDoNotComeThroughTheEarlierLogin() throws Exception {
		this.filter.setMfaEnabled(true);
		UltraCartUser earlier = UltraCartUser.with(42, "Jane!ops")
			.authorities(AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS"))
			.build();
		signedIn(new UltraCartAuthenticationToken(earlier,
				AuthorityUtils.createAuthorityList("ROLE_EDIT_ITEMS", "FACTOR_PASSWORD")));
		callback();
		assertThat(authorities()).containsExactly("FACTOR_PASSWORD");
	}

	@Test // G6
	void doFilterWhenItFailsAfterTheKeyIsKeptThenNothingIsKept() throws Exception {
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		this.filter.setSecurityContextRepository(contexts);
		this.filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			throw new IllegalStateException("no page");
		});
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
		then(contexts).should().saveContext(new SecurityContextImpl(), this.request, this.response);
	}

	@Test
	void doFilterWhenListenerOfSuccessFailsThenLoggedAndSignedIn() throws Exception {
		willThrow(new IllegalStateException("a listener fails")).given(this.events).publishAuthenticationSuccess(any());
		callback();
		assertThat(this.failure).isNull();
		assertThat(this.client.revoked()).isEmpty();
		assertThat(kept()).isNotNull();
	}

	@Test // G6
	void doFilterWhenContextStoreFailsTooThenFailureIsHandledAndKeyRevoked() throws Exception {
		SecurityContextRepository contexts = mock(SecurityContextRepository.class);
		this.filter.setSecurityContextRepository(contexts);
		willThrow(new IllegalStateException("down")).given(contexts).saveContext(any(), any(), any());
		failedAndRevoked(UltraCartLoginError.UNAVAILABLE);
	}

	@Test // G6
	void doFilterWhenErrorIsThrownThenRevoked() {
		this.manager = (attempt) -> {
			throw new NoClassDefFoundError("broken");
		};
		assertThatExceptionOfType(NoClassDefFoundError.class).isThrownBy(this::callback);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@Test // A3
	void doFilterWhenSecondCallbackComesWhileTheFirstIsExchangedThenItWaitsAndIsRepeated() throws Exception {
		MockHttpServletResponse second = new MockHttpServletResponse();
		this.request.setRequestedSessionId("session");
		this.request.setRequestedSessionIdValid(true);
		MockHttpServletRequest submittedAgain = TestRequests.callback("state", "code");
		submittedAgain.setRequestedSessionId("session");
		submittedAgain.setQueryString("state=state&code=code");
		Thread secondBrowserTab = new Thread(() -> doFilter(submittedAgain, second));
		this.client.onExchange((code) -> {
			secondBrowserTab.start();
			awaitWaiting(secondBrowserTab);
			return new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, null);
		});
		callback();
		secondBrowserTab.join(20_000);
		assertThat(this.failure).isNull();
		assertThat(second.getRedirectedUrl()).isEqualTo("/login/ultracart?state=state&code=code&repeated=1");
		assertThat(this.client.exchanged()).hasSize(1);
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test // A3
	void doFilterWhenCopyOfThePendingLoginIsLeftThenOneExchange() throws Exception {
		callback();
		startLogin("state");
		this.request = TestRequests.callback("state", "code");
		this.strategy.clearContext();
		callback(UltraCartLoginError.UNKNOWN_STATE);
		assertThat(this.client.exchanged()).hasSize(1);
	}

	@Test
	void doFilterWhenAnotherTabOfTheSessionHasJustSignedInThenRepeatedWithoutTheSession() throws Exception {
		startLogin("other");
		this.request.setRequestedSessionId("session");
		this.request.setRequestedSessionIdValid(true);
		callback();
		MockHttpServletRequest other = TestRequests.callback("other", "other-code");
		other.setQueryString("state=other");
		other.setRequestedSessionId("session");
		other.setRequestedSessionIdValid(false);
		MockHttpServletResponse answer = new MockHttpServletResponse();
		this.strategy.clearContext();
		doFilter(other, answer);
		assertThat(answer.getRedirectedUrl()).isEqualTo("/login/ultracart?state=other&repeated=1");
		assertThat(answer.getHeaders("Set-Cookie")).isEmpty();
		assertThat(this.client.exchanged()).containsExactly("code");
		then(this.events).should().publishAuthenticationSuccess(any());
	}

	@ParameterizedTest
	@CsvSource({ "-1, false", "0, true", "1, true" })
	void doFilterWhenUserHasSignedInSinceTheyNeededItThenTargetWithoutExchange(long millis, boolean served)
			throws Exception {
		MockHttpServletRequest start = TestRequests.navigation("/ultracart/authorize");
		start.setSession(this.session);
		this.pendingLogins.savePendingLogin(new PendingLogin("ultracart", "other", NOW, NOW.plusSeconds(600),
				new ReturnTarget("/items", NOW.minusSeconds(60), true)), start, this.response);
		this.request = TestRequests.callback("other", "code");
		signedInAt(NOW.minusSeconds(60).plusMillis(millis));
		callback();
		assertThat("/items".equals(this.response.getRedirectedUrl())).isEqualTo(served);
		assertThat(this.client.exchanged()).hasSize(served ? 0 : 1);
		assertThat(this.client.revoked()).hasSize(served ? 0 : 1);
	}

	@Test
	void doFilterWhenOvertakenAndRepeatedTooOftenThenAsUsual() throws Exception {
		startLogin("other");
		this.request.setRequestedSessionId("session");
		this.request.setRequestedSessionIdValid(true);
		callback();
		MockHttpServletRequest other = TestRequests.callback("other", "other-code");
		other.setRequestedSessionId("session");
		other.setSession(this.session);
		other.addParameter("repeated", Collections.nCopies(10, "1").toArray(String[]::new));
		this.strategy.clearContext();
		doFilter(other, new MockHttpServletResponse());
		assertThat(this.client.exchanged()).containsExactly("code", "other-code");
	}

	@Test
	void doFilterWhenOvertakenAndSignedInOnRepetitionThenTarget() throws Exception {
		startLogin("other");
		this.request.setRequestedSessionId("session");
		this.request.setRequestedSessionIdValid(true);
		callback();
		MockHttpServletRequest other = TestRequests.callback("other", "other-code");
		other.setRequestedSessionId("session");
		other.setSession(this.session);
		other.addParameter("repeated", "1");
		signedInAt(NOW);
		MockHttpServletResponse answer = new MockHttpServletResponse();
		doFilter(other, answer);
		assertThat(answer.getRedirectedUrl()).isEqualTo("/items");
		assertThat(this.client.exchanged()).containsExactly("code");
	}

	@Test
	void doFilterWhenUserHasSignedInSinceTheStartOfALoginWithoutTargetThenExchange() throws Exception {
		MockHttpServletRequest start = TestRequests.navigation("/ultracart/authorize");
		start.setSession(this.session);
		this.pendingLogins.savePendingLogin(pendingLogin("other").withTarget(null), start, this.response);
		this.request = TestRequests.callback("other", "code");
		signedInAt(NOW);
		callback();
		assertThat(this.client.exchanged()).containsExactly("code");
	}

	private void signedInAt(Instant time) {
		signedIn(new UltraCartAuthenticationToken(JANE.getPrincipal(),
				List.of(FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO").issuedAt(time).build())));
	}

	private void doFilter(MockHttpServletRequest request, MockHttpServletResponse response) {
		try {
			this.filter.doFilter(request, response, new MockFilterChain());
		}
		catch (IOException | ServletException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void awaitWaiting(Thread thread) {
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			assertThat(thread.isAlive()).isTrue();
			Thread.onSpinWait();
		}
	}

	private static void throwAny(Exception exception) throws IOException, ServletException {
		if (exception instanceof IOException io) {
			throw io;
		}
		if (exception instanceof ServletException servlet) {
			throw servlet;
		}
		throw (RuntimeException) exception;
	}

	@Test // A11
	void doFilterWhenLoginIsOfAnotherRegistrationThenNoExchange() throws Exception {
		MockHttpServletRequest start = TestRequests.navigation("/ultracart/authorize");
		start.setSession(this.session);
		this.pendingLogins.savePendingLogin(new PendingLogin("other-account", "other",
				NOW.plusSeconds(600).minusSeconds(600), NOW.plusSeconds(600), null), start, this.response);
		this.request = TestRequests.callback("other", "code");
		refused(UltraCartLoginError.UNKNOWN_STATE);
	}

	@Test
	void doFilterThenAttemptNamesTheRegistration() throws Exception {
		this.manager = (attempt) -> {
			assertThat(attempt.getPrincipal()).isEqualTo("ultracart");
			throw new BadCredentialsException("not you");
		};
		callback();
		then(this.events).should()
			.publishAuthenticationFailure(any(),
					assertArg((attempt) -> assertThat(attempt.getPrincipal()).isEqualTo("ultracart")));
	}

	@Test // B3
	void doFilterWhenReplacedSessionCannotBeInvalidatedThenItsKeyIsRevokedToo() throws Exception {
		SsoSessionRepository stubborn = mock(SsoSessionRepository.class);
		given(stubborn.loadSsoSession(any())).willReturn(TestSsoSessions.withKey("old-key"));
		willThrow(new IllegalStateException("down")).given(stubborn).removeSsoSession(any(), any());
		this.filter = newFilter((request) -> true, stubborn);
		signedIn(new UltraCartAuthenticationToken(UltraCartUser.with(43, "Joe!ops").build(), List.of()));
		callback(UltraCartLoginError.UNAVAILABLE);
		assertThat(this.client.revoked()).containsExactlyInAnyOrder("old-key", "key-of-code");
	}

	@Test // B3
	void doFilterWhenListenerFailsAfterTheKeyIsReplacedThenOldKeyIsRevoked() throws Exception {
		lock(IpLock.WARN);
		this.ssoSessions.setApplicationEventPublisher((event) -> {
			throw new IllegalStateException("a listener fails");
		});
		signedIn(JANE);
		seenFromElsewhere();
		callback();
		assertThat(this.failure).isNull();
		assertThat(this.client.revoked()).containsExactly("old-key");
	}

	@Test // B3
	void doFilterWhenLoginsAreCompletedAtOnceThenOneReplacesTheOther() throws Exception {
		List<Boolean> locked = new ArrayList<>();
		SsoSessionRepository watched = mock(SsoSessionRepository.class);
		willAnswer((call) -> locked.add(Thread.holdsLock(WebUtils.getSessionMutex(this.session)))).given(watched)
			.saveSsoSession(any(), any(), any());
		this.filter = newFilter((request) -> true, watched);
		callback();
		assertThat(locked).containsExactly(true);
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		LoginSessions sessions = sessions(this.repository);
		LoginLoopBreaker loopBreaker = new LoginLoopBreaker(this.clock);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginAuthenticationFilter((request) -> true, null, this.pendingLogins,
					sessions, loopBreaker))
			.withMessage("loginService cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginAuthenticationFilter((request) -> true, loginService(), null, sessions,
					loopBreaker))
			.withMessage("pendingLoginRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginAuthenticationFilter((request) -> true, loginService(),
					this.pendingLogins, null, loopBreaker))
			.withMessage("sessions cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartLoginAuthenticationFilter((request) -> true, loginService(),
					this.pendingLogins, sessions, null))
			.withMessage("loopBreaker cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new LoginSessions(null, revoker()))
			.withMessage("repository cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new LoginSessions(this.repository, null))
			.withMessage("revoker cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setAuthenticationEventPublisher(null))
			.withMessage("authenticationEventPublisher cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.filter.setAuthenticationSuccessHandler(null))
			.withMessage("successHandler cannot be null");
	}

	private SsoSessions ssoSessions(IpLock ipLock) {
		SsoSessions created = new SsoSessions(policy(ipLock));
		created.setClock(this.clock);
		created.setApplicationEventPublisher(this.reports::add);
		return created;
	}

	private static SsoSessionPolicy policy(IpLock ipLock) {
		SsoSessionPolicy defaults = SsoSessionPolicy.DEFAULTS;
		return new SsoSessionPolicy(ipLock, defaults.refreshInterval(), defaults.refreshTimeout(), defaults.maxAge(),
				defaults.unknownExpiryMaxAge());
	}

	private void lock(IpLock ipLock) {
		this.ssoSessions = ssoSessions(ipLock);
		this.filter = newFilter((request) -> true, this.repository);
	}

	private UltraCartLoginService loginService() {
		UltraCartLoginService loginService = new UltraCartLoginService(this.client, UltraCartLoginSettings.DEFAULTS,
				new LoginStartBudget(), this.ssoSessions);
		loginService.setClock(this.clock);
		return loginService;
	}

	private SsoSessionRevoker revoker() {
		return new ManualRevocationScheduler(this.clock).newRevoker(this.client, this.ssoSessions);
	}

	private LoginSessions sessions(SsoSessionRepository repository) {
		return new LoginSessions(repository, revoker());
	}

	private UltraCartLoginAuthenticationFilter newFilter(RequestMatcher callbackMatcher,
			SsoSessionRepository repository) {
		UltraCartLoginAuthenticationFilter created = new UltraCartLoginAuthenticationFilter(callbackMatcher,
				loginService(), this.pendingLogins, sessions(repository), new LoginLoopBreaker(this.clock));
		created.setAuthenticationManager((attempt) -> this.manager.authenticate(attempt));
		created.setAuthenticationEventPublisher(this.events);
		created.setSecurityContextHolderStrategy(this.strategy);
		created.setAuthenticationSuccessHandler((request, response, authentication) -> {
		});
		created.setAuthenticationFailureHandler((request, response, ex) -> this.failure = ex);
		return created;
	}

	private void seenFromElsewhere() {
		this.client.onExchange(
				(code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code), null, "198.51.100.9"));
	}

	private void foreignSessionOf(UltraCartUser owner) {
		signedIn(JANE);
		this.strategy.clearContext();
		this.repository.saveSsoSession(TestSsoSessions.builder("old-key").userId(owner.userId()).build(), this.request,
				this.response);
		foreignSession();
	}

	private void foreignSession() {
		this.request.setAttribute(SsoSessionEnd.class.getName(), new SsoSessionEnd(UltraCartLoginError.IP_MISMATCH));
	}

	private void startLogin(String state) {
		MockHttpServletRequest start = TestRequests.navigation("/ultracart/authorize");
		start.setSession(this.session);
		this.pendingLogins.savePendingLogin(pendingLogin(state), start, this.response);
	}

	private static PendingLogin pendingLogin(String state) {
		return new PendingLogin("ultracart", state, NOW, NOW.plus(Duration.ofMinutes(10)),
				new ReturnTarget("/items", Instant.EPOCH, false));
	}

	private void signedIn(Authentication authentication) {
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(authentication);
		this.strategy.setContext(context);
		this.request.setSession(this.session);
		this.session.setAttribute("cart", "3 items");
		this.repository.saveSsoSession(TestSsoSessions.withKey("old-key"), this.request, this.response);
	}

	private void callback() throws Exception {
		if (this.request.getSession(false) == null) {
			this.request.setSession(this.session);
		}
		this.filter.doFilter(this.request, this.response, new MockFilterChain());
	}

	private void callback(UltraCartLoginError expected) throws Exception {
		callback();
		assertThat(this.failure).isInstanceOfSatisfying(UltraCartLoginException.class,
				(ex) -> assertThat(ex.getError()).isEqualTo(expected));
		then(this.events).should().publishAuthenticationFailure(same(Objects.requireNonNull(this.failure)), any());
	}

	private void refused(UltraCartLoginError expected) throws Exception {
		callback(expected);
		assertThat(this.client.exchanged()).isEmpty();
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
	}

	private void failedAndRevoked(UltraCartLoginError expected) throws Exception {
		failedAndRevoked(expected, "key-of-code");
	}

	private void failedAndRevoked(UltraCartLoginError expected, String... keys) throws Exception {
		callback(expected);
		assertThat(this.client.revoked()).containsExactly(keys);
		assertThat(kept()).isNull();
		assertThat(this.strategy.getContext().getAuthentication()).isNull();
	}

	private static @Nullable String times(MockHttpServletResponse response) {
		Cookie cookie = response.getCookie("ULTRACART_SSO_RETURNS");
		return (cookie != null) ? cookie.getValue() : null;
	}

	private void ignored() throws Exception {
		this.request.setSession(this.session);
		MockFilterChain chain = new MockFilterChain();
		this.filter.doFilter(this.request, this.response, chain);
		assertThat(this.response.getHeaders("Set-Cookie")).isEmpty();
		assertThat(chain.getRequest()).isSameAs(this.request);
		assertThat(this.client.exchanged()).isEmpty();
	}

	private @Nullable SsoSession kept() {
		return this.repository.loadSsoSession(this.request);
	}

	private List<String> authorities() {
		return Objects.requireNonNull(this.strategy.getContext().getAuthentication())
			.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.toList();
	}

	private static final class BrokenRepository implements SsoSessionRepository {

		@Override
		public void saveSsoSession(SsoSession ssoSession, HttpServletRequest request, HttpServletResponse response) {
			throw new IllegalStateException("the session store is down");
		}

		@Override
		public @Nullable SsoSession loadSsoSession(HttpServletRequest request) {
			return null;
		}

		@Override
		public void removeSsoSession(HttpServletRequest request, HttpServletResponse response) {
		}

	}

}
