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

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.session.CurrentSsoSession;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests requests that are still under way when their user signs out elsewhere, on a
 * server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "ultracart.sso.permit-all=/open/**")
@ExtendWith(OutputCaptureExtension.class)
@Timeout(60)
class AsyncRequestTests {

	private static final BlockingQueue<Runnable> endings = new LinkedBlockingQueue<>();

	@Autowired
	private UltraCartSimulator ultraCart;

	private Browser browser;

	@BeforeEach
	void setUp(@LocalServerPort int port) {
		this.browser = new Browser("http://localhost:" + port);
		endings.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "sse", "chunks", "deferred", "callable" })
	void completeWhenUserHasSignedOutThenResponseEndsWithoutAnError(String kind, CapturedOutput log) throws Exception {
		String csrfToken = Browser.csrfToken(this.browser.signIn(this.ultraCart, "Jane!ops", "/form"));
		CompletableFuture<HttpResponse<String>> response = CompletableFuture
			.supplyAsync(() -> this.browser.fetch("/" + kind));
		Runnable complete = endings.poll(30, TimeUnit.SECONDS);
		assertThat(complete).isNotNull();
		assertThat(Browser.location(this.browser.submit("/logout", csrfToken))).endsWith("/login?logout");
		assertThat(this.browser.fetch("/form").statusCode()).isEqualTo(401);
		complete.run();
		assertThat(response.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
		assertThat(response.get().body()).contains("the last of it");
		assertThat(this.browser.fetch("/open").statusCode()).isEqualTo(404);
		assertThat(log).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void completeWhenUserOfAStreamHasSignedOutThenResponseEndsWithoutAnError(CapturedOutput log) throws Exception {
		completeWhenUserHasSignedOutThenResponseEndsWithoutAnError("stream", log);
	}

	@Test
	void streamWhenItWatchesTheSsoSessionThenEndsWithTheSignOut(CapturedOutput log) throws Exception {
		String csrfToken = Browser.csrfToken(this.browser.signIn(this.ultraCart, "Jane!ops", "/form"));
		CompletableFuture<HttpResponse<String>> response = CompletableFuture
			.supplyAsync(() -> this.browser.fetch("/watched"));
		assertThat(endings.poll(30, TimeUnit.SECONDS)).isNotNull();
		this.browser.submit("/logout", csrfToken);
		assertThat(response.get(30, TimeUnit.SECONDS).body()).contains("the first of it");
		assertThat(log).doesNotContain("ERROR").doesNotContain("WARN");
	}

	@Test
	void dispatchWhenToAnotherUrlThenItIsAuthorized() {
		assertThat(this.browser.fetch("/open/here").body()).isEqualTo("here again");
		assertThat(this.browser.fetch("/open/elsewhere").statusCode()).isEqualTo(401);
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

			private final SsoSessionWatch ssoSessionWatch;

			Pages(SsoSessionWatch ssoSessionWatch) {
				this.ssoSessionWatch = ssoSessionWatch;
			}

			@GetMapping("/form")
			String form(CsrfToken csrfToken) {
				return "<input name=\"_csrf\" value=\"" + csrfToken.getToken() + "\">";
			}

			@GetMapping("/sse")
			SseEmitter events() throws IOException {
				return begin(new SseEmitter());
			}

			@GetMapping("/watched")
			SseEmitter watched(@CurrentSsoSession SsoSession ssoSession) throws IOException {
				SseEmitter emitter = begin(new SseEmitter());
				emitter.onCompletion(this.ssoSessionWatch.watch(ssoSession, emitter::complete)::close);
				return emitter;
			}

			@GetMapping("/chunks")
			ResponseBodyEmitter chunks() throws IOException {
				return begin(new ResponseBodyEmitter());
			}

			private static <T extends ResponseBodyEmitter> T begin(T emitter) throws IOException {
				emitter.send("the first of it");
				endings.add(() -> {
					try {
						emitter.send("the last of it");
						emitter.complete();
					}
					catch (IOException ex) {
						emitter.completeWithError(ex);
					}
				});
				return emitter;
			}

			@GetMapping("/stream")
			StreamingResponseBody stream() {
				return (out) -> {
					out.write("the first of it".getBytes(StandardCharsets.UTF_8));
					out.flush();
					awaitEnding();
					out.write("the last of it".getBytes(StandardCharsets.UTF_8));
				};
			}

			@GetMapping("/deferred")
			DeferredResult<String> deferred() {
				DeferredResult<String> result = new DeferredResult<>();
				endings.add(() -> result.setResult("the last of it"));
				return result;
			}

			@GetMapping("/callable")
			Callable<String> callable() {
				return () -> {
					awaitEnding();
					return "the last of it";
				};
			}

			private static void awaitEnding() {
				CompletableFuture<Boolean> ended = new CompletableFuture<>();
				endings.add(() -> ended.complete(true));
				ended.join();
			}

			@GetMapping("/open/here")
			void here(HttpServletRequest request, HttpServletResponse response) throws IOException {
				if (request.getDispatcherType() == DispatcherType.ASYNC) {
					response.getWriter().print("here again");
				}
				else {
					request.startAsync().dispatch();
				}
			}

			@GetMapping("/open/elsewhere")
			void elsewhere(HttpServletRequest request, HttpServletResponse response) {
				request.startAsync().dispatch("/form");
			}

		}

	}

}
