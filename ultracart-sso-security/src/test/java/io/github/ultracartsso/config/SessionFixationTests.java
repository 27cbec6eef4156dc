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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionDestroyedListener;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.SessionManagementConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second login in a session, with each protection against session fixation. The
 * container reports the end of every session.
 */
class SessionFixationTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class, ChangeSessionId.class })
	void secondFactorWhenOnTopThenKeyLivesOn(Class<?> protection) {
		Browser browser = signIn(protection);
		String id = browser.requireSession().getId();
		browser.submit("/login?username=Jane!ops&password=pw");
		assertThat(browser.requireSession().getId()).isNotEqualTo(id);
		assertThat(Browser.body(browser.navigate("/authorities"))).contains("FACTOR_PASSWORD", "FACTOR_ULTRACART_SSO");
		assertThat(this.client.revoked()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class, ChangeSessionId.class })
	void loginWhenSameUserThenOnlyTheReplacedKeyIsRevoked(Class<?> protection) {
		Browser browser = signIn(protection);
		browser.signIn("second");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class, ChangeSessionId.class })
	void loginWhenAnotherUserByAnotherMechanismThenKeyIsRevoked(Class<?> protection) {
		Browser browser = signIn(protection);
		browser.submit("/login?username=joe&password=pw");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for joe");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class, ChangeSessionId.class })
	void attributesWhenSecondLoginThenAsTheProtectionSays(Class<?> protection) {
		Browser browser = signIn(protection);
		browser.navigate("/cart");
		browser.submit("/login?username=Jane!ops&password=pw");
		assertThat(browser.requireSession().getAttribute("cart"))
			.isEqualTo((protection != NewSession.class) ? "3 items" : null);
	}

	@ParameterizedTest
	@ValueSource(classes = { MigrateSession.class, NewSession.class, ChangeSessionId.class })
	void signOutWhenSecondLoginOnTopThenKeyIsRevoked(Class<?> protection) {
		Browser browser = signIn(protection);
		browser.submit("/login?username=Jane!ops&password=pw");
		browser.submit("/logout");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	private Browser signIn(Class<?> protection) {
		Filter reporting = (request, response, chain) -> chain
			.doFilter(new ReportingRequest((HttpServletRequest) request, this.application.context()), response);
		Browser browser = this.application.withClient(this.client).withFilter(reporting).start(protection);
		browser.signIn("code", "/items");
		return browser;
	}

	private static SecurityFilterChain chain(HttpSecurity http,
			Customizer<SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer> protection) {
		return Pages.protect(http)
			.sessionManagement((sessions) -> sessions.sessionFixation(protection))
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
			.formLogin(Customizer.withDefaults())
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	@Import(Beans.class)
	static class MigrateSession {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SessionFixationTests.chain(http,
					SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer::migrateSession);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Beans.class)
	static class NewSession {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SessionFixationTests.chain(http,
					SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer::newSession);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Beans.class)
	static class ChangeSessionId {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return SessionFixationTests.chain(http,
					SessionManagementConfigurer<HttpSecurity>.SessionFixationConfigurer::changeSessionId);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(authorities = {})
	@Import(Pages.class)
	static class Beans {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("joe").password("{noop}pw").roles("JOE").build(),
					User.withUsername("Jane!ops").password("{noop}pw").roles("JANE").build());
		}

		@Bean
		SsoSessionRepository ssoSessionRepository() {
			return new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test"));
		}

		@Bean
		UltraCartSessionDestroyedListener sessionDestroyedListener(SsoSessionRepository ssoSessionRepository,
				SsoSessionRevoker revoker) {
			return new UltraCartSessionDestroyedListener(ssoSessionRepository, revoker);
		}

	}

	/**
	 * Request whose session reports its end, as a container does, while it can still be
	 * read.
	 */
	private static final class ReportingRequest extends HttpServletRequestWrapper {

		private final ApplicationEventPublisher events;

		private ReportingRequest(HttpServletRequest request, ApplicationEventPublisher events) {
			super(request);
			this.events = events;
		}

		@Override
		public HttpSession getSession() {
			return reporting(super.getSession());
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			HttpSession session = super.getSession(create);
			return (session != null) ? reporting(session) : null;
		}

		private HttpSession reporting(HttpSession session) {
			return (HttpSession) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { HttpSession.class }, (proxy, method, arguments) -> {
						if (method.getName().equals("invalidate")) {
							this.events.publishEvent(new HttpSessionDestroyedEvent(session));
						}
						try {
							return method.invoke(session, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

}
