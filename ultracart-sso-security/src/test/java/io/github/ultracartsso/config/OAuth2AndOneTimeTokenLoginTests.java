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

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.ott.RedirectOneTimeTokenGenerationSuccessHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * UltraCart beside OAuth 2.0 and one-time token logins.
 */
class OAuth2AndOneTimeTokenLoginTests {

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@ParameterizedTest // I1
	@ValueSource(classes = { OAuth2First.class, OAuth2Last.class, OneTimeTokenFirst.class, OneTimeTokenLast.class })
	void loginWhenOtherLoginTooThenReturnsToTheDeepLink(Class<?> configuration) {
		Browser browser = start(configuration);
		browser.navigate("/items?page=2");
		assertThat(Browser.location(browser.signIn("code"))).contains("/items?page=2");
		assertThat(Browser.body(browser.navigate("/items"))).isEqualTo("/items for Jane!ops");
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { OAuth2First.class, OAuth2Last.class })
	void startOfOtherLoginWhenOAuth2TooThenLeadsToItsProvider(Class<?> configuration) {
		MockHttpServletResponse redirect = start(configuration).navigate("/oauth2/authorization/staff");
		assertThat(Browser.location(redirect)).startsWith("https://idp.example/authorize?");
		assertThat(ultraCart.calls()).isEmpty();
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { OneTimeTokenFirst.class, OneTimeTokenLast.class })
	void signInPageWhenOneTimeTokenTooThenCarriesBoth(Class<?> configuration) {
		assertThat(Browser.body(start(configuration).navigate("/login")))
			.contains("href=\"/ultracart/authorize\">UltraCart</a>", "/ott/generate");
	}

	@ParameterizedTest // I1
	@ValueSource(classes = { OAuth2First.class, OAuth2Last.class, OneTimeTokenFirst.class, OneTimeTokenLast.class })
	void errorPageWhenOtherLoginTooThenExplainsUltraCartsErrors(Class<?> configuration) {
		assertThat(Browser.body(start(configuration).navigate("/login?error=unknown_state")))
			.contains("was not started in this browser");
	}

	private Browser start(Class<?> configuration) {
		return this.application.withClient(ultraCart.client()).start(configuration);
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Registrations.class })
	static class OAuth2First {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.oauth2Login(Customizer.withDefaults())
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Registrations.class })
	static class OAuth2Last {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.oauth2Login(Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class OneTimeTokenFirst {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.oneTimeTokenLogin((ott) -> ott
					.tokenGenerationSuccessHandler(new RedirectOneTimeTokenGenerationSuccessHandler("/sent")))
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, Users.class })
	static class OneTimeTokenLast {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
				.oneTimeTokenLogin((ott) -> ott
					.tokenGenerationSuccessHandler(new RedirectOneTimeTokenGenerationSuccessHandler("/sent")))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registrations {

		@Bean
		ClientRegistrationRepository clientRegistrations() {
			return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("staff")
				.clientId("client")
				.clientSecret("secret")
				.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
				.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
				.authorizationUri("https://idp.example/authorize")
				.tokenUri("https://idp.example/token")
				.userInfoUri("https://idp.example/user")
				.userNameAttributeName("sub")
				.build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Users {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(User.withUsername("joe").password("{noop}pw").roles("JOE").build());
		}

	}

}
