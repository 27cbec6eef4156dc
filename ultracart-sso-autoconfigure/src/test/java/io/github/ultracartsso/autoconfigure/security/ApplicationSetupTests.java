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

import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Applications that are set up in ways that have broken other login starters. Users of
 * all of them sign in, sign out and sign in again.
 */
@ExtendWith(OutputCaptureExtension.class)
class ApplicationSetupTests {

	private static final String DEFAULT_SERVLET = "server.servlet.register-default-servlet=true";

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@SuppressWarnings("NullAway.Init")
	private ServletWebServerApplicationContext application;

	@AfterEach
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@CsvSource({ "server.servlet.context-path=/shop, /shop", "spring.main.lazy-initialization=true, ''",
			"spring.jackson.property-naming-strategy=SNAKE_CASE, ''", "spring.threads.virtual.enabled=true, ''" })
	void loginWhenPropertyIsSetThenInAndOutAndInAgain(String property, String contextPath) {
		start(property);
		assertInAndOutAndInAgain(contextPath, "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/shop" })
	void loginWhenServletPathThenInAndOutAndInAgain(String contextPath, CapturedOutput output) {
		start("server.servlet.context-path=" + contextPath, "spring.mvc.servlet.path=/app", DEFAULT_SERVLET);
		assertInAndOutAndInAgain(contextPath, "/app");
		assertThat(output).doesNotContain("spring.mvc.servlet.path is set");
	}

	@Test
	void signInPageWhenOwnAndBelowServletPathThenPermitted() {
		start("spring.mvc.servlet.path=/app", DEFAULT_SERVLET, "ultracart.sso.login-page=/app/welcome");
		assertThat(browser().navigate("/app/welcome").body()).isEqualTo("welcome");
	}

	@Test
	void startWhenServletPathAndNoServletForTheLoginThenWarns(CapturedOutput output) {
		start("spring.mvc.servlet.path=/app");
		assertThat(output.getAll()).containsOnlyOnce("spring.mvc.servlet.path is set")
			.contains("server.servlet.register-default-servlet=true");
	}

	@Test
	void startWhenServletPathIsTheDefaultThenDoesNotWarn(CapturedOutput output) {
		start("spring.mvc.servlet.path=/");
		assertThat(output).doesNotContain("spring.mvc.servlet.path is set");
	}

	@Test
	void loginWhenSecurityIsDebuggedThenInAndOutAndInAgain() {
		startWith(Debug.class);
		assertInAndOutAndInAgain("", "");
	}

	@Test
	void loginWhenChainHasNoAnonymousAuthenticationThenInAndOutAndInAgain() {
		startWith(NoAnonymous.class);
		assertInAndOutAndInAgain("", "");
	}

	@Test
	void sessionWhenLazyInitializationAndItExpiresThenRevoked() {
		start("spring.main.lazy-initialization=true");
		browser().signIn(this.ultraCart);
		TomcatWebServer server = (TomcatWebServer) Objects.requireNonNull(this.application.getWebServer());
		Arrays.stream(server.getTomcat().getHost().findChildren())
			.flatMap((context) -> Arrays.stream(((Context) context).getManager().findSessions()))
			.forEach(Session::expire);
		this.application.close();
		assertThat(calls(TestUltraCart.REVOKE)).hasSize(1);
	}

	@Test
	void callsWhenApplicationCustomizesItsRestClientsThenNotOurs() {
		startWith(OtherRestClient.class);
		browser().signIn(this.ultraCart);
		assertThat(this.ultraCart.calls()).hasSize(3)
			.allSatisfy((call) -> assertThat(call.containsHeader("X-For-Another-Service")).isFalse());
	}

	@Test
	void applicationWhenItHasNoExecutorThenSpringBootStillConfiguresOne() {
		start();
		assertThat(this.application.getBeansOfType(Executor.class)).containsKey("applicationTaskExecutor");
	}

