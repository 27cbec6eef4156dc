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

package io.github.ultracartsso.test.login;

import java.net.URI;
import java.util.Locale;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.test.web.servlet.request.RequestPostProcessor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests development with a browser elsewhere, such as in a container, which reaches
 * application and simulator over plain http.
 */
@SpringBootTest(
		properties = "ultracart.sso.development.plain-http-hosts=host.testcontainers.internal,backoffice,192.168.1.5")
@AutoConfigureMockMvc
class PlainHttpHostTests {

	private static final RequestPostProcessor FROM_ELSEWHERE = (request) -> {
		request.setRemoteAddr("172.17.0.3");
		return request;
	};

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@ParameterizedTest
	@ValueSource(strings = { "host.testcontainers.internal", "backoffice", "192.168.1.5", "BackOffice" })
	void loginWhenHostIsListedThenSignedInOverPlainHttp(String host) {
		String application = "http://" + host + ":8080";
		MvcTestResult start = get(application + "/ultracart/authorize").exchange();
		URI loginUrl = URI.create(location(start));
		assertThat(loginUrl).hasScheme("http")
			.hasHost(host.toLowerCase(Locale.ROOT))
			.hasPort(this.ultraCart.baseUrl().getPort());
		Cookie pending = start.getResponse().getCookies()[0];
		assertThat(pending.getSecure()).isFalse();
		assertThat(pending.getName()).startsWith("ultracart-login-");
		URI callback = this.ultraCart.approve(loginUrl, "Jane!ops");
		assertThat(callback).hasHost(host).hasPort(8080);
		MockHttpSession session = new MockHttpSession();
		assertThat(location(get(callback.toString()).cookie(pending).session(session).exchange())).isEqualTo("/");
		assertThat(get(application + "/hello").session(session)).hasStatusOk().hasBodyTextEqualTo("hello Jane!ops");
	}

	@Test
	void loginWhenHostIsNotListedThenNotStarted() {
		assertThat(get("http://other:8080/ultracart/authorize")).hasStatus(302)
			.hasRedirectedUrl("/login?error=unavailable");
		assertThat(get("http://other:8080/login?error=unavailable")).hasStatus(503)
			.bodyText()
			.contains("under the address http://other:8080", "add other to ultracart.sso.development.plain-http-hosts");
	}

	private MockMvcTester.MockMvcRequestBuilder get(String url) {
		return this.mvc.get().uri(url).accept(MediaType.TEXT_HTML).with(FROM_ELSEWHERE);
	}

	private static String location(MvcTestResult result) {
		MockHttpServletResponse response = result.getResponse();
		assertThat(response.getStatus()).isEqualTo(302);
		String location = response.getRedirectedUrl();
		assertThat(location).isNotNull();
		return String.valueOf(location);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").build();
		}

		@RestController
		static class Pages {

			@GetMapping("/hello")
			String hello(@AuthenticationPrincipal UltraCartUser user) {
				return "hello " + user.login();
			}

		}

	}

}
