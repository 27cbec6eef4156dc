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

package io.github.ultracartsso.web.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.MissingGrants;
import io.github.ultracartsso.authorization.UltraCartAuthorizationManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.MissingCsrfTokenException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartAccessDeniedHandler}.
 */
class UltraCartAccessDeniedHandlerTests {

	private static final Authentication JANE = new UltraCartAuthenticationToken(UltraCartUser.with(42, "jane").build(),
			List.of());

	private final UltraCartAccessDeniedHandler handler = handler(UltraCartAccessDeniedSettings.DEFAULTS);

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/shop/items");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final CapturedLog log = CapturedLog.of(UltraCartAccessDeniedHandler.class.getName());

	UltraCartAccessDeniedHandlerTests() {
		SecurityContextHolder.getContext().setAuthentication(JANE);
		this.request.setContextPath("/shop");
	}

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
		this.log.close();
	}

	private static UltraCartAccessDeniedHandler handler(UltraCartAccessDeniedSettings settings) {
		return new UltraCartAccessDeniedHandler(new MissingGrants((authority) -> List.of(), "ROLE_"),
				new AccessDeniedPage("/home"), settings);
	}

	private static AccessDeniedException denied(String... permissions) {
		return new AuthorizationDeniedException("Access Denied",
				UltraCartAuthorizationManager.hasAllPermissions(permissions).authorize(() -> JANE, ""));
	}

	private JsonNode problem() throws Exception {
		assertThat(this.response.getContentType()).isEqualTo("application/problem+json");
		return JsonMapper.shared().readTree(this.response.getContentAsByteArray());
	}

	@Test
	void handleWhenNotNavigationThenProblemNamesWhatIsMissing() throws Exception {
		this.handler.handle(this.request, this.response, denied("Edit Items"));
		assertThat(this.response.getStatus()).isEqualTo(403);
		JsonNode problem = problem();
		assertThat(problem.path("missing").path(0).asString()).isEqualTo("Edit Items");
		assertThat(problem.path("title").asString()).isEqualTo("Forbidden");
		assertThat(problem.path("detail").asString()).isEqualTo("At UltraCart, you need the permission “Edit Items”.");
		assertThat(problem.path("ask").asString()).startsWith("Ask someone who may edit users at UltraCart.");
	}

	@Test
	void handleWhenCheckTellsNothingThenProblemWithoutNames() throws Exception {
		this.handler.handle(this.request, this.response, new AccessDeniedException("secret reason"));
		assertThat(this.response.getContentAsString()).doesNotContain("secret", "missing", "ask");
		assertThat(problem().path("detail").asString()).isEqualTo("You do not have access to this.");
	}

	@Test
	void handleWhenNavigationThenPageWithoutScript() throws Exception {
		this.request.addHeader("Sec-Fetch-Mode", "navigate");
		this.handler.handle(this.request, this.response, denied("Edit Items", "View Items"));
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.response.getContentType()).isEqualTo("text/html;charset=UTF-8");
		assertThat(this.response.getHeader("Content-Security-Policy"))
			.startsWith("default-src 'none'; style-src 'sha256-");
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store");
		assertThat(this.response.getContentAsString())
			.contains("you need the permission &ldquo;Edit Items&rdquo; and the permission &ldquo;View Items&rdquo;",
					"Ask someone who may edit users at UltraCart", "href=\"/shop/home\"")
			.doesNotContain("<script", "{{");
	}

	@Test
	void handleWhenErrorPagesThenErrorWithExplanationInRequest() throws Exception {
		this.request.addHeader("Sec-Fetch-Mode", "navigate");
		handler(new UltraCartAccessDeniedSettings(true, true)).handle(this.request, this.response,
				denied("Edit Items"));
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.response.getErrorMessage()).isEqualTo("Forbidden");
		assertThat(this.response.getContentAsString()).isEmpty();
		assertThat(this.request.getAttribute("ultraCartAccessDenied")).isInstanceOfSatisfying(
				AccessDeniedExplanation.class,
				(explanation) -> assertThat(explanation.getMissing()).containsExactly("Edit Items"));
	}

	@Test
	void handleWhenNotExplainedThenPlainErrorAndStillLogged() throws Exception {
		handler(new UltraCartAccessDeniedSettings(false, false)).handle(this.request, this.response,
				denied("Edit Items"));
		assertPlain(this.response);
		assertThat(this.log.messages(Level.INFO)).hasSize(1);
	}

	@Test
	void handleWhenNotSignedInWithUltraCartThenPlainErrorAndNothingTold() throws Exception {
		for (Authentication other : Arrays.asList(null, new TestingAuthenticationToken("joe", null, "ROLE_A"),
				new AnonymousAuthenticationToken("key", "anonymous", AuthorityUtils.createAuthorityList("ROLE_A")))) {
			SecurityContextHolder.getContext().setAuthentication(other);
			MockHttpServletResponse plain = new MockHttpServletResponse();
			this.handler.handle(this.request, plain, denied("Edit Items"));
			assertPlain(plain);
		}
		assertThat(this.log.text()).isEmpty();
	}

	@Test
	void handleWhenBehindAnotherFactorThenTold() throws Exception {
		SecurityContextHolder.getContext()
			.setAuthentication(new TestingAuthenticationToken("jane", null, "FACTOR_ULTRACART_SSO"));
		this.handler.handle(this.request, this.response, denied("Edit Items"));
		assertThat(problem().path("missing")).hasSize(1);
	}

	@Test
	void handleWhenCsrfTokenMissingThenPlainError() throws Exception {
		this.handler.handle(this.request, this.response, new MissingCsrfTokenException("x"));
		assertPlain(this.response);
		assertThat(this.log.text()).isEmpty();
	}

	private void assertPlain(MockHttpServletResponse response) throws Exception {
		assertThat(response.getStatus()).isEqualTo(403);
		assertThat(response.getErrorMessage()).isEqualTo("Forbidden");
		assertThat(response.getContentAsString()).isEmpty();
		assertThat(this.request.getAttribute("ultraCartAccessDenied")).isNull();
	}

	@Test
	void handleWhenNamesAreHostileThenEscapedCleanedAndCut() throws Exception {
		String hostile = "<img src=x onerror=alert(1)>\r\nSet-Cookie: a=b \u202e {{ask}} \"" + "x".repeat(500);
		this.request.addHeader("Sec-Fetch-Mode", "navigate");
		this.handler.handle(this.request, this.response, denied(hostile));
		assertThat(this.response.getContentAsString()).contains("&lt;img src=x", "{{ask}}", "...")
			.doesNotContain("<img", "x".repeat(200), "\u202e", "\r\nSet-Cookie");
		assertThat(this.response.getHeaderNames()).doesNotContain("Set-Cookie");
		this.request.removeHeader("Sec-Fetch-Mode");
		this.response.reset();
		this.handler.handle(this.request, this.response, denied(hostile));
		assertThat(this.response.getContentAsString()).isASCII().doesNotContain("\r", "\n");
		assertThat(problem().path("missing").path(0).asString()).startsWith("<img src=x onerror=alert(1)> Set-Cookie")
			.hasSizeLessThan(120);
		assertThat(this.log.messages(Level.INFO)).hasSize(1)
			.first()
			.asString()
			.doesNotContain("\n", "\r", "\u202e")
			.hasSizeLessThan(700);
	}

	@Test
	void handleWhenApplicationHasTextsThenInLanguageOfRequest() throws Exception {
		german();
		this.request.addPreferredLocale(Locale.GERMANY);
		this.request.addHeader("Sec-Fetch-Mode", "navigate");
		this.handler.handle(this.request, this.response, denied("Edit Items", "View {0} Items"));
		assertThat(this.response.getContentAsString()).contains("<html lang=\"de-DE\">", "<h1>Kein Zugriff &amp;c</h1>",
				"Ihnen fehlt das Recht &lt;Edit Items&gt; sowie das Recht &lt;View {0} Items&gt;.",
				">Zur Startseite</a>", "Ask someone who may edit users");
		this.request.removeHeader("Sec-Fetch-Mode");
		this.response.reset();
		this.handler.handle(this.request, this.response, denied("Edit Items"));
		assertThat(problem().path("detail").asString()).isEqualTo("Ihnen fehlt das Recht <Edit Items>.");
	}

	@Test
	void handleWhenResolverOfLanguageThenThatDecides() throws Exception {
		german();
		this.handler
			.setLocaleResolver((request) -> Locale.forLanguageTag(String.valueOf(request.getParameter("lang"))));
		this.request.addPreferredLocale(Locale.FRANCE);
		this.request.setParameter("lang", "de-DE");
		this.handler.handle(this.request, this.response, denied("Edit Items"));
		assertThat(problem().path("detail").asString()).startsWith("Ihnen fehlt");
	}

	@Test
	void handleWhenTextOfApplicationIsMalformedOrHostileThenPageIsWhole() throws Exception {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessages(Map.of("ultracart.sso.access-denied.needed", "Needed: {0",
				"ultracart.sso.access-denied.title", "<script>alert(1)</script>{{homeUrl}}",
				"ultracart.sso.access-denied.ask", "\"><img src=x>", "ultracart.sso.access-denied.home", "<b>$1\\home",
				"ultracart.sso.access-denied.language", "\"><script>"), Locale.ENGLISH);
		this.handler.setMessageSource(messages);
		this.request.addPreferredLocale(Locale.ENGLISH);
		this.request.addHeader("Sec-Fetch-Mode", "navigate");
		this.handler.handle(this.request, this.response, denied("Edit Items"));
		assertThat(this.response.getContentAsString())
			.contains("<h1>&lt;script&gt;alert(1)&lt;/script&gt;{{homeUrl}}</h1>",
					"At UltraCart, you need the permission &ldquo;Edit Items&rdquo;.", "&lt;b&gt;$1\\home</a>")
			.doesNotContain("<script", "<img", "<b>");
	}

	private void german() {
		StaticMessageSource messages = new StaticMessageSource();
		messages.addMessages(Map.of("ultracart.sso.access-denied.title", "Kein Zugriff &c",
				"ultracart.sso.access-denied.needed", "Ihnen fehlt {0}.", "ultracart.sso.access-denied.permission",
				"das Recht <{0}>", "ultracart.sso.access-denied.and", "{0} sowie {1}",
				"ultracart.sso.access-denied.home", "Zur Startseite"), Locale.GERMANY);
		this.handler.setMessageSource(messages);
	}

	@Test
	void handleWhenManyNamesThenTen() throws Exception {
		String[] names = IntStream.range(0, 50).mapToObj((i) -> "P" + i).toArray(String[]::new);
		this.handler.handle(this.request, this.response, denied(names));
		assertThat(problem().path("missing")).hasSize(10);
	}

	@Test
	void handleWhenRepeatedThenLoggedAtInfoOnce() throws Exception {
		for (int i = 0; i < 3; i++) {
			this.handler.handle(this.request, new MockHttpServletResponse(), denied("Edit Items"));
		}
		this.handler.handle(this.request, new MockHttpServletResponse(), denied("View Items"));
		assertThat(this.log.messages(Level.INFO)).containsExactly(
				"UltraCartUser[registrationId=ultracart, userId=42, login=jane] was denied POST /shop/items:"
						+ " missing [Edit Items]",
				"UltraCartUser[registrationId=ultracart, userId=42, login=jane] was denied POST /shop/items:"
						+ " missing [View Items]");
		assertThat(this.log.messages(Level.DEBUG)).hasSize(2);
	}

}
