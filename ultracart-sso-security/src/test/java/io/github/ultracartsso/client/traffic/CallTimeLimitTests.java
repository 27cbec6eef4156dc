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

package io.github.ultracartsso.client.traffic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.http.TestUltraCart;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallTimeLimit}, with servers that no time limit of a connection is a
 * match for.
 */
@Timeout(60)
class CallTimeLimitTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n";

	private static final Duration LIMIT = Duration.ofMillis(500);

	private static final Duration BOUND = Duration.ofSeconds(5);

	/**
	 * Loading classes takes its time, too.
	 */
	@BeforeAll
	static void callOnce() throws IOException {
		try (ScriptedServer server = ScriptedServer.following((exchange) -> exchange.send(HEAD + TestAnswers.USER))) {
			TestUltraCart.client(server.url("http", "/rest/v2")).sessionUser(TestSecrets.USER_KEY);
		}
	}

	// G1
	@ParameterizedTest
	@MethodSource("slowServers")
	void callWhenServerTakesItsTimeThenBrokenOff(ScriptedServer.Script script) throws IOException {
		try (ScriptedServer server = ScriptedServer.following(script)) {
			RestClientUltraCartSsoClient client = TestUltraCart.client(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60),
					TestUltraCart.settings().withTimeLimit(new CallTimeLimit(LIMIT)).withMaxRetries(3));
			long begun = System.nanoTime();
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY))
				.withMessage("getSsoSessionUser got no response within PT0.5S")
				.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
				.returns(true, UltraCartApiException::wasSent);
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT, BOUND);
			assertThat(server.requests()).hasSize(1);
		}
	}

	static Stream<Named<ScriptedServer.Script>> slowServers() {
		return Stream.of(Named.of("silent", ScriptedServer.Exchange::staySilent),
				Named.of("silent after the head", (exchange) -> exchange.send(HEAD).staySilent()),
				Named.of("drips its headers", (exchange) -> exchange.drip("HTTP/1.1 200 " + "O".repeat(5000), 50)),
				Named.of("drips its body", (exchange) -> exchange.send(HEAD + "{").drip(" ".repeat(5000), 50)));
	}

	@Test // G1
	void callWhenRepeatedThenTheLimitIsForAllAttemptsTogether() throws IOException {
		try (ScriptedServer server = ScriptedServer.following(ScriptedServer.Exchange::staySilent)) {
			RestClientUltraCartSsoClient client = TestUltraCart.client(server.url("http", "/rest/v2"),
					Duration.ofMillis(100),
					TestUltraCart.settings()
						.withTimeLimit(new CallTimeLimit(Duration.ofSeconds(1)))
						.withMaxRetries(100));
			long begun = System.nanoTime();
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY));
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
			assertThat(server.requests()).hasSizeBetween(2, 4);
		}
	}

	@Test // G1
	void callWhenNameServerIsSilentThenGivenUp() {
		CallTimeLimit limit = new CallTimeLimit(LIMIT);
		CountDownLatch resolved = new CountDownLatch(1);
		HttpClientBuilder builder = HttpClientBuilder.create()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
				.setDnsResolver(limit.dnsResolver(new SilentDnsResolver(resolved)))
				.build());
		new UltraCartHttpClientCustomizer(limit).accept(builder);
		RestClientUltraCartSsoClient client = TestUltraCart.client(URI.create("https://secure.invalid/rest/v2"),
				RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(builder.build())),
				TestUltraCart.settings().withTimeLimit(limit));
		long begun = System.nanoTime();
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY))
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure)
			.returns(false, UltraCartApiException::wasSent);
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(LIMIT, BOUND);
		resolved.countDown();
	}

	@Test
	void dnsResolverThenResolvesInACallAndOutsideOfOne() throws Exception {
		CallTimeLimit limit = new CallTimeLimit(BOUND);
		DnsResolver resolver = limit.dnsResolver();
		InetAddress[] loopback = InetAddress.getAllByName("127.0.0.1");
		assertThat(resolver.resolve("127.0.0.1")).containsExactly(loopback);
		assertThat(resolver.resolveCanonicalHostname("127.0.0.1")).isNotEmpty();
		assertThat(limit.<InetAddress[]>enforce(() -> {
			try {
				return resolver.resolve("127.0.0.1");
			}
			catch (UnknownHostException ex) {
				throw new UncheckedIOException(ex);
			}
		})).containsExactly(loopback);
	}

	@Test
	void callWhenOneWasBrokenOffThenTheNextHasItsWholeTime() throws IOException {
		try (ScriptedServer server = ScriptedServer.following(ScriptedServer.Exchange::staySilent)) {
			RestClientUltraCartSsoClient client = TestUltraCart.client(server.url("http", "/rest/v2"),
					Duration.ofSeconds(60), LIMIT);
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY));
			server.follow((exchange) -> exchange.send(HEAD + TestAnswers.USER));
			assertThat(client.sessionUser(TestSecrets.USER_KEY).login()).isEqualTo("Jane!ops");
		}
	}

	@Test // G1
	void enforceWhenTimeIsOverThenWhatIsBegunThenIsBrokenOffAtOnce() throws IOException {
		CallTimeLimit limit = new CallTimeLimit(LIMIT);
		HttpClientBuilder builder = HttpClientBuilder.create();
		new UltraCartHttpClientCustomizer(limit).accept(builder);
		try (ScriptedServer server = ScriptedServer.following(ScriptedServer.Exchange::staySilent);
				CloseableHttpClient httpClient = builder.build()) {
			HttpGet request = new HttpGet(server.url("http", "/"));
			HttpGet another = new HttpGet(server.url("http", "/"));
			long begun = System.nanoTime();
			limit.enforce(() -> {
				assertThatExceptionOfType(Exception.class)
					.isThrownBy(() -> httpClient.execute(request, (response) -> "answered"));
				assertThatExceptionOfType(Exception.class)
					.isThrownBy(() -> httpClient.execute(another, (response) -> "answered"));
				assertThat(limit.isOver()).isTrue();
				return "over";
			});
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
			assertThat(limit.isOver()).isFalse();
		}
	}

	@Test
	void enforceWhenManyCallsAreInTimeThenNoThreadForEach() {
		CallTimeLimit limit = new CallTimeLimit(BOUND);
		enforce(limit, 10);
		long before = startedThreads();
		enforce(limit, 200);
		// some of the build's own may start meanwhile
		assertThat(startedThreads() - before).isLessThan(20);
	}

	@Test
	void callsWhenConnectionIsKeptAliveThenNoThreadForEach() {
		CallTimeLimit limit = new CallTimeLimit(BOUND);
		HttpClientBuilder builder = HttpClientBuilder.create()
			.setConnectionManager(
					PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(limit.dnsResolver()).build());
		new UltraCartHttpClientCustomizer(limit).accept(builder);
		UltraCartSsoClient client = TestUltraCart.client(TestUltraCart.baseUrl(ultraCart),
				RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(builder.build())),
				TestUltraCart.settings().withTimeLimit(limit));
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER, 200, TestAnswers.USER);
		for (int i = 0; i < 10; i++) {
			client.sessionUser(TestSecrets.USER_KEY);
		}
		long before = startedThreads();
		for (int i = 0; i < 200; i++) {
			client.sessionUser(TestSecrets.USER_KEY);
		}
		// some of the server's own may start meanwhile
		assertThat(startedThreads() - before).isLessThan(50);
	}

	private static void enforce(CallTimeLimit limit, int calls) {
		for (int i = 0; i < calls; i++) {
			limit.enforce(() -> "in time");
		}
	}

	private static long startedThreads() {
		return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
	}

	@Test
	void isOverWhenNoCallIsUnderWayThenFalse() {
		CallTimeLimit limit = new CallTimeLimit(LIMIT);
		assertThat(limit.isOver()).isFalse();
		assertThat(limit.enforce(limit::isOver)).isFalse();
		limit.abort();
	}

	@Test
	void constructorWhenNotPositiveThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallTimeLimit(Duration.ZERO))
			.withMessage("timeout must be positive");
		assertThatIllegalArgumentException().isThrownBy(() -> new CallTimeLimit(Duration.ofSeconds(Long.MAX_VALUE)))
			.withMessage("timeout cannot exceed a day");
	}

	/**
	 * Waits as the operating system does for a name server that is not there.
	 */
	private record SilentDnsResolver(CountDownLatch resolved) implements DnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			try {
				this.resolved.await(BOUND.multipliedBy(4).toSeconds(), TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			throw new UnknownHostException(host);
		}

		@Override
		public String resolveCanonicalHostname(String host) {
			return host;
		}

	}

}
