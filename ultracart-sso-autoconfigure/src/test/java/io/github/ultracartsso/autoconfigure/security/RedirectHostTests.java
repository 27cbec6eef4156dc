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
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which host the redirect URI of a login may have, however the host of a request comes to
 * the application: over sockets, with the server's own TLS or behind a proxy.
 */
@ExtendWith(OutputCaptureExtension.class)
class RedirectHostTests {

	private static final String TLS = "server.ssl.key-store=classpath:keystore";

	private static final TestUltraCart ultraCart = new TestUltraCart();

	/**
	 * The applications by their properties, because each takes a while to start.
	 */
	private static final Map<List<String>, ConfigurableApplicationContext> applications = new HashMap<>();

	/**
	 * A minute after the last test, so that an error is logged again.
	 */
	private static final MinuteClock clock = new MinuteClock();

	@BeforeAll
	static void startUltraCart() {
		ultraCart.start();
	}

	@BeforeEach
	void forgetCalls() {
		ultraCart.forgetCalls();
		clock.minutes++;
	}

	@AfterAll
	static void stop() {
		applications.values().forEach(ConfigurableApplicationContext::close);
		applications.clear();
		ultraCart.stop();
	}

	@Test // C4
	void startWhenTlsInTheApplicationAndHostIsForgedThenNoLogin(CapturedOutput output) throws Exception {
		int port = start(TLS, "server.ssl.key-store-type=jks", "server.ssl.key-store-password=password");
		assertRejected(send(tls(), port, "Host: evil.example"), output, "https://evil.example,");
	}

