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

package io.github.ultracartsso.autoconfigure.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.autoconfigure.Observations;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestConnectionDetails;
import io.github.ultracartsso.autoconfigure.TestKeyStores;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.oauth.RefreshTokenRepository;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSsoClientAutoConfiguration}, each with a real call where it
 * is about what is sent.
 */
class UltraCartSsoClientAutoConfigurationTests {

	private static final SingleSignOnAuthorizeRequest AUTHORIZE_REQUEST = new SingleSignOnAuthorizeRequest(
			"https://app.example.com/login/ultracart", "some-state");

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test // F1
	@ExtendWith(OutputCaptureExtension.class)
	void startWhenConnectionsAreLoggedThenWarns(CapturedOutput output) {
		Logger wire = (Logger) LoggerFactory.getLogger("org.apache.hc.client5.http.wire");
		Level level = wire.getLevel();
		try {
			wire.setLevel(Level.DEBUG);
			TestApplication.configured().run((context) -> assertThat(context).hasNotFailed());
		}
		finally {
			wire.setLevel(level);
		}
		assertThat(output).contains("org.apache.hc.client5.http.wire is at DEBUG")
			.doesNotContain("org.apache.hc.client5.http.headers is at DEBUG");
	}

	@Test
	void clientWhenBaseUrlSetThenCallsGoThere() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).singleElement()
				.satisfies((call) -> assertThat(call.getUrl()).isEqualTo(TestUltraCart.AUTHORIZE));
		});
	}

	@Test
	void clientWhenSimpleKeySetThenSentRawInHeader() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).singleElement().satisfies((call) -> {
				assertThat(call.getHeader("x-ultracart-simple-key")).isEqualTo(TestApplication.KEY);
				assertThat(call.containsHeader("Authorization")).isFalse();
			});
		});
	}

	@Test
	void startWhenOauthSetThenNoCall() {
		callingWithOauth().run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(this.ultraCart.calls()).isEmpty();
		});
	}

	@Test
	void clientWhenOauthSetThenAccessTokenInPlaceOfKey() {
		this.ultraCart.given(post(TestUltraCart.ACCESS_TOKEN),
				okJson("{\"access_token\": \"token-1\", \"expires_in\": \"3600\"}"));
		callingWithOauth().run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).extracting(LoggedRequest::getUrl)
				.containsExactly(TestUltraCart.ACCESS_TOKEN, TestUltraCart.AUTHORIZE, TestUltraCart.AUTHORIZE);
			assertThat(this.ultraCart.calls().get(0).getBodyAsString())
				.isEqualTo("grant_type=refresh_token&client_id=the-client&refresh_token=the-refresh-token");
			assertThat(this.ultraCart.calls().subList(1, 3)).allSatisfy((call) -> {
				assertThat(call.getHeader("Authorization")).isEqualTo("Bearer token-1");
				assertThat(call.containsHeader("x-ultracart-simple-key")).isFalse();
			});
		});
	}

	@Test
	void clientWhenOauthAndRefreshTokenRepositoryBeanThenItIsUsed() {
		RefreshTokenRepository repository = mock(RefreshTokenRepository.class);
		given(repository.load()).willReturn(OAuthToken.of("kept-token"));
		this.ultraCart.given(post(TestUltraCart.ACCESS_TOKEN),
				okJson("{\"access_token\": \"token-1\", \"refresh_token\": \"next-token\"}"));
		callingWithOauth().withBean(RefreshTokenRepository.class, () -> repository).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls().get(0).getBodyAsString()).endsWith("&refresh_token=kept-token");
			then(repository).should().save(OAuthToken.of("next-token"));
		});
	}

	@Test
	void clientWhenOauthAndClockBeanThenAccessTokensExpireByIt() {
		AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2031-12-24T18:00:00Z"));
		Clock clock = mock(Clock.class);
		given(clock.instant()).willAnswer((invocation) -> now.get());
		this.ultraCart.given(post(TestUltraCart.ACCESS_TOKEN),
				okJson("{\"access_token\": \"token-1\", \"expires_in\": \"3600\"}"));
		callingWithOauth().withBean(Clock.class, () -> clock).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			now.set(Instant.parse("2031-12-24T18:59:00Z"));
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).extracting(LoggedRequest::getUrl)
				.containsExactly(TestUltraCart.ACCESS_TOKEN, TestUltraCart.AUTHORIZE, TestUltraCart.ACCESS_TOKEN,
						TestUltraCart.AUTHORIZE);
		});
	}

	private WebApplicationContextRunner callingWithOauth() {
		return TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl(),
					"ultracart.sso.oauth.client-id=the-client", "ultracart.sso.oauth.refresh-token=the-refresh-token");
	}

	@Test
	void clientWhenApiVersionNotSetThenDocumentedOneIsSent() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).singleElement()
				.satisfies((call) -> assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01"));
		});
	}

	@Test
	void clientWhenApiVersionSetThenItIsSent() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.api-version=2031-12-24")
			.run((context) -> {
				context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
				assertThat(this.ultraCart.calls()).singleElement()
					.satisfies((call) -> assertThat(call.getHeader("X-UltraCart-Api-Version")).isEqualTo("2031-12-24"));
			});
	}

	@Test
	// G1
	void clientWhenReadTimeoutSetThenHungCallEndsWithinIt() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			TestApplication.configured()
				.withPropertyValues("ultracart.sso.base-url=http://127.0.0.1:" + silent.getLocalPort(),
						"ultracart.sso.http.read-timeout=200ms")
				.run((context) -> assertNoAnswer(context.getBean(UltraCartSsoClient.class), Duration.ofMillis(4500)));
		}
	}

	@Test
	// G1
	void clientWhenCallTimeoutSetThenDrippingAnswerIsBrokenOffWithinIt() {
		this.ultraCart.given(get(TestUltraCart.USER), okJson("{\"user_id\": 17}").withChunkedDribbleDelay(10, 100_000));
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.http.read-timeout=50s", "ultracart.sso.http.call-timeout=300ms")
			.run((context) -> assertNoAnswer(context.getBean(UltraCartSsoClient.class), Duration.ofMillis(4500)));
	}

	@ParameterizedTest
	@CsvSource({ "2, 3", "0, 1", "1, 2" })
	void clientWhenMaxRetriesSetThenUserIsReadAgainAsOften(int maxRetries, int calls) {
		this.ultraCart.given(get(TestUltraCart.USER), aResponse().withStatus(503));
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.http.max-retries=" + maxRetries)
			.run((context) -> {
				assertThatExceptionOfType(UltraCartApiException.class)
					.isThrownBy(() -> context.getBean(UltraCartSsoClient.class)
						.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)));
				assertThat(this.ultraCart.calls()).hasSize(calls);
			});
	}

	@Test
	// G1
	void clientWhenConnectTimeoutSetThenUnansweredConnectionAttemptEndsWithinIt() throws IOException {
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = connect(full);
				Socket second = connect(full)) {
			assertThat(first.isConnected() && second.isConnected()).isTrue();
			TestApplication.configured()
				.withPropertyValues("ultracart.sso.base-url=http://127.0.0.1:" + full.getLocalPort(),
						"ultracart.sso.http.connect-timeout=200ms")
				.run((context) -> assertNoAnswer(context.getBean(UltraCartSsoClient.class), Duration.ofMillis(1950)));
		}
	}

	/**
	 * Takes a place in the queue of a server that accepts nobody.
	 */
	private static Socket connect(ServerSocket server) throws IOException {
		return new Socket(server.getInetAddress(), server.getLocalPort());
	}

	private static void assertNoAnswer(UltraCartSsoClient client, Duration limit) {
		Instant start = Instant.now();
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
			.satisfies((ex) -> assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.NO_RESPONSE));
		assertThat(Duration.between(start, Instant.now())).isLessThan(limit);
	}

	@Test
	// G1
	void propertiesWhenTimeoutsNotSetThenTwoAndFiveSeconds() {
		TestApplication.configured().run((context) -> {
			UltraCartSsoProperties.Http http = context.getBean(UltraCartSsoProperties.class).http();
			assertThat(http.getConnectTimeout()).isEqualTo(Duration.ofSeconds(2));
			assertThat(http.getReadTimeout()).isEqualTo(Duration.ofSeconds(5));
		});
	}

	@Test
	// G1
	void propertiesWhenTimeoutsBlankThenDefaults() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.http.connect-timeout=", "ultracart.sso.http.read-timeout=")
			.run((context) -> {
				UltraCartSsoProperties.Http http = context.getBean(UltraCartSsoProperties.class).http();
				assertThat(http.getConnectTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(http.getReadTimeout()).isEqualTo(Duration.ofSeconds(5));
			});
	}

	@Test
	void clientWhenSslBundleSetThenServerItTrustsIsCalled(@TempDir Path directory) {
		runAgainstHttps(directory,
				(runner, https) -> runner
					.withPropertyValues("ultracart.sso.http.ssl.bundle=ultracart",
							"spring.ssl.bundle.jks.ultracart.truststore.location=file:"
									+ directory.resolve("store.p12"),
							"spring.ssl.bundle.jks.ultracart.truststore.password=changeit",
							"spring.ssl.bundle.jks.ultracart.truststore.type=PKCS12")
					.run((context) -> {
						context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
						assertThat(https.calls()).hasSize(1);
					}));
	}

	@Test
	void clientWhenSslBundleNotSetThenUnknownCertificateIsRefused(@TempDir Path directory) {
		runAgainstHttps(directory, (runner, https) -> runner.run((context) -> {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
				.withMessageContaining("SSLHandshakeException");
			assertThat(https.calls()).isEmpty();
		}));
	}

	@Test
	void startWhenSslBundleCannotBeReadThenFails(@TempDir Path directory) {
		TestKeyStores.selfSignedForLocalhost(directory.resolve("store.p12"));
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.http.ssl.bundle=ultracart",
					"spring.ssl.bundle.jks.ultracart.truststore.location=file:" + directory.resolve("store.p12"),
					"spring.ssl.bundle.jks.ultracart.truststore.password=mistyped",
					"spring.ssl.bundle.jks.ultracart.truststore.type=PKCS12")
			.run((context) -> assertThat(context).getFailure().hasStackTraceContaining("password was incorrect"));
	}

	@Test
	void startWhenSslBundleNotSetThenNoHttpClientYet() {
		TestApplication.configured()
			.run((context) -> assertThat(context.getBean(UltraCartConnection.class).requestFactory())
				.isNotInstanceOf(HttpComponentsClientHttpRequestFactory.class));
	}

	private static void runAgainstHttps(Path directory, HttpsTest test) {
		Path store = TestKeyStores.selfSignedForLocalhost(directory.resolve("store.p12"));
		TestUltraCart https = new TestUltraCart(WireMockConfiguration.options()
			.httpDisabled(true)
			.dynamicHttpsPort()
			.keystorePath(store.toString())
			.keystorePassword(TestKeyStores.PASSWORD)
			.keyManagerPassword(TestKeyStores.PASSWORD)
			.keystoreType("PKCS12"));
		https.start();
		try {
			test.run(TestApplication.calling(https), https);
		}
		finally {
			https.stop();
		}
	}

	@Test
	// C6
	void clientWhenServerRedirectsThenKeyDoesNotTravelAlong() {
		this.ultraCart.given(get(TestUltraCart.USER), temporaryRedirect(TestUltraCart.REVOKE));
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)));
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void clientWhenServerSetsCookieThenNextCallDoesNotCarryIt() {
		this.ultraCart.given(get(TestUltraCart.USER), okJson("{}").withHeader("Set-Cookie", "JSESSIONID=jane"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
			client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
			client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
			assertThat(this.ultraCart.calls()).hasSize(2)
				.allSatisfy((call) -> assertThat(call.containsHeader("Cookie")).isFalse());
		});
	}

	@Test
	// G3
	void clientWhenServerUnavailableThenCodeIsNotSentAgain() {
		this.ultraCart.given(put(TestUltraCart.TOKEN), aResponse().withStatus(503).withHeader("Retry-After", "0"));
		TestApplication.calling(this.ultraCart).run((context) -> {
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> context.getBean(UltraCartSsoClient.class).exchange(TestUltraCart.CODE));
			assertThat(this.ultraCart.calls()).hasSize(1);
		});
	}

	@Test
	void clientWhenObservationRegistryThenCallsAreObservedByUriTemplate() {
		Observations observations = new Observations();
		TestApplication.calling(this.ultraCart)
			.withBean(ObservationRegistry.class, observations::registry)
			.run((context) -> {
				context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
				assertThat(observations.name()).isEqualTo("http.client.requests");
				assertThat(observations.tags()).containsEntry("uri", "/rest/v2/sso/session/user")
					.containsEntry("method", "GET")
					.containsEntry("status", "200");
			});
	}

	@Test
	void clientWhenClockBeanThenRetryAfterDateIsComparedWithIt() {
		Clock clock = Clock.fixed(Instant.parse("2031-12-24T18:00:00Z"), ZoneOffset.UTC);
		this.ultraCart.given(get(TestUltraCart.USER),
				aResponse().withStatus(429).withHeader("Retry-After", "Wed, 24 Dec 2031 18:01:00 GMT"));
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> clock)
			.run((context) -> assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(
					() -> context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
				.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofMinutes(1))));
	}

	@Test
	// G4
	void clientWhenUltraCartHasHadTooManyCallsThenNoneButRevocationsFollow() {
		this.ultraCart.given(put(TestUltraCart.AUTHORIZE), aResponse().withStatus(429).withHeader("Retry-After", "60"));
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> Clock.fixed(Instant.parse("2031-12-24T18:00:00Z"), ZoneOffset.UTC))
			.run((context) -> {
				UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
				for (int i = 0; i < 3; i++) {
					assertThatExceptionOfType(UltraCartApiException.class)
						.isThrownBy(() -> client.authorize(AUTHORIZE_REQUEST))
						.satisfies((ex) -> assertThat(ex.getRetryAfter()).isEqualTo(Duration.ofMinutes(1)));
				}
				assertThatExceptionOfType(UltraCartApiException.class)
					.isThrownBy(() -> client.sessionUser(SimpleKey.of(TestUltraCart.USER_KEY)))
					.withMessageContaining("is not called before 2031-12-24T18:01:00Z");
				assertThat(this.ultraCart.calls()).hasSize(1);
				client.revoke(SimpleKey.of(TestUltraCart.USER_KEY));
				assertThat(this.ultraCart.calls()).hasSize(2);
			});
	}

	@Test
	void clientWhenOwnCallGateThenItIsPassed() {
		CallGate gate = new CallGate(7, Duration.ofSeconds(1));
		TestApplication.calling(this.ultraCart)
			.withBean("myGate", CallGate.class, () -> gate)
			.run((context) -> assertThat(context).getBean(CallGate.class).isSameAs(gate));
	}

	@Test
	void propertiesWhenLimitsOfCallsNotSetThenDefaults() {
		TestApplication.configured().run((context) -> {
			UltraCartSsoProperties.Http http = context.getBean(UltraCartSsoProperties.class).http();
			assertThat(http.getMaxConcurrentCalls()).isOne();
			assertThat(http.getQueueTimeout()).isEqualTo(Duration.ofSeconds(5));
			assertThat(http.getCallTimeout()).isEqualTo(Duration.ofSeconds(10));
			assertThat(http.getMaxRetries()).isEqualTo(2);
		});
	}

	@Test
	// F3
	void clientWhenApplicationHasRestClientBuilderThenItIsNotUsed() {
		RestClient.Builder builder = RestClient.builder().defaultHeader("X-Internal", "secret");
		TestApplication.calling(this.ultraCart).withBean(RestClient.Builder.class, () -> builder).run((context) -> {
			context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
			assertThat(this.ultraCart.calls()).singleElement()
				.satisfies((call) -> assertThat(call.containsHeader("X-Internal")).isFalse());
		});
	}

	@Test
	void configurationWhenOwnClientThenNoCredentialIsDemanded() {
		UltraCartSsoClient client = mock(UltraCartSsoClient.class);
		TestApplication.unconfigured().withBean(UltraCartSsoClient.class, () -> client).run((context) -> {
			assertThat(context).getBean(UltraCartSsoClient.class).isSameAs(client);
			assertThat(context).doesNotHaveBean(RestClientUltraCartSsoClient.class)
				.doesNotHaveBean(UltraCartSsoConnectionDetails.class);
		});
	}

	@Test
	void configurationWhenOwnConnectionDetailsThenTheyTakeThePlaceOfTheProperties() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=http://ignored.example.com")
			.withBean(UltraCartSsoConnectionDetails.class,
					() -> new TestConnectionDetails(URI.create(this.ultraCart.baseUrl())))
			.run((context) -> {
				assertThat(context).getBean(UltraCartSsoConnectionDetails.class)
					.isInstanceOf(TestConnectionDetails.class);
				context.getBean(UltraCartSsoClient.class).authorize(AUTHORIZE_REQUEST);
				assertThat(this.ultraCart.calls()).singleElement()
					.satisfies((call) -> assertThat(call.getHeader("x-ultracart-simple-key"))
						.isEqualTo(TestConnectionDetails.KEY));
			});
	}

	@Test
	void clientWhenNoWebApplicationThenCallsAllTheSame() {
		TestApplication.nonWeb()
			.withPropertyValues("ultracart.sso.base-url=" + this.ultraCart.baseUrl())
			.run((context) -> {
				context.getBean(UltraCartSsoClient.class).sessionUser(SimpleKey.of(TestUltraCart.USER_KEY));
				assertThat(this.ultraCart.calls()).hasSize(1);
			});
	}

	@Test
	void configurationWhenNoPropertiesConfigurationThenNothing() {
		TestApplication.without(UltraCartSsoPropertiesAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(CallGate.class)
				.doesNotHaveBean(UltraCartSsoClient.class));
	}

	@Test
	// G3
	void clientWhenServerClosesIdleConnectionThenCodeIsExchangedOverAnother() throws Exception {
		try (ClosingServer server = new ClosingServer()) {
			TestApplication.configured()
				.withPropertyValues("ultracart.sso.base-url=http://127.0.0.1:" + server.port())
				.run((context) -> {
					UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
					assertThat(client.exchange("first").simpleKey()).isEqualTo(SimpleKey.of("key-1"));
					server.awaitClosed(1);
					idle();
					assertThat(client.exchange("second").simpleKey()).isEqualTo(SimpleKey.of("key-2"));
				});
		}
	}

	@Test
	void clientWhenCallsFollowEachOtherThenOverOneConnection() throws Exception {
		try (ClosingServer server = new ClosingServer(2)) {
			TestApplication.configured()
				.withPropertyValues("ultracart.sso.base-url=http://127.0.0.1:" + server.port())
				.run((context) -> {
					UltraCartSsoClient client = context.getBean(UltraCartSsoClient.class);
					client.exchange("first");
					client.exchange("second");
					assertThat(server.connections()).isOne();
				});
		}
	}

	/**
	 * Passes the time after which an idle connection is checked.
	 */
	private static void idle() {
		Instant end = Instant.now().plusMillis(150);
		while (Instant.now().isBefore(end)) {
			Thread.onSpinWait();
		}
	}

	private interface HttpsTest {

		void run(WebApplicationContextRunner runner, TestUltraCart https);

	}

}
