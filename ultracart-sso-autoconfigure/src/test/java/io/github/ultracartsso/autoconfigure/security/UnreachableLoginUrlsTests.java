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

package io.github.ultracartsso.autoconfigure.security;

import io.github.ultracartsso.autoconfigure.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Applications with filter chains whose {@code securityMatcher} decides which requests
 * they get.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreachableLoginUrlsTests {

	private static final String WARNING = "ultraCartLogin() is in the filter chain of";

	@Test
	void startWhenMatcherMissesAllUrlsThenChainUrlsAndRemedyAreNamed(CapturedOutput output) {
		start(BackOfficeOnly.class);
		assertThat(output).containsOnlyOnce(WARNING)
			.contains("/backoffice/**", "the start of a login (authorizationEndpoint) /ultracart/authorize",
					"the callback (redirectionEndpoint, or ultracart.sso.redirect-uri) /login/ultracart",
					"the sign-in page (loginPage, or ultracart.sso.login-page) /login",
					"the sign-out (logoutUrl) /logout",
					"Add /login/ultracart, /ultracart/authorize, /login, /logout to the securityMatcher");
	}

	@Test
	void startWhenOtherChainTakesTheCallbackThenItAloneIsNamed(CapturedOutput output) {
		start(CallbackTakenByAnotherChain.class);
		assertThat(output).containsOnlyOnce(WARNING)
			.contains("any request, but requests to the callback",
					"Add /login/ultracart to the securityMatcher of the chain, declare the chain before");
	}

	@Test
	void startWhenCallbackIsIgnoredThenItIsNamed(CapturedOutput output) {
		start(CallbackIgnored.class);
		assertThat(output).containsOnlyOnce(WARNING).contains("Add /login/ultracart to the securityMatcher");
	}

	@ParameterizedTest
	@ValueSource(classes = { AllUrlsMatched.class, OwnUrls.class, TwoChainsWithTheSameUrls.class, OwnSignIn.class,
			ChosenByHeader.class, AnyRequest.class, AfterActuatorChain.class, AfterChainOfAPort.class })
	void startWhenUrlsReachTheChainThenNoWarning(Class<?> chain, CapturedOutput output) {
		start(chain);
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void startWhenRedirectUriHasAPrefixThatAProxyRemovesThenNoWarning(CapturedOutput output) {
		TestApplication.configured()
			.withUserConfiguration(AllUrlsMatched.class)
			.withPropertyValues("ultracart.sso.redirect-uri=https://example.com/office/login/ultracart")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	private static void start(Class<?> chain) {
		TestApplication.configured().withUserConfiguration(chain).run((context) -> assertThat(context).hasNotFailed());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class BackOfficeOnly {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.securityMatcher("/backoffice/**").with(ultraCartLogin(), withDefaults()).build();
		}

		@Bean
		@Order(1)
		SecurityFilterChain api(HttpSecurity http) {
			return http.securityMatcher("/api/**").httpBasic(withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class CallbackTakenByAnotherChain {

		@Bean
		@Order(1)
		SecurityFilterChain shop(HttpSecurity http) {
			return http.securityMatcher("/login/*").httpBasic(withDefaults()).build();
		}

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class CallbackIgnored {

		@Bean
		WebSecurityCustomizer ignoring() {
			return (web) -> web.ignoring().requestMatchers("/login/*");
		}

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class AllUrlsMatched {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http
				.securityMatcher("/backoffice/**", "/ultracart/authorize", "/login/ultracart", "/login", "/logout")
				.with(ultraCartLogin(), withDefaults())
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class OwnUrls {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.securityMatcher("/backoffice/**")
				.with(ultraCartLogin(),
						(login) -> login.loginPage("/sign-in")
							.authorizationEndpoint((start) -> start.baseUri("/backoffice/authorize"))
							.redirectionEndpoint((callback) -> callback.baseUri("/backoffice/callback")))
				.logout((logout) -> logout.logoutUrl("/backoffice/sign-out"))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class TwoChainsWithTheSameUrls {

		@Bean
		@Order(1)
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.securityMatcher("/backoffice/**").with(ultraCartLogin(), withDefaults()).build();
		}

		@Bean
		SecurityFilterChain other(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class OwnSignIn {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			RequestMatcher signOut = (request) -> "/backoffice/bye".equals(request.getRequestURI());
			return http.securityMatcher("/backoffice/**", "/ultracart/authorize", "/login/ultracart")
				.with(ultraCartLogin(), (login) -> login.loginPage("/welcome"))
				.logout((logout) -> logout.logoutRequestMatcher(signOut))
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class ChosenByHeader {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			RequestMatcher host = (request) -> request.getRemoteHost().endsWith(".example.com");
			return http.securityMatcher(host).with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class AnyRequest {

		@Bean
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class AfterActuatorChain {

		@Bean
		@Order(1)
		SecurityFilterChain actuator(HttpSecurity http) {
			return http.securityMatcher(EndpointRequest.toAnyEndpoint()).build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class AfterChainOfAPort {

		@Bean
		@Order(1)
		SecurityFilterChain otherPort(HttpSecurity http) {
			RequestMatcher port = (request) -> request.getLocalPort() == 9090;
			return http.securityMatcher(port).build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain backOffice(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

}
