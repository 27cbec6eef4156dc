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
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.api.UltraCartApi;
import io.github.ultracartsso.web.socket.SsoSessionWebSockets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.session.MapSessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests WebSocket connections whose user's session ends, on a server. The sessions are
 * not those of the server, which would close connections itself when it invalidates one.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Timeout(60)
class WebSocketTests {

	private static final String STOMP_CONNECT = "CONNECT\naccept-version:1.2\nhost:localhost\n\n\0";

	@Autowired
	private UltraCartSimulator ultraCart;

	private String application = "";

	private Browser browser = new Browser("");

	private String csrfToken = "";

	@BeforeEach
	void signIn(@LocalServerPort int port) {
		this.application = "http://localhost:" + port;
		this.browser = new Browser(this.application);
		this.csrfToken = Browser.csrfToken(this.browser.signIn(this.ultraCart, "Jane!ops", "/form"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/echo", "/stomp" })
	void connectionWhenUserSignsOutThenClosed(String url) throws Exception {
		Connection connection = new Connection(this.browser, url);
		this.browser.submit("/logout", this.csrfToken);
		assertThat(connection.next()).isEqualTo("closed 1008 The session of the user has ended");
	}

	@Test
	void connectionWhenUserSignsOutOfAnotherSessionThenGoesOn() throws Exception {
		Browser other = new Browser(this.application);
		other.signIn(this.ultraCart, "Jane!ops", "/form");
		Connection connection = new Connection(other, "/echo");
		this.browser.submit("/logout", this.csrfToken);
		assertThat(connection.send("still there").next()).isEqualTo("still there");
	}

	@Test
	void connectionWhenKeyIsRefusedThenClosed() throws Exception {
		Connection connection = new Connection(this.browser, "/echo");
		this.ultraCart.revokeAll();
		this.browser.fetch("/orders");
		assertThat(connection.next()).startsWith("closed 1008");
	}

	@Test
	void connectionWhenUserSignsInAnewThenClosed() throws Exception {
		Connection connection = new Connection(this.browser, "/echo");
		String login = Browser.location(this.browser.navigate("/ultracart/authorize"));
		this.browser.navigate(this.ultraCart.approve(URI.create(login), "Jane!ops").toString());
		assertThat(connection.next()).startsWith("closed 1008");
		assertThat(new Connection(this.browser, "/echo").send("hello").next()).isEqualTo("hello");
	}

	/**
	 * Connection of a browser, and what it receives.
	 */
	private static final class Connection implements WebSocket.Listener {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		private final WebSocket webSocket;

		Connection(Browser browser, String url) throws Exception {
			this.webSocket = browser.connect(url, this);
			if (url.equals("/stomp")) {
				assertThat(send(STOMP_CONNECT).next()).startsWith("CONNECTED");
			}
			else {
				assertThat(send("hello").next()).isEqualTo("hello");
			}
		}

		Connection send(String text) {
			this.webSocket.sendText(text, true).join();
			return this;
		}

		String next() throws InterruptedException {
			String next = this.received.poll(20, TimeUnit.SECONDS);
			return (next != null) ? next : "nothing";
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.received.add(data.toString());
			socket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
			this.received.add("closed " + statusCode + " " + reason);
			return null;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableSpringHttpSession
	@EnableWebSocket
	@EnableWebSocketMessageBroker
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application implements WebSocketMessageBrokerConfigurer {

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp");
		}

		@Bean
		WebSocketConfigurer handlers(SsoSessionWebSockets webSockets) {
			return new WebSocketConfigurer() {

				@Override
				public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
					registry.addHandler(webSockets.decorate(new Echo()), "/echo");
				}

			};
		}

		@Bean
		MapSessionRepository sessionRepository() {
			return new MapSessionRepository(new ConcurrentHashMap<>());
		}

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").permission("View Items").build();
		}

		@Bean
		SimulatedResource orders() {
			return SimulatedResource.get("/order/orders").permission("View Items").json("{\"orders\":[]}");
		}

		private static final class Echo extends TextWebSocketHandler {

			@Override
			protected void handleTextMessage(WebSocketSession session, TextMessage message) throws Exception {
				session.sendMessage(message);
			}

		}

		@RestController
		static class Pages {

			private final RestClient ultraCart;

			Pages(@UltraCartApi RestClient ultraCart) {
				this.ultraCart = ultraCart;
			}

			@GetMapping("/form")
			String form(CsrfToken csrfToken) {
				return "<input name=\"_csrf\" value=\"" + csrfToken.getToken() + "\">";
			}

			@GetMapping("/orders")
			String orders() {
				return this.ultraCart.get().uri("/order/orders").retrieve().requiredBody(String.class);
			}

		}

	}

}
