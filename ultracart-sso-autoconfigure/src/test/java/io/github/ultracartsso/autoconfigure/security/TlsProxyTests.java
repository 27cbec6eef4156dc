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

import java.io.IOException;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;

import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A proxy terminates TLS and passes on the host of a request, and nothing else, so that
 * the application sees plain http. A browser that reaches the application over https must
 * stay there.
 */
@ExtendWith(OutputCaptureExtension.class)
class TlsProxyTests {

	private static final String SECURE_SESSION = "--server.servlet.session.cookie.secure=true";

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext application;

	@AfterEach
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@CsvSource({ "https://shop.example.com, shop.example.com, '', HTTP/1.1",
			"https://shop.example.com, shop.example.com, '', HTTP/1.0",
			"https://shop.example.com, shop.example.com:443, '', HTTP/1.1",
			"https://shop.example.com:8443, shop.example.com:8443, '', HTTP/1.1",
			"https://shop.example.com:8443, shop.example.com, /staff, HTTP/1.1",
			"https://shop.example.com, shop.example.com, /staff, HTTP/1.0" })
	void loginAndLogoutThenEveryRedirectStaysOnHttpsAndEveryCookieIsSecure(String origin, String host,
			String contextPath, String protocol) throws Exception {
		HttpsBrowser browser = start(origin + contextPath, host, protocol, SECURE_SESSION,
				"--server.servlet.context-path=" + contextPath);
		String start = browser.redirect("/items?page=2");
		assertThat(start).startsWith("/ultracart/authorize?target=");
		assertThat(browser.get(start)).contains("\r\nLocation: http://localhost:");
		String callback = "/login/ultracart?code=%s&state=%s".formatted(TestUltraCart.CODE,
				this.ultraCart.authorizeRequest("state"));
		assertThat(browser.redirect(callback)).isEqualTo("/items?page=2");
		assertThat(browser.get("/items?page=2")).contains("items of jane");
		// a callback that the browser repeats, and another tab that has begun a login too
		assertThat(browser.redirect(callback)).isEqualTo("/items?page=2");
		assertThat(browser.redirect(start)).isEqualTo("/items?page=2");
		assertThat(browser.redirect("/old-items")).isEqualTo("/items");
		assertThat(browser.redirect("/older-items")).isEqualTo("/old-items");
		assertThat(browser.redirect("/turned-items")).isEqualTo("/turned-items?page=2");
		assertThat(browser.redirect("/saved-items")).isEqualTo("/items?continue");
		assertThat(browser.logout()).isEqualTo("/login?logout");
		assertThat(browser.get("/login?logout")).contains("You have been signed out.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1", "HTTP/1.0" })
	void loginWhenItFailsThenStaysOnHttps(String protocol) throws Exception {
		HttpsBrowser browser = start("https://shop.example.com", "shop.example.com", protocol, SECURE_SESSION);
		browser.get("/ultracart/authorize");
		assertThat(browser
			.redirect("/login/ultracart?error=access_denied&state=" + this.ultraCart.authorizeRequest("state")))
			.isEqualTo("/login?error=denied");
		this.ultraCart.givenStatus(put(TestUltraCart.AUTHORIZE), 410);
		assertThat(browser.redirect("/ultracart/authorize")).isEqualTo("/login?error=application_disabled");
	}

	@Test
	void redirectWhenHostIsNotThatOfTheRedirectUriThenLeftToTheServer() throws Exception {
		HttpsBrowser browser = start("https://shop.example.com", "other.example.com", "HTTP/1.1", SECURE_SESSION);
		assertThat(browser.get("/items")).contains("\r\nLocation: http://other.example.com/ultracart/authorize");
	}

	@Test
	void startWhenSessionCookieWouldNotBeSecureThenWarns(CapturedOutput output) {
		start("https://shop.example.com", "shop.example.com", "HTTP/1.1");
		assertThat(output.getAll()).containsOnlyOnce("server.servlet.session.cookie.secure=true")
			.contains("ultracart.sso.redirect-uri is https", "server.forward-headers-strategy=native");
	}

	@ParameterizedTest
	@ValueSource(strings = { SECURE_SESSION, "--server.servlet.session.cookie.secure=false",
			"--server.forward-headers-strategy=native", "--server.forward-headers-strategy=FRAMEWORK",
			"--server.tomcat.remoteip.protocol-header=X-Scheme", "--spring.main.cloud-platform=kubernetes" })
	void startWhenServerKnowsOrCookieIsSetThenDoesNotWarn(String property, CapturedOutput output) {
		start("https://shop.example.com", "shop.example.com", "HTTP/1.1", property);
		assertThat(output).doesNotContain("ultracart.sso.redirect-uri is https");
	}

