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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * UltraCart beside other ways to sign in.
 */
class OtherLoginsTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@ParameterizedTest // I1
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void signInPageWhenFormLoginTooThenCarriesBoth(Class<?> configuration) {
		MockHttpServletResponse page = start(configuration).navigate("/login");
		assertThat(Browser.body(page)).contains("href=\"/ultracart/authorize\">UltraCart</a>")
			.contains("name=\"password\"");
	}

	@ParameterizedTest
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void signInPageWhenFormLoginTooThenUltraCartIsNotCalledOAuth(Class<?> configuration) throws Exception {
		MockHttpServletResponse page = start(configuration).navigate("/login");
		assertThat(Browser.body(page)).contains("<h2>Login with UltraCart</h2>").doesNotContain("OAuth");
		assertThat(page.getContentLength()).isEqualTo(page.getContentAsByteArray().length);
	}

	@ParameterizedTest
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void errorPageWhenFormLoginTooThenBothWaysAreOpen(Class<?> configuration) {
		Browser browser = start(configuration);
		MockHttpServletResponse failed = browser.navigate("/login/ultracart?code=a&state=bogus");
		assertThat(Browser.body(browser.navigate(Browser.location(failed)))).contains("href=\"/ultracart/authorize\"")
			.contains("<a id=\"other-ways\" href=\"/login\">Sign in another way</a>");
		assertThat(Browser.body(browser.navigate("/login"))).contains("name=\"password\"");
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void errorPageWhenFormLoginTooThenExplainsUltraCartsErrorsAndLeavesTheOthers(Class<?> configuration) {
		Browser browser = start(configuration);
		assertThat(Browser.body(browser.navigate("/login?error=unknown_state")))
			.contains("was not started in this browser");
		assertThat(Browser.body(browser.navigate("/login?error"))).contains("Invalid credentials");
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void loginWhenFormLoginTooThenDeepLinkSurvivesEitherWay(Class<?> configuration) {
		Browser browser = start(configuration);
		browser.navigate("/items?page=2");
		browser.fetch("/favicon.ico", "Sec-Fetch-Dest", "image");
		browser.fetch("/.well-known/appspecific/com.chrome.devtools.json");
		assertThat(Browser.location(browser.signIn("code"))).contains("/items?page=2");

		Browser other = this.application.newBrowser();
		other.navigate("/items?page=3");
		assertThat(Browser.location(other.submit("/login?username=joe&password=pw"))).contains("/items?page=3");
	}

	@Test // I1
	void pageWhenFormLoginFirstThenSignInPage() {
		assertThat(Browser.location(start(FormLoginFirst.class).navigate("/items"))).isEqualTo("/login");
	}

	@Test // I1
	void pageWhenFormLoginLastThenStraightToUltraCart() {
		Browser browser = start(FormLoginLast.class);
		assertThat(Browser.location(browser.signIn("code", "/items?page=2"))).isEqualTo("/items?page=2");
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void fetchWhenFormLoginTooThenProblem(Class<?> configuration) {
		assertThat(start(configuration).fetch("/items").getStatus()).isEqualTo(401);
	}

	@ParameterizedTest // B3
	@ValueSource(classes = { FormLoginFirst.class, FormLoginLast.class })
	void loginWhenSignedInByFormAsSomebodyElseThenFreshSession(Class<?> configuration) {
		Browser browser = start(configuration);
		browser.submit("/login?username=joe&password=pw");
		browser.navigate("/cart");
		browser.signIn("code");
		assertThat(browser.requireSession().getAttribute("cart")).isNull();
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
	}

	@Test // I1
	void requestsWhenTwoChainsThenEachHasItsOwnWay() {
		Browser browser = start(ApiChainBeside.class);
		MockHttpServletResponse refused = browser.navigate("/authorities");
		assertThat(refused.getStatus()).isEqualTo(401);
		assertThat(refused.getHeader("WWW-Authenticate")).startsWith("Basic");
		assertThat(browser.navigate("/authorities", "Authorization", "Basic am9lOnB3").getStatus()).isEqualTo(200);
		assertThat(ultraCart.calls()).isEmpty();
		browser.useSession(null);
		assertThat(Browser.location(browser.signIn("code", "/items"))).isEqualTo("/items");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
	}

	@Test // I6
	void loginWhenSecondFactorThenFactorsAreJoined() {
		Browser browser = start(BothFactors.class);
		browser.submit("/login?username=Jane!ops&password=pw");
		browser.navigate("/cart");
		MockHttpServletResponse refused = browser.navigate("/items?page=2");
		assertThat(Browser.location(refused)).startsWith("/ultracart/authorize?");
		String state = Browser.stateOf(browser.navigate(Browser.location(refused)));
		assertThat(Browser.location(browser.callback(state, "code"))).isEqualTo("/items?page=2");
		assertThat(Browser.body(browser.navigate("/authorities"))).contains("FACTOR_PASSWORD", "FACTOR_ULTRACART_SSO",
				"ROLE_VIEW_ITEMS");
	}

	@Test // I6
	void loginWhenFirstFactorThenAskedForTheOther() {
		Browser browser = start(BothFactors.class);
		browser.signIn("code");
		assertThat(Browser.location(browser.navigate("/items"))).startsWith("/login");
		browser.submit("/login?username=Jane!ops&password=pw");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test // D4, I6
	void sessionWhenSsoSessionIsOverThenOtherFactorDoesNotKeepItAlive() {
		Browser browser = start(BothFactors.class);
		browser.signIn("code");
		browser.submit("/login?username=Jane!ops&password=pw");
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
		this.application.clock().advance(Duration.ofHours(6));
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(302);
	}

	private Browser start(Class<?> configuration) {
		return this.application.withClient(ultraCart.client()).start(configuration);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class FormLoginFirst {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.formLogin(Customizer.withDefaults())
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class FormLoginLast {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.formLogin(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ DefaultChain.class, Users.class })
	static class ApiChainBeside {

		@Bean
		@Order(1)
		SecurityFilterChain api(HttpSecurity http) {
			return http.securityMatcher("/authorities")
				.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
				.httpBasic(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(
			authorities = { FactorGrantedAuthority.PASSWORD_AUTHORITY, "FACTOR_ULTRACART_SSO" })
	@Import(FormLoginFirst.class)
	static class BothFactors {

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("joe").password("{noop}pw").roles("JOE").build(),
					User.withUsername("Jane!ops").password("{noop}pw").roles("JANE").build());
		}

	}

}
