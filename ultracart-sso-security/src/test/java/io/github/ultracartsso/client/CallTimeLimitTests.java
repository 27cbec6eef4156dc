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

package io.github.ultracartsso.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.ultracartsso.ScriptedServer;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link CallTimeLimit}, with servers that no time limit of a connection is a
 * match for.
 */
@Timeout(60)
class CallTimeLimitTests {

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
					Duration.ofSeconds(60), LIMIT);
			client.setMaxRetries(3);
			long begun = System.nanoTime();
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY))
				.withMessage("getSsoSessionUser got no answer within PT0.5S")
				.returns(UltraCartApiFailure.NO_ANSWER, UltraCartApiException::getFailure)
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
					Duration.ofMillis(100), Duration.ofSeconds(1));
			client.setMaxRetries(100);
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
				new HttpComponentsClientHttpRequestFactory(builder.build()));
		client.setTimeLimit(limit);
		long begun = System.nanoTime();
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> client.sessionUser(TestSecrets.USER_KEY))
			.returns(UltraCartApiFailure.NO_ANSWER, UltraCartApiException::getFailure)
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
	void isOverWhenNoCallIsUnderWayThenFalse() {
		CallTimeLimit limit = new CallTimeLimit(LIMIT);
		assertThat(limit.isOver()).isFalse();
		assertThat(limit.enforce(limit::isOver)).isFalse();
		limit.breakOff();
	}

	@Test
	void constructorWhenNotPositiveThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CallTimeLimit(Duration.ZERO))
			.withMessage("timeout must be positive");
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