	private HttpsBrowser start(String baseUrl, String host, String protocol, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--ultracart.sso.redirect-uri=" + baseUrl + "/login/ultracart"));
		all.addAll(List.of(arguments));
		this.application = new SpringApplicationBuilder(TestApplication.Everything.class, Pages.class)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run(all.toArray(String[]::new));
		int port = Objects
			.requireNonNull(this.application.getEnvironment().getProperty("local.server.port", Integer.class));
		return new HttpsBrowser(baseUrl, host, protocol, port);
	}

	@Controller
	static class Pages {

		@GetMapping("/items")
		@ResponseBody
		String items(Principal user) {
			return "items of " + user.getName();
		}

		@GetMapping("/old-items")
		String oldItems() {
			return "redirect:/items";
		}

		@GetMapping("/older-items")
		void olderItems(HttpServletResponse response) throws IOException {
			response.sendRedirect("old-items");
		}

		@GetMapping("/turned-items")
		void turnedItems(HttpServletResponse response) throws IOException {
			response.sendRedirect("?page=2");
		}

		/**
		 * As a request that Spring Security has saved.
		 */
		@GetMapping("/saved-items")
		void savedItems(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.sendRedirect(request.getRequestURL().toString().replace("/saved-items", "/items") + "?continue");
		}

		@GetMapping("/csrf")
		@ResponseBody
		String csrf(CsrfToken token) {
			return "token=" + token.getToken() + ";";
		}

	}

	/**
	 * A browser and the proxy in front of the application. The browser sees the cookies
	 * and redirects of an https site, and the application sees plain http.
	 */
	private static final class HttpsBrowser {

		private final Map<String, String> cookies = new LinkedHashMap<>();

		private final String baseUrl;

		private final String host;

		private final String protocol;

		private final int port;

		private HttpsBrowser(String baseUrl, String host, String protocol, int port) {
			this.baseUrl = baseUrl;
			this.host = host;
			this.protocol = protocol;
			this.port = port;
		}

		/**
		 * Goes to a page that redirects within the application.
		 * @return where to, relative to the base URL
		 */
		private String redirect(String path) throws IOException {
			return target(get(path));
		}

		/**
		 * Signs out.
		 * @return where that redirects to, relative to the base URL
		 */
		private String logout() throws IOException {
			String token = get("/csrf").replaceFirst("(?s).*token=", "").replaceFirst("(?s);.*", "");
			String body = "_csrf=" + token;
			return target(send("POST", "/logout", body, "Content-Type: application/x-www-form-urlencoded",
					"Content-Length: " + body.length()));
		}

		private String get(String path) throws IOException {
			return send("GET", path, "");
		}

		private String target(String response) {
			assertThat(response).startsWith("HTTP/1.1 302").contains("\r\nLocation: " + this.baseUrl + "/");
			return response.replaceFirst("(?s).*\r\nLocation: " + Pattern.quote(this.baseUrl), "")
				.replaceFirst("(?s)\r\n.*", "");
		}

		private String send(String method, String path, String body, String... headers) throws IOException {
			List<String> lines = new ArrayList<>(
					List.of(method + " " + URI.create(this.baseUrl).getRawPath() + path + " " + this.protocol,
							"Host: " + this.host, "Sec-Fetch-Mode: navigate", "Accept: text/html", "Connection: close",
							"Cookie: " + this.cookies.entrySet()
								.stream()
								.map((cookie) -> cookie.getKey() + "=" + cookie.getValue())
								.collect(Collectors.joining("; "))));
			Collections.addAll(lines, headers);
			Collections.addAll(lines, "", body);
			try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
				socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
				String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
				keepCookies(response);
				return response;
			}
		}

		private void keepCookies(String response) {
			response.lines()
				.takeWhile((line) -> !line.isEmpty())
				.filter((line) -> line.startsWith("Set-Cookie: "))
				.forEach((line) -> {
					assertThat(line).contains("; Secure");
					HttpCookie cookie = HttpCookie.parse(line).get(0);
					if (cookie.getMaxAge() == 0) {
						this.cookies.remove(cookie.getName());
					}
					else {
						this.cookies.put(cookie.getName(), cookie.getValue());
					}
				});
		}

	}

}
