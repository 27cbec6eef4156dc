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

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import io.github.ultracartsso.web.session.CurrentSsoSessionArgumentResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An administrator who has signed in with UltraCart and acts as another user of the
 * application.
 */
class ImpersonationTests {

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = FakeUltraCartSsoClient.forBrowsers();

	@ParameterizedTest
	@EnumSource
	void impersonationWhenSwitchedBackThenAdministratorGoesOnWithTheSameKey(SessionStore store) {
		Browser browser = impersonate(store);
		assertThat(Browser.body(navigate(browser, store, "/items"))).isEqualTo("/items for joe");
		assertThat(Browser.body(navigate(browser, store, "/authorities"))).contains("ROLE_JOE")
			.doesNotContain("FACTOR_ULTRACART_SSO");
		browser.submit("/logout/impersonate");
		assertThat(Browser.body(navigate(browser, store, "/items"))).isEqualTo("/items for Jane!ops");
		assertThat(Browser.body(navigate(browser, store, "/key"))).isEqualTo("key-of-code");
		assertThat(this.client.revoked()).isEmpty();
		assertThat(this.client.authorized()).hasSize(1);
	}

	@Test
	void impersonationWhenKeyIsAskedForThenThereIsNone() {
		Browser browser = impersonate();
		assertThat(Browser.body(browser.navigate("/key"))).isEqualTo("none");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/called", "/injected" })
	void impersonationWhenKeyIsNeededThenDeniedAndImpersonationGoesOn(String url) {
		Browser browser = impersonate();
		assertThat(browser.navigate(url).getStatus()).isEqualTo(403);
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for joe");
		browser.submit("/logout/impersonate");
		assertThat(browser.navigate("/injected").getStatus()).isEqualTo(200);
	}

	@Test
	void impersonationWhenOriginalIsUsedExplicitlyThenItsKeyIsThere() {
		assertThat(Browser.body(impersonate().navigate("/key-of-original"))).isEqualTo("key-of-code");
	}

	@Test
	void impersonationWhenSwitchedToYetAnotherUserThenStillGuardedByTheAdministrator() {
		Browser browser = impersonate();
		browser.submit("/login/impersonate?username=jim");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for jim");
		browser.submit("/logout/impersonate");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
		assertThat(this.client.revoked()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void impersonationWhenSessionOfTheAdministratorExpiresThenEndsToo(SessionStore store) {
		Browser browser = impersonate(store);
		this.application.clock().advance(Duration.ofHours(1));
		assertThat(Browser.location(navigate(browser, store, "/items"))).startsWith("/ultracart/authorize");
		assertThat(browser.session()).isNull();
		assertThat(this.application.sessionEvents()).singleElement()
			.isInstanceOfSatisfying(SsoSessionEndedEvent.class,
					(event) -> assertThat(event.user().login()).isEqualTo("Jane!ops"));
	}

	@ParameterizedTest
	@EnumSource(value = UltraCartApiFailure.class, names = { "CREDENTIAL_REJECTED", "REFUSED" })
	void impersonationWhenAdministratorIsRefusedThenEndsToo(UltraCartApiFailure failure) {
		Browser browser = impersonate();
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(failure);
		});
		this.application.clock().advance(Duration.ofMinutes(30));
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
	}

	@ParameterizedTest
	@EnumSource
	void impersonationWhenRefreshIsDueThenGoesOnAndAdministratorIsCurrentAfterwards(SessionStore store) {
		Browser browser = impersonate(store);
		this.client.onSessionUser((key) -> FakeUltraCartSsoClient.jane("View Reports"));
		this.application.clock().advance(Duration.ofMinutes(30));
		assertThat(Browser.body(navigate(browser, store, "/authorities"))).contains("ROLE_JOE")
			.doesNotContain("ROLE_VIEW_REPORTS");
		assertThat(Browser.body(navigate(browser, store, "/items"))).isEqualTo("/items for joe");
		assertThat(this.client.read()).hasSize(2);
		browser.submit("/logout/impersonate");
		assertThat(Browser.body(navigate(browser, store, "/authorities"))).contains("ROLE_VIEW_REPORTS")
			.doesNotContain("ROLE_VIEW_ITEMS");
		assertThat(this.client.read()).hasSize(2);
	}

	@Test
	void refreshWhenUserIsSwitchedMeanwhileThenImpersonationIsNotOverwritten() {
		Browser browser = signIn();
		SecurityContext before = storedContext(browser);
		browser.submit("/login/impersonate?username=joe");
		SecurityContext impersonation = storedContext(browser);
		browser.requireSession().setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, before);
		this.client.onSessionUser((key) -> {
			browser.requireSession()
				.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, impersonation);
			return FakeUltraCartSsoClient.jane("View Reports");
		});
		this.application.clock().advance(Duration.ofMinutes(30));
		browser.navigate("/items");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for joe");
		browser.submit("/logout/impersonate");
		assertThat(Browser.body(browser.navigate("/authorities"))).contains("ROLE_VIEW_REPORTS");
		assertThat(this.client.read()).hasSize(2);
	}

	private static SecurityContext storedContext(Browser browser) {
		return (SecurityContext) browser.requireSession()
			.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
	}

	@Test
	void signOutWhenImpersonatingThenKeyOfTheAdministratorIsRevoked() {
		Browser browser = impersonate();
		browser.submit("/logout");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/ultracart/authorize");
	}

	@Test
	void impersonationWhenFromForeignAddressThenRejectedAndAdministratorGoesOn() {
		this.application.withPolicy(TestSettings.lockedTo(IpLock.PIN));
		Browser browser = impersonate();
		browser.moveTo("203.0.113.66");
		assertThat(Browser.body(browser.fetch("/items"))).contains("ip_mismatch");
		browser.moveTo("127.0.0.1");
		assertThat(Browser.body(browser.fetch("/items"))).isEqualTo("/items for joe");
		assertThat(this.client.revoked()).isEmpty();
	}

	@Test
	void loginWhenImpersonatingThenFreshSessionAndNoWayBackToTheAdministrator() {
		Browser browser = this.application.withClient(this.client).start(SwitchUserAndFactors.class);
		browser.signIn("code", "/items");
		browser.submit("/login/impersonate?username=joe");
		browser.navigate("/cart");
		this.client.onSessionUser((key) -> new User(43, "joe", null, null, null, null));
		browser.signIn("of-joe");
		assertThat(browser.requireSession().getAttribute("cart")).isNull();
		assertThat(Browser.body(browser.navigate("/authorities"))).contains("FACTOR_ULTRACART_SSO")
			.doesNotContain("ROLE_PREVIOUS_ADMINISTRATOR", "ROLE_JOE");
		assertThat(this.client.revoked()).containsExactly("key-of-code");
	}

	private Browser signIn() {
		Browser browser = this.application.withClient(this.client).start(SwitchUser.class);
		browser.signIn("code", "/items");
		return browser;
	}

	private Browser impersonate() {
		return impersonate(SessionStore.SHARED_BY_ALL_REQUESTS);
	}

	private Browser impersonate(SessionStore store) {
		Browser browser = signIn();
		browser.submit("/login/impersonate?username=joe");
		assertThat(Browser.body(navigate(browser, store, "/items"))).isEqualTo("/items for joe");
		return browser;
	}

	private static MockHttpServletResponse navigate(Browser browser, SessionStore store, String url) {
		browser.useSession(store.sessionOfNextRequest(browser));
		return browser.navigate(url);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class, KeyPage.class })
	static class SwitchUser {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
			SwitchUserFilter switchUser = new SwitchUserFilter();
			switchUser.setUserDetailsService(users);
			switchUser.setTargetUrl("/items");
			switchUser.afterPropertiesSet();
			return Pages.protect(http)
				.addFilter(switchUser)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(authorities = {})
	@Import(SwitchUser.class)
	static class SwitchUserAndFactors {

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					org.springframework.security.core.userdetails.User.withUsername("joe")
						.password("{noop}pw")
						.roles("JOE")
						.build(),
					org.springframework.security.core.userdetails.User.withUsername("jim")
						.password("{noop}pw")
						.roles("JIM")
						.build());
		}

	}

	@RestController
	static class KeyPage implements WebMvcConfigurer {

		private final CurrentSsoSessions currentSsoSessions;

		KeyPage(CurrentSsoSessions currentSsoSessions) {
			this.currentSsoSessions = currentSsoSessions;
		}

		@GetMapping("/key")
		String key() {
			SsoSession ssoSession = this.currentSsoSessions.find();
			return (ssoSession != null) ? ssoSession.simpleKey().value() : "none";
		}

		@GetMapping("/key-of-original")
		String keyOfOriginal(Authentication user) {
			Authentication original = user.getAuthorities()
				.stream()
				.filter(SwitchUserGrantedAuthority.class::isInstance)
				.map((authority) -> ((SwitchUserGrantedAuthority) authority).getSource())
				.findFirst()
				.orElseThrow();
			SsoSession ssoSession = this.currentSsoSessions.find(original);
			return (ssoSession != null) ? ssoSession.simpleKey().value() : "none";
		}

		@GetMapping("/injected")
		String injected(@CurrentSsoSession SsoSession ssoSession) {
			return ssoSession.registrationId();
		}

		@GetMapping("/called")
		@Nullable String called() {
			return RestClient.builder()
				.baseUrl("http://localhost:1/rest/v2")
				.requestInterceptor(
						new UltraCartKeyInterceptor(new UltraCartApiTransport(new JdkClientHttpRequestFactory(),
								URI.create("http://localhost:1/rest/v2")), this.currentSsoSessions))
				.build()
				.get()
				.uri("/order/orders")
				.retrieve()
				.body(String.class);
		}

		@Override
		public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
			resolvers.add(new CurrentSsoSessionArgumentResolver(() -> this.currentSsoSessions));
		}

	}

}