	@ParameterizedTest // C4
	@CsvSource({ "framework, X-Forwarded-Host: evil.example", "framework, Forwarded: host=evil.example;proto=https",
			"native, X-Forwarded-Host: evil.example", "native, Forwarded: host=evil.example;proto=https",
			"none, X-Forwarded-Host: evil.example", "none, Forwarded: host=evil.example;proto=https" })
	void startWhenForwardedHostIsForgedThenNoLogin(String strategy, String header, CapturedOutput output)
			throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy);
		assertRejected(send(SocketFactory.getDefault(), port, "Host: localhost:" + port, "X-Forwarded-For: 203.0.113.7",
				"X-Forwarded-Proto: https", header), output, "");
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "framework", "native", "none" })
	void startWhenProxyPassesForgedHostThenNoLogin(String strategy, CapturedOutput output) throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy);
		assertRejected(send(SocketFactory.getDefault(), port, "Host: evil.example", "X-Forwarded-For: 203.0.113.7",
				"X-Forwarded-Proto: https"), output, "evil.example");
	}

	@ParameterizedTest // C4
	@CsvSource({ "framework, X-Forwarded-For: 203.0.113.7", "native, X-Forwarded-For: 203.0.113.7",
			"native, X-Forwarded-For: 10.0.0.7", "none, X-Forwarded-For: 203.0.113.7",
			"framework, X-Forwarded-Proto: https", "native, X-Forwarded-Proto: https", "none, Via: 1.1 proxy",
			"framework, Forwarded: for=203.0.113.7" })
	void startWhenProxyPassesLoopbackHostThenNoLogin(String strategy, String header, CapturedOutput output)
			throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy);
		assertRejected(send(SocketFactory.getDefault(), port, "Host: localhost:" + port, header), output, "localhost");
	}

	@Test // C4
	void startWhenAddressComesFromAnotherHeaderThenNoLogin(CapturedOutput output) throws Exception {
		int port = start("server.forward-headers-strategy=native", "server.tomcat.remoteip.remote-ip-header=X-Client");
		assertRejected(send(SocketFactory.getDefault(), port, "Host: localhost:" + port, "X-Client: 203.0.113.7"),
				output, "localhost");
	}

	@ParameterizedTest
	@CsvSource({ "framework, localhost", "native, localhost", "none, localhost", "native, 127.0.0.1" })
	void startWhenDirectAndLoopbackHostThenLogin(String strategy, String host) throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy);
		assertStarted(send(SocketFactory.getDefault(), port, "Host: %s:%d".formatted(host, port)),
				"http://%s:%d/login/ultracart".formatted(host, port));
	}

	@ParameterizedTest
	@CsvSource({ "framework, X-Forwarded-Host: shop.example.com",
			"framework, Forwarded: host=shop.example.com;proto=https", "native, X-Forwarded-Host: shop.example.com",
			"framework, X-Other: a", "native, X-Other: a" })
	void startWhenHostIsListedThenLogin(String strategy, String header) throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy, "ultracart.sso.redirect-hosts=*.example.com");
		assertStarted(send(SocketFactory.getDefault(), port, "Host: shop.example.com", "X-Forwarded-For: 203.0.113.7",
				"X-Forwarded-Proto: https", header), "https://shop.example.com/login/ultracart");
	}

	// Tomcat itself rejects a host with an underscore
	@ParameterizedTest
	@ValueSource(strings = { "back_office.example.com", "a.back_office.example.com" })
	void startWhenListedHostHasUnderscoreThenLogin(String host) throws Exception {
		int port = start("server.forward-headers-strategy=framework",
				"ultracart.sso.redirect-hosts=back_office.example.com,*.back_office.example.com");
		assertStarted(
				send(SocketFactory.getDefault(), port, "Host: internal", "X-Forwarded-For: 203.0.113.7",
						"X-Forwarded-Proto: https", "X-Forwarded-Host: " + host),
				"https://" + host + "/login/ultracart");
	}

	@Test
	void startWhenRedirectUriAndLoginHostHaveUnderscoresThenLogin() throws Exception {
		ultraCart.given(put(TestUltraCart.AUTHORIZE), okJson("{\"login_url\":\"https://sign_in.example.com/login\"}"));
		try {
			int port = start("ultracart.sso.redirect-uri=https://back_office.example.com/login/ultracart",
					"ultracart.sso.allowed-login-hosts=sign_in.example.com");
			String response = send(SocketFactory.getDefault(), port, "Host: internal");
			assertStarted(response, "https://back_office.example.com/login/ultracart");
			assertThat(response).contains("Location: https://sign_in.example.com/login");
		}
		finally {
			ultraCart.given(put(TestUltraCart.AUTHORIZE),
					okJson("{\"login_url\":\"%s/login\"}".formatted(ultraCart.baseUrl())));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "framework", "native" })
	void startWhenRedirectUriIsAbsoluteThenHostIsOfNoInfluence(String strategy) throws Exception {
		int port = start("server.forward-headers-strategy=" + strategy,
				"ultracart.sso.redirect-uri=https://shop.example.com/login/ultracart");
		assertStarted(send(SocketFactory.getDefault(), port, "Host: evil.example", "X-Forwarded-For: 203.0.113.7"),
				"https://shop.example.com/login/ultracart");
	}

	private static void assertRejected(String response, CapturedOutput output, String named) {
		assertThat(response).startsWith("HTTP/1.1 302").contains("/login?error=unavailable\r\n");
		assertThat(ultraCart.calls()).isEmpty();
		assertThat(output.getAll().lines().filter((line) -> line.contains(" ERROR "))).singleElement()
			.asString()
			.contains("ultracart.sso.redirect-uri", "https://", "/login/ultracart", "ultracart.sso.redirect-hosts",
					named);
	}

	private static void assertStarted(String response, String redirectUri) {
		assertThat(response).startsWith("HTTP/1.1 302").doesNotContain("error=");
		assertThat(ultraCart.authorizeRequest("redirect_uri")).isEqualTo(redirectUri);
	}

	private static int start(String... properties) {
		ConfigurableApplicationContext application = applications.computeIfAbsent(List.of(properties),
				RedirectHostTests::run);
		return Objects.requireNonNull(application.getEnvironment().getProperty("local.server.port", Integer.class));
	}

	private static ConfigurableApplicationContext run(List<String> properties) {
		SpringApplication application = new SpringApplication(TestApplication.Everything.class);
		application.addInitializers((context) -> context.getBeanFactory().registerSingleton("clock", clock));
		return application.run(Stream
			.concat(Stream.of("server.port=0", "ultracart.sso.simple-key=" + TestApplication.KEY,
					"ultracart.sso.base-url=" + ultraCart.baseUrl()), properties.stream())
			.map((property) -> "--" + property)
			.toArray(String[]::new));
	}

	private static String send(SocketFactory sockets, int port, String... headers) throws IOException {
		List<String> lines = new ArrayList<>(List.of("GET /ultracart/authorize HTTP/1.1"));
		Collections.addAll(lines, headers);
		Collections.addAll(lines, "Sec-Fetch-Mode: navigate", "Accept: text/html", "Connection: close", "", "");
		try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream().write(String.join("\r\n", lines).getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		}
	}

	private static SocketFactory tls() throws GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { new TrustingManager() }, null);
		return context.getSocketFactory();
	}

	private static final class TrustingManager implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

	private static final class MinuteClock extends Clock {

		private long minutes;

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return Instant.now().plus(Duration.ofMinutes(this.minutes));
		}

	}

}
