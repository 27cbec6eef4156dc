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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.GeneratedInputs;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.ManualRevocationScheduler;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.web.TestRequests;

import com.code_intelligence.jazzer.junit.FuzzTest;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the query, headers and cookies of a callback are: only the callback of the
 * browser's own pending login exchanges a code, and only once; no other callback signs a
 * user in or creates a session; and no redirect contains a value from the request.
 * <p>
 * An input has the query on its first line and headers on the others. {@code {state}}
 * stands for the state of the pending login and {@code {cookie}} for the cookie that
 * stores it; {@code Session} stands for the session that does. {@code Expires} and
 * {@code Address} are UltraCart's response to the exchange.
 */
class CallbackFuzzTests {

	private static final Instant NOW = TestSsoSessions.NOW;

	private static final String STATE = "s7Yp-3kQ_state_zJ0bXv9dLw1mNc5rTf8hGa2eUi4oK6";

	private static final UltraCartAuthenticationToken JANE = new UltraCartAuthenticationToken(
			UltraCartUser.with(42, "Jane!ops").build(), List.of());

	private static final Set<String> ERROR_PAGES = Stream.of(UltraCartLoginError.values())
		.map((error) -> "/login?error=" + error.code())
		.collect(Collectors.toSet());

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	@FuzzTest // A2, A3, A7, A9, B4, C1, D9, G6
	void callback(byte[] input) throws Exception {
		String text = new String(input, StandardCharsets.ISO_8859_1);
		new Browser(new HttpSessionPendingLoginRepository(), this.sealer).comeBack(text);
		new Browser(new CookiePendingLoginRepository(this.sealer), this.sealer).comeBack(text);
	}

	@Test // A2, A3, A7, A9, B4, C1, D9, G6
	void callbackWhenRequestIsGeneratedThenOnlyOwnLoginIsCompleted() {
		GeneratedInputs.check(CallbackFuzzTests.class, "callback", this::callback);
	}

	/**
	 * A browser that has started a login, and the application at which it did so.
	 */
	private static final class Browser {

		private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

		private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

		private final UltraCartLoginAuthenticationFilter filter;

		private final @Nullable MockHttpSession session;

		private final @Nullable Cookie cookie;

		private Browser(PendingLoginRepository pendingLogins, SecretSealer sealer) {
			TestClock clock = new TestClock(NOW);
			SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
			ssoSessions.setClock(clock);
			UltraCartLoginService loginService = new UltraCartLoginService(this.client, UltraCartLoginSettings.DEFAULTS,
					new LoginStartBudget(), ssoSessions);
			loginService.setClock(clock);
			this.filter = new UltraCartLoginAuthenticationFilter(
					PathPatternRequestMatcher.pathPattern(HttpMethod.GET, "/login/ultracart"), loginService,
					pendingLogins,
					new LoginSessions(new HttpSessionSsoSessionRepository(sealer),
							new ManualRevocationScheduler(clock).newRevoker(this.client, ssoSessions)),
					new LoginLoopBreaker(clock));
			SavedRequestAwareAuthenticationSuccessHandler successHandler = new SavedRequestAwareAuthenticationSuccessHandler();
			successHandler.setRequestCache(new UltraCartRequestCache(new HttpSessionRequestCache()));
			this.filter.setAuthenticationSuccessHandler(successHandler);
			this.filter.setAuthenticationFailureHandler(new UltraCartAuthenticationFailureHandler("/login"));
			this.filter.setAuthenticationManager((attempt) -> JANE);
			this.filter.setSecurityContextHolderStrategy(this.strategy);
			MockHttpServletRequest start = TestRequests.navigation("/ultracart/authorize");
			MockHttpServletResponse answer = new MockHttpServletResponse();
			pendingLogins.savePendingLogin(
					new PendingLogin("ultracart", STATE, NOW.plus(Duration.ofMinutes(10)).minusSeconds(600),
							NOW.plus(Duration.ofMinutes(10)), new ReturnTarget("/items", Instant.EPOCH, false)),
					start, answer);
			this.session = (MockHttpSession) start.getSession(false);
			this.cookie = (answer.getCookies().length > 0) ? answer.getCookies()[0] : null;
		}

		private void comeBack(String text) throws Exception {
			Callback callback = Callback.read(text.replace("{state}", STATE)
				.replace("{cookie}",
						(this.cookie != null) ? this.cookie.getName() + "=" + this.cookie.getValue() : ""));
			this.client.onExchange((code) -> new SingleSignOnTokenResponse(FakeUltraCartSsoClient.keyOf(code),
					callback.value("Expires"), callback.value("Address")));
			boolean own = keepsLogin(callback) && callback.isWellFormed();
			request(callback);
			assertThat(this.client.exchanged()).isEqualTo(own ? callback.parameters("code") : List.of());
			request(callback);
			assertThat(this.client.exchanged()).hasSize(own ? 1 : 0);
		}

