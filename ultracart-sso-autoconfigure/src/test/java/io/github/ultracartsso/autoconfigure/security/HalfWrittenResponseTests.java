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
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.SocketBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.session.SsoSessionEndedException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages of an application in a real container that fail for want of a login when they
 * have begun to write.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfWrittenResponseTests {

	private final TestUltraCart ultraCart = new TestUltraCart();

	@SuppressWarnings("NullAway.Init")
	private ServletWebServerApplicationContext application;

	@SuppressWarnings("NullAway.Init")
	private SocketBrowser browser;

	@BeforeAll
	void start() {
		this.ultraCart.start();
		this.application = (ServletWebServerApplicationContext) new SpringApplicationBuilder(
				TestApplication.Everything.class, HalfPages.class)
			.properties("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + this.ultraCart.baseUrl(), "ultracart.sso.permit-all=/half/**")
			.run();
		this.browser = new SocketBrowser(this.application);
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.ultraCart.stop();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/half/writer", "/half/stream", "/half/view", "/half/windows-1252" })
	void fetchWhenPageHasBegunToWriteThenProblem(String path) {
		HttpResponse<String> response = this.browser.fetch(path);
		assertThat(response.statusCode()).isEqualTo(401);
		assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
		assertThat(response.headers().firstValue("Content-Disposition")).isEmpty();
		assertThat(response.headers().firstValue("Vary")).contains("Accept");
		assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
		assertThat(response.headers().allValues("Set-Cookie")).anyMatch((cookie) -> cookie.startsWith("shown=1"));
		assertThat(response.body()).contains("\"loginUrl\":\"/ultracart/authorize").doesNotContain("half");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/half/writer", "/half/stream", "/half/view", "/half/windows-1252" })
	void htmxWhenPageHasBegunToWriteThenProblem(String path) {
		assertThat(this.browser.fetch(path, "HX-Request", "true").statusCode()).isEqualTo(401);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/half/writer", "/half/stream", "/half/view", "/half/windows-1252" })
	void navigationWhenPageHasBegunToWriteThenStartOfLogin(String path) {
		HttpResponse<String> response = this.browser.navigate(path);
		assertThat(response.statusCode()).isEqualTo(302);
		assertThat(SocketBrowser.location(response)).isEqualTo("/ultracart/authorize");
		assertThat(response.body()).isEmpty();
	}

	@Test
	void pageWhenCommittedThenNothingIsAdded() {
		HttpResponse<String> response = this.browser.fetch("/half/committed");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).isEqualTo("half a page");
	}

	@Configuration(proxyBeanMethods = false)
	@Import(HalfController.class)
	static class HalfPages {

		@Bean("half")
		View half() {
			return new View() {
				@Override
				public String getContentType() {
					return "text/html";
				}

				@Override
				public void render(@Nullable Map<String, ?> model, HttpServletRequest request,
						HttpServletResponse response) throws IOException {
					write(response, "UTF-8");
				}
			};
		}

	}

	private static void write(HttpServletResponse response, String encoding) throws IOException {
		prepare(response, encoding);
		response.getWriter().write("half a page");
		throw ended();
	}

	private static void prepare(HttpServletResponse response, String encoding) {
		response.setContentType("text/html;charset=" + encoding);
		response.addHeader("Vary", "Accept");
		response.addHeader("Content-Disposition", "attachment");
		response.setContentLength(5000);
		response.addCookie(new Cookie("shown", "1"));
	}

	private static SsoSessionEndedException ended() {
		return new SsoSessionEndedException("expected", null);
	}

	@Controller
	static class HalfController {

		@GetMapping("/half/view")
		String view() {
			return "half";
		}

		@GetMapping("/half/writer")
		void writer(HttpServletResponse response) throws IOException {
			write(response, "UTF-8");
		}

		@GetMapping("/half/windows-1252")
		void anotherEncoding(HttpServletResponse response) throws IOException {
			write(response, "windows-1252");
		}

		@GetMapping("/half/stream")
		void stream(HttpServletResponse response) throws IOException {
			prepare(response, "UTF-8");
			response.getOutputStream().write("half a page".getBytes(StandardCharsets.UTF_8));
			throw ended();
		}

		@GetMapping("/half/committed")
		void committed(HttpServletResponse response) throws IOException {
			response.setContentLength("half a page".length());
			response.getWriter().write("half a page");
			response.flushBuffer();
			throw ended();
		}

	}

}
