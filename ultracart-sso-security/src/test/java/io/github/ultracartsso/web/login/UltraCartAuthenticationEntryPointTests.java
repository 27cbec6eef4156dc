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

import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.login.ReturnTargets.ReturnTarget;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SsoSessionUser;
import io.github.ultracartsso.web.session.GuardedRequest;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SessionEnd;
import io.github.ultracartsso.web.session.SessionEnding;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
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
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthenticationEntryPoint}.
 */
class UltraCartAuthenticationEntryPointTests {

	private static final String START_URL = "/ultracart/authorize";

	private final ReturnTargets targets = new ReturnTargets(EncryptionKeys.random().sealer("test"), START_URL);

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

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "OPTIONS" })
	void commenceWhenNavigationIsNoReadThenProblem(String method) throws Exception {
		assertThat(commence(TestRequests.navigation(method, "/items")).getStatus()).isEqualTo(401);
	}

	@Test
	void commenceWhenSessionEndedThenProblemSaysWhy() throws Exception {
		MockHttpServletRequest request = TestRequests.fetch("/items");
		new SessionEnd(UltraCartLoginError.SESSION_ENDED, false).keep(request);
		assertThat(json(commence(request))).containsEntry("error", "session_ended");
	}

	@ParameterizedTest
	@EnumSource(names = { "SESSION_ENDED", "IP_MISMATCH" })
	void commenceWhenNavigationAfterSessionEndThenStartUrlWithTargetThatSaysSo(UltraCartLoginError error)
			throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("/items?page=2");
		new SessionEnd(error, false).keep(request);
		assertThat(followed(commence(request))).isEqualTo(new ReturnTarget("/items?page=2", true));
	}

	@Test
	void commenceWhenNavigationWithoutSessionThenTargetSaysSo() throws Exception {
		assertThat(followed(commence(TestRequests.navigation("/items")))).isEqualTo(new ReturnTarget("/items", false));
	}

	@ParameterizedTest
	@EnumSource(names = { "SESSION_ENDED", "IP_MISMATCH" })
	void commenceWhenNavigationWouldGoRoundInCirclesThenExplained(UltraCartLoginError error) throws Exception {
		MockHttpServletRequest request = TestRequests.navigation("/shop/items");
		request.setContextPath("/shop");
		new SessionEnd(error, true).keep(request);
		this.entryPoint.setLoginPage("/sign-in?lang=en");
		assertThat(commence(request).getRedirectedUrl()).isEqualTo("/shop/sign-in?lang=en&error=" + error.code());
	}

	@Test // D4
	void commenceWhenKeyHasBeenRefusedOnAnotherThreadThenSessionEnds() throws Exception {
		SsoSessionRepository repository = new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"));
		MockHttpServletRequest request = TestRequests.fetch("/items");
		repository.saveSsoSession(TestSsoSessions.withKey("user-key"), request, new MockHttpServletResponse());
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();
		currentSsoSessions.setClock(new TestClock(TestSsoSessions.NOW));
		TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();
		GuardedRequest guarded = new GuardedRequest(request, new MockHttpServletResponse(), currentSsoSessions,
				repository,
				new SessionEnding(repository, new ManualRevocationScheduler(new TestClock(TestSsoSessions.NOW))
					.newRevoker(new FakeUltraCartSsoClient())),
				strategy);
		UltraCartUser jane = UltraCartUser.with(42, "Jane!ops").build();
		guarded.letThrough(new UltraCartAuthenticationToken(jane, List.of()),
				new SsoSessionUser(jane, TestSsoSessions.NOW, null, false));
		guarded.keep();
		assertThat(json(commence(request))).doesNotContainKey("error");
		assertThat(request.getSession(false)).isNotNull();
		currentSsoSessions.end(TestSsoSessions.withKey("user-key"));
		assertThat(json(commence(request))).containsEntry("error", "session_ended");
		assertThat(request.getSession(false)).isNull();
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
	void commenceWhenPartOfTheLoginThenNotRedirectedAndPageThatIsNotOpenIsToldOf(String method, int warnings)
			throws Exception {
		try (CapturedLog log = CapturedLog.of(UltraCartAuthenticationEntryPoint.class.getName())) {
			MockHttpServletResponse response = commence(TestRequests.navigation(method, START_URL));
			assertThat(response.getStatus()).isEqualTo(401);
			assertThat(response.getContentType()).isEqualTo("application/problem+json");
			assertThat(log.messages(Level.WARN)).hasSize(warnings)
				.allSatisfy((message) -> assertThat(message).contains(START_URL, "must be open to everybody"));
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
		assertThatIllegalArgumentException().isThrownBy(() -> this.entryPoint.setLoginPage(""))
			.withMessage("loginPage cannot be empty");
	}

	private @Nullable ReturnTarget followed(MockHttpServletResponse response) {
		String target = UriComponentsBuilder.fromUriString(Objects.requireNonNull(response.getRedirectedUrl()))
			.build()
			.getQueryParams()
			.getFirst("target");
		MockHttpServletRequest start = TestRequests.navigation(START_URL);
		start.setParameter("target", Objects.requireNonNull(target));
		return this.targets.findTarget(start);
	}

	private MockHttpServletResponse commence(MockHttpServletRequest request) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.entryPoint.commence(request, response, new InsufficientAuthenticationException("anonymous"));
		return response;
	}

	private static Map<String, Object> json(MockHttpServletResponse response) throws Exception {
		return new JsonMapper().readValue(response.getContentAsByteArray(), new TypeReference<>() {
		});
	}

}