	@Test
	void fetchWhenCrossOriginIsAllowedThenPreflightPassesAndScriptMayReadTheProblem() {
		startWith(Cors.class);
		HttpResponse<String> preflight = browser().preflight("/items", "https://shop.example.com");
		assertThat(preflight.statusCode()).isEqualTo(200);
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains("https://shop.example.com");
		HttpResponse<String> problem = browser().fetch("/items", "Origin", "https://shop.example.com");
		assertThat(problem.statusCode()).isEqualTo(401);
		assertThat(problem.headers().firstValue("Access-Control-Allow-Origin")).contains("https://shop.example.com");
	}

	@Test
	void startsWhenNoneIsCompletedThenCookiesStayWithinWhatServersAccept() {
		start();
		SocketBrowser browser = browser();
		for (int i = 0; i < 45; i++) {
			HttpResponse<String> response = browser
				.navigate(SocketBrowser.url(browser.navigate("/items?" + "long=target&".repeat(20) + i)));
			assertThat(response.statusCode()).isEqualTo(302);
		}
		assertThat(browser.cookieNames()).hasSizeLessThanOrEqualTo(17);
		assertThat(browser.signIn(this.ultraCart)).isEqualTo("/");
	}

	private void assertInAndOutAndInAgain(String contextPath, String servletPath) {
		String base = contextPath + servletPath;
		SocketBrowser browser = browser();
		for (int i = 0; i < 2; i++) {
			assertThat(browser.fetch(base + "/items").body()).contains("\"loginUrl\":\"" + contextPath + "/ultracart/");
			String start = SocketBrowser.url(browser.navigate(base + "/items?page=2"));
			assertThat(SocketBrowser.url(browser.navigate(start))).endsWith("/login");
			HttpResponse<String> callback = browser.navigate(contextPath + "/login/ultracart?code=%s&state=%s"
				.formatted(TestUltraCart.CODE, this.ultraCart.authorizeRequest("state")));
			assertThat(SocketBrowser.url(callback)).endsWith(base + "/items?page=2");
			assertThat(browser.navigate(base + "/items?page=2").body()).isEqualTo("items of jane");
			HttpResponse<String> signedOut = browser.submit(contextPath + "/logout",
					"_csrf=" + browser.navigate(base + "/csrf").body());
			assertThat(browser.navigate(SocketBrowser.url(signedOut)).statusCode()).isEqualTo(200);
			assertThat(calls(TestUltraCart.REVOKE)).hasSize(i + 1);
		}
	}

	private List<LoggedRequest> calls(String path) {
		return this.ultraCart.calls().stream().filter((call) -> call.getUrl().equals(path)).toList();
	}

	private SocketBrowser browser() {
		return new SocketBrowser(this.application);
	}

	private void startWith(Class<?> configuration, String... properties) {
		this.application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				TestApplication.Everything.class, Pages.class, configuration)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run(Arrays.stream(properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	private void start(String... properties) {
		startWith(Pages.class, properties);
	}

	@RestController
	static class Pages {

		@GetMapping("/items")
		String items(Principal user) {
			return "items of " + user.getName();
		}

		@GetMapping("/csrf")
		String csrf(CsrfToken token) {
			return token.getToken();
		}

		@GetMapping("/welcome")
		String welcome() {
			return "welcome";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity(debug = true)
	static class Debug {

	}

	@Configuration(proxyBeanMethods = false)
	static class NoAnonymous {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.anonymous(AbstractHttpConfigurer::disable);
			http.with(ultraCartLogin(), withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OtherRestClient {

		@Bean
		@Scope(BeanDefinition.SCOPE_PROTOTYPE)
		RestClient.Builder restClientBuilder() {
			return RestClient.builder().defaultHeader("X-For-Another-Service", "secret");
		}

		@Bean
		RestClient restClient(RestClient.Builder builder) {
			return builder.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Cors {

		@Bean
		CorsConfigurationSource corsConfigurationSource() {
			CorsConfiguration configuration = new CorsConfiguration();
			configuration.setAllowedOrigins(List.of("https://shop.example.com"));
			configuration.setAllowedMethods(List.of("GET"));
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", configuration);
			return source;
		}

	}

}