		private boolean keepsLogin(Callback callback) {
			return (this.cookie != null)
					? callback.cookies()
						.stream()
						.anyMatch((cookie) -> cookie.getName().equals(this.cookie.getName())
								&& cookie.getValue().equals(this.cookie.getValue()))
					: callback.value("Session") != null;
		}

		private void request(Callback callback) throws Exception {
			MockHttpServletRequest request = callback.request();
			if (callback.value("Session") != null && this.session != null && !this.session.isInvalid()) {
				request.setSession(this.session);
			}
			boolean hadSession = request.getSession(false) != null;
			MockHttpServletResponse response = new MockHttpServletResponse();
			MockFilterChain chain = new MockFilterChain();
			this.filter.doFilter(request, response, chain);
			assertThat(chain.getRequest()).isNull();
			assertThat(response.getStatus()).isEqualTo(302);
			boolean signedIn = this.strategy.getContext().getAuthentication() != null;
			if ("/items".equals(response.getRedirectedUrl())) {
				assertThat(signedIn).isTrue();
				assertThat(this.client.exchanged()).hasSize(1);
			}
			else {
				assertThat(response.getRedirectedUrl()).isIn(ERROR_PAGES);
			}
			if (!signedIn) {
				assertThat(request.getSession(false) != null).as("session").isEqualTo(hadSession);
				assertThat(this.client.revoked()).hasSameSizeAs(this.client.exchanged());
			}
			assertThat(headers(response)).noneMatch((header) -> callback.isQuotedBy(header) || isQuotedBy(header));
		}

		private boolean isQuotedBy(String header) {
			return header.contains(STATE) || (this.cookie != null && header.contains(this.cookie.getValue()));
		}

		private static List<String> headers(MockHttpServletResponse response) {
			return response.getHeaderNames().stream().map(response::getHeaders).flatMap(Collection::stream).toList();
		}

	}

	/**
	 * A callback as an input gives it.
	 */
	private record Callback(String query, List<String> lines) {

		private static final int TOO_LONG_FOR_CHANCE = 8;

		static Callback read(String text) {
			List<String> lines = text.lines().toList();
			return lines.isEmpty() ? new Callback("", lines)
					: new Callback(lines.get(0), lines.subList(1, lines.size()));
		}

		/**
		 * Returns whether it is what UltraCart sends after a login.
		 */
		boolean isWellFormed() {
			List<String> codes = parameters("code");
			return parameters("state").equals(List.of(STATE)) && parameters("error").isEmpty() && codes.size() == 1
					&& codes.get(0).matches("[\\x21-\\x7e]{1,2048}");
		}

		boolean isQuotedBy(String header) {
			return parameters("code").stream()
				.anyMatch((code) -> code.length() >= TOO_LONG_FOR_CHANCE && header.contains(code));
		}

		List<String> parameters(String name) {
			return List.of(this.query.split("&"))
				.stream()
				.filter((parameter) -> parameter.startsWith(name + "="))
				.map((parameter) -> decode(parameter.substring(name.length() + 1)))
				.toList();
		}

		private static String decode(String value) {
			try {
				return URLDecoder.decode(value, StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				return value;
			}
		}

		@Nullable String value(String header) {
			return this.lines.stream()
				.filter((line) -> line.startsWith(header + ": "))
				.map((line) -> line.substring(header.length() + 2))
				.findFirst()
				.orElse(null);
		}

		List<Cookie> cookies() {
			List<Cookie> cookies = new ArrayList<>();
			String header = value("Cookie");
			for (String pair : (header != null) ? header.split("; ?") : new String[0]) {
				int equals = pair.indexOf('=');
				try {
					cookies.add(new Cookie(pair.substring(0, Math.max(0, equals)), pair.substring(equals + 1)));
				}
				catch (IllegalArgumentException ex) {
					// no server takes it for a cookie
				}
			}
			return cookies;
		}

		MockHttpServletRequest request() {
			MockHttpServletRequest request = TestRequests.get("/login/ultracart");
			request.setQueryString(this.query);
			Stream.of("state", "code", "error", "error_description", "target")
				.forEach((name) -> parameters(name).forEach((value) -> request.addParameter(name, value)));
			for (String line : this.lines) {
				int colon = line.indexOf(": ");
				if (colon > 0 && !line.startsWith("Cookie")) {
					request.addHeader(line.substring(0, colon), line.substring(colon + 2));
				}
			}
			request.setCookies(cookies().toArray(new Cookie[0]));
			return request;
		}

	}

}
