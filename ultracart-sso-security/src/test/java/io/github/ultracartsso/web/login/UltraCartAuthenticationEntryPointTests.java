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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionEnd;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthenticationEntryPoint}.
 */
class UltraCartAuthenticationEntryPointTests {

	private static final String START_URL = "/ultracart/authorize";

	private final ReturnTargets targets = new ReturnTargets(EncryptionKeys.random().sealer("test"), List.of(START_URL));

	private final UltraCartAuthenticationEntryPoint entryPoint = new UltraCartAuthenticationEntryPoint(START_URL,
			this.targets);

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD" })
	void commenceWhenNavigationThenStartUrlWithTarget(String method) throws Exception {
		MockHttpServletRequest request = TestRequests.navigation(method, "/shop/items?page=2");
		request.setContextPath("/shop");
		MockHttpServletResponse response = commence(request);
		assertThat(response.getStatus()).isEqualTo(302);
		assertThat(response.getRedirectedUrl()).startsWith("/shop" + START_URL + "?target=");
		assertThat(response.getHeader("Cache-Control")).isEqualTo("no-store");
	}

	@Test
	void commenceWhenFetchThenProblem() throws Exception {
		MockHttpServletRequest request = TestRequests.fetch("/shop/items");
		request.setContextPath("/shop");
		MockHttpServletResponse response = commence(request);
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getContentType()).isEqualTo("application/problem+json");
		assertThat(response.getContentLength()).isEqualTo(response.getContentAsByteArray().length);
		assertThat(json(response)).isEqualTo(Map.of("type", "about:blank", "title", "Unauthorized", "status", 401,
				"detail", "Sign in with UltraCart to use this resource.", "loginUrl", "/shop/ultracart/authorize"));
	}

	@Test
	void commenceWhenAViewHasBegunToWriteThenProblemInItsPlace() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		response.setContentType("text/html;charset=UTF-8");
		response.setHeader("Content-Encoding", "br");
		response.setHeader("Vary", "Accept");
		response.getWriter().write("<html>half a page");
		this.entryPoint.commence(TestRequests.fetch("/items"), response,
				new InsufficientAuthenticationException("expected"));
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(response.getContentType()).startsWith("application/problem+json");
		assertThat(response.getHeader("Content-Encoding")).isNull();
		assertThat(response.getHeader("Vary")).isEqualTo("Accept");
		assertThat(json(response)).containsEntry("loginUrl", START_URL);
	}

	@Test
	void commenceWhenResponseIsCommittedThenNothingIsWritten() throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		response.getWriter().write("<html>");
		response.flushBuffer();
		this.entryPoint.commence(TestRequests.fetch("/items"), response,
				new InsufficientAuthenticationException("expected"));
		assertThat(response.getStatus()).isEqualTo(200);
		assertThat(response.getContentAsString()).isEqualTo("<html>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
	void commenceWhenNavigationIsNoReadThenProblem(String method) throws Exception {
		assertThat(commence(TestRequests.navigation(method, "/items")).getStatus()).isEqualTo(401);
	}

	@Test
	void commenceWhenSessionEndedThenProblemSaysWhy() throws Exception {
		MockHttpServletRequest request = TestRequests.fetch("/items");
		end(UltraCartLoginError.SESSION_ENDED, request);
		assertThat(json(commence(request))).containsEntry("error", "session_ended");
	}

	@ParameterizedTest
	@EnumSource(names = { "SESSION_ENDED", "IP_MISMATCH" })
	void commenceWhenNavigationAfterSessionEndThenStartUrlWithTarget(UltraCartLoginError error) throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("/shop/items?page=2");
		request.setContextPath("/shop");
		end(error, request);
		assertThat(followed(commence(request))).isEqualTo("/items?page=2");
	}

	@Test
	void commenceWhenFormIsSubmittedAfterSessionEndThenStartUrlWithoutTarget() throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("POST", "/items");
		end(UltraCartLoginError.SESSION_ENDED, request);
		assertThat(commence(request).getRedirectedUrl()).isEqualTo(START_URL);
	}

	@Test // B2
	void commenceWhenFormIsSubmittedFromForeignAddressThenProblemSaysWhy() throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("POST", "/items");
		end(UltraCartLoginError.IP_MISMATCH, request);
		MockHttpServletResponse response = commence(request);
		assertThat(response.getStatus()).isEqualTo(401);
		assertThat(json(response)).containsEntry("error", "ip_mismatch");
	}

	@Test
	void commenceWhenNavigationWithoutSessionThenTargetIsTheUrl() throws Exception {
		assertThat(followed(commence(TestRequests.navigation("/items")))).isEqualTo("/items");
	}

	@Test // D4
	void commenceWhenKeyHasBeenRefusedOnAnotherThreadThenSessionEnds() throws Exception {
		SsoSessionRepository repository = new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"));
		MockHttpServletRequest request = TestRequests.fetch("/items");
		SsoSession ssoSession = TestSsoSessions.withKey("user-key");
		repository.saveSsoSession(ssoSession, request, new MockHttpServletResponse());
		TestClock clock = new TestClock(TestSsoSessions.NOW);
		SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		ssoSessions.setClock(clock);
		TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();
		strategy.setContext(new SecurityContextImpl(
				new UltraCartAuthenticationToken(UltraCartUser.with(42, "Jane!ops").build(), List.of())));
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(repository, ssoSessions,
				new CurrentSsoSessions(ssoSessions),
				new ManualRevocationScheduler(clock).newRevoker(new FakeUltraCartSsoClient(), ssoSessions),
				this.entryPoint);
		guard.setSecurityContextHolderStrategy(strategy);
		List<Object> errors = new ArrayList<>();
		guard.doFilter(request, new MockHttpServletResponse(), (guarded, response) -> {
			assertThat(strategy.getContext().getAuthentication()).isNotNull();
			errors.add(String.valueOf(json(commence(request)).get("error")));
			assertThat(request.getSession(false)).isNotNull();
			ssoSessions.refuse(ssoSession);
			errors.add(String.valueOf(json(commence(request)).get("error")));
			assertThat(request.getSession(false)).isNull();
		});
		assertThat(errors).containsExactly("null", "session_ended");
	}

	@ParameterizedTest // I3
	@CsvSource({ "404, 404", "500, 500", ", 401" })
	void commenceWhenErrorDispatchThenKeepsStatusAndIsNotRedirected(Integer status, int expected) throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("/error");
		request.setDispatcherType(DispatcherType.ERROR);
		request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
		MockHttpServletResponse response = commence(request);
		assertThat(response.getStatus()).isEqualTo(expected);
		assertThat(response.getRedirectedUrl()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "GET, 1", "POST, 0" })
	void commenceWhenPartOfTheLoginThenNotRedirectedAndWarnedOfPageThatIsNotPermittedToAll(String method, int warnings)
			throws Exception {
		try (CapturedLog log = CapturedLog.of(UltraCartAuthenticationEntryPoint.class.getName())) {
			MockHttpServletResponse response = commence(TestRequests.navigation(method, START_URL));
			assertThat(response.getStatus()).isEqualTo(401);
			assertThat(response.getContentType()).isEqualTo("application/problem+json");
			assertThat(log.messages(Level.WARN)).hasSize(warnings)
				.allSatisfy((message) -> assertThat(message).contains(START_URL, "must be permitted to all"));
		}
	}

	@Test // D9
	void commenceWhenNoSessionThenNoneCreated() throws Exception {
		MockHttpServletRequest navigation = TestRequests.navigation("/items");
		MockHttpServletRequest fetch = TestRequests.fetch("/items");
		commence(navigation);
		commence(fetch);
		assertThat(navigation.getSession(false)).isNull();
		assertThat(fetch.getSession(false)).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenEmptyThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartAuthenticationEntryPoint("", this.targets))
			.withMessage("startUrl cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartAuthenticationEntryPoint(START_URL, null))
			.withMessage("returnTargets cannot be null");
	}

	private static void end(UltraCartLoginError error, MockHttpServletRequest request) {
		request.setAttribute(SsoSessionEnd.class.getName(), new SsoSessionEnd(error));
	}

	private @Nullable String followed(MockHttpServletResponse response) {
		ReturnTarget target = this.targets
			.findTarget(UriComponentsBuilder.fromUriString(Objects.requireNonNull(response.getRedirectedUrl()))
				.build()
				.getQueryParams()
				.getFirst(ReturnTargets.PARAMETER));
		return (target != null) ? target.url() : null;
	}

	private MockHttpServletResponse commence(MockHttpServletRequest request) throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.entryPoint.commence(request, response, new InsufficientAuthenticationException("anonymous"));
		return response;
	}

	private static Map<String, Object> json(MockHttpServletResponse response) {
		return new JsonMapper().readValue(response.getContentAsByteArray(), new TypeReference<>() {
		});
	}

}
