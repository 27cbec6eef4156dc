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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A link to {@code /logout} in an application that has a key and nothing else.
 */
class SignOutLinkTests {

	private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@ParameterizedTest
	@ValueSource(strings = { "", "/office" })
	void linkWhenSignedInThenPageAsksAndItsButtonSignsOut(String contextPath) {
		try (ServletWebServerApplicationContext context = run(contextPath)) {
			SocketBrowser browser = new SocketBrowser(context);
			browser.navigate(contextPath + "/ultracart/authorize");
			browser.navigate(contextPath + "/login/ultracart?code=%s&state=%s".formatted(TestUltraCart.CODE,
					this.ultraCart.authorizeRequest("state")));
			HttpResponse<String> page = browser.navigate(contextPath + "/logout");
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.body()).contains("action=\"" + contextPath + "/logout\"");
			assertThat(browser.navigate(contextPath + "/default-ui.css").statusCode()).isEqualTo(200);
			assertThat(browser.navigate(contextPath + "/items").statusCode()).isEqualTo(200);
			Matcher csrf = CSRF.matcher(page.body());
			assertThat(csrf.find()).isTrue();
			HttpResponse<String> signedOut = browser.submit(contextPath + "/logout", "_csrf=" + csrf.group(1));
			assertThat(SocketBrowser.location(signedOut)).isEqualTo(contextPath + "/login");
			assertThat(browser.navigate(contextPath + "/items").statusCode()).isEqualTo(302);
		}
	}

	@Test
	void linkWhenNotSignedInThenPageIsShownWithoutALogin() {
		try (ServletWebServerApplicationContext context = run("")) {
			assertThat(new SocketBrowser(context).navigate("/logout").body()).contains("action=\"/logout\"");
			assertThat(this.ultraCart.calls()).isEmpty();
		}
	}

	@Test
	void linkWhenOwnSignInPageThenItIsThatOfTheApplication() {
		try (ServletWebServerApplicationContext context = run("", "--ultracart.sso.login-page=/items")) {
			assertThat(SocketBrowser.location(new SocketBrowser(context).navigate("/logout")))
				.isEqualTo("/ultracart/authorize");
		}
	}

	private ServletWebServerApplicationContext run(String contextPath, String... more) {
		SpringApplication application = new SpringApplication(Pages.class, TestApplication.Everything.class);
		application.setDefaultProperties(Map.of("server.port", "0", "server.servlet.context-path", contextPath,
				"ultracart.sso.simple-key", TestApplication.KEY, "ultracart.sso.base-url", this.ultraCart.baseUrl()));
		return (ServletWebServerApplicationContext) application.run(more);
	}

	@Configuration(proxyBeanMethods = false)
	@RestController
	static class Pages {

		@GetMapping("/items")
		String items() {
			return "items";
		}

	}

}
