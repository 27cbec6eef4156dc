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
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

/**
 * Tests for {@link UltraCartSecurityFilterChainConfiguration} and
 * {@link UltraCartLoginPresenceCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartSecurityFilterChainConfigurationTests {

	private static final String WARNING = "UltraCart SSO is configured, but";

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/login/other", "/ultracart", "/errors", "/actuator/health" })
	void chainWhenAnonymousThenPageNeedsLogin(String page) {
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThat(new TestBrowser(context).navigate(page)).hasStatus(302)
				.redirectedUrl()
				.startsWith("/ultracart/authorize");
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test
	void chainWhenSignedInThenPageIsServed() {
		application().run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			assertThat(browser.navigate("/items")).hasStatusOk().hasBodyTextEqualTo("items");
		});
	}

	@Test
	void chainWhenAnonymousThenSignInPageIsServed() {
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(new TestBrowser(context).navigate("/login")).hasStatusOk());
	}

	@Test
	void chainWhenAnonymousThenStartLeadsToUltraCart() {
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize")).hasStatus(302)
				.redirectedUrl()
				.endsWith("/login"));
	}

	@Test
	void chainWhenAnonymousThenErrorPageIsNotDenied() {
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(new TestBrowser(context).navigate("/error")).hasStatus(500));
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.web.error.path", "error.path" })
	void chainWhenErrorPathSetThenErrorPageIsThere(String property) {
		TestApplication.calling(this.ultraCart).withPropertyValues(property + "=/oops").run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			assertThat(browser.navigate("/oops")).hasStatus(500);
			assertThat(browser.navigate("/error")).hasStatus(302);
		});
	}

	@Test
	void chainWhenErrorPathSetByNameOfFormerVersionsThenErrorPageIsWhereSpringBootHasIt() {
		TestApplication.calling(this.ultraCart).withPropertyValues("server.error.path=/oops").run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			assertThat(browser.navigate("/error")).hasStatus(500);
			assertThat(browser.navigate("/oops")).hasStatus(302);
		});
	}

	@Test
	void chainWhenPermitAllSetThenPatternsAreOpenAndNothingElse() {
		application().withPropertyValues("ultracart.sso.permit-all=/public/**,/news").run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			assertThat(browser.navigate("/public/shop/opening-hours")).hasStatusOk();
			assertThat(browser.navigate("/news")).hasStatusOk();
			assertThat(browser.navigate("/items")).hasStatus(302);
		});
	}

	@Test
	void chainWhenOwnLoginPageThenItIsOpen() {
		application().withPropertyValues("ultracart.sso.login-page=/news")
			.run((context) -> assertThat(new TestBrowser(context).navigate("/news")).hasStatusOk()
				.hasBodyTextEqualTo("news"));
	}

	@Test
	void configurationWhenNoOwnChainThenTheOnlyChainIsOurs(CapturedOutput output) {
		TestApplication.configured().run((context) -> {
			assertThat(context.getBeansOfType(SecurityFilterChain.class))
				.containsOnlyKeys("ultraCartSecurityFilterChain");
			assertThat(output).doesNotContain(WARNING);
		});
	}

	@Test
	void configurationWhenOwnChainWithUltraCartLoginThenBacksOffWithoutWarning(CapturedOutput output) {
		TestApplication.configured().withUserConfiguration(ChainWithUltraCartLogin.class).run((context) -> {
			assertThat(context.getBeansOfType(SecurityFilterChain.class)).containsOnlyKeys("ownChain");
			assertThat(output).doesNotContain(WARNING);
		});
	}

	@Test
	void configurationWhenOwnChainWithoutUltraCartLoginThenBacksOffAndWarns(CapturedOutput output) {
		TestApplication.configured().withUserConfiguration(ChainWithoutUltraCartLogin.class).run((context) -> {
			assertThat(context.getBeansOfType(SecurityFilterChain.class)).containsOnlyKeys("otherChain");
			assertThat(output).contains(WARNING, "(1 in all)", "http.with(ultraCartLogin(), withDefaults())",
					"ultracart.sso.enabled=false");
		});
	}

	@Test
	void configurationWhenOneOfOwnChainsHasUltraCartLoginThenNoWarning(CapturedOutput output) {
		TestApplication.configured()
			.withUserConfiguration(ChainWithoutUltraCartLogin.class, ChainWithUltraCartLogin.class)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(output).doesNotContain(WARNING);
			});
	}

	private WebApplicationContextRunner application() {
		return TestApplication.calling(this.ultraCart).withUserConfiguration(Pages.class);
	}

	@RestController
	static class Pages {

		@GetMapping("/items")
		String items() {
			return "items";
		}

		@GetMapping({ "/news", "/public/shop/opening-hours" })
		String news() {
			return "news";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class ChainWithUltraCartLogin {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http.with(ultraCartLogin(), withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class ChainWithoutUltraCartLogin {

		@Bean
		SecurityFilterChain otherChain(HttpSecurity http) {
			return http.securityMatcher("/other/**").httpBasic(withDefaults()).build();
		}

	}

}
