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

package io.github.ultracartsso.client.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.config.Browser;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.client.User;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.InMemoryDnsResolver;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link UltraCartApiTransport}: where it sends a key, what it sends with it,
 * and what it makes of the answers.
 */
class UltraCartApiTransportTests {

	private static final URI BASE_URL = URI.create("https://secure.ultracart.com/rest/v2");

	private static final ClientHttpRequestFactory NO_REQUESTS = (url, method) -> {
		throw new IllegalStateException("Nothing may be sent to " + url);
	};

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	@RegisterExtension
	static final WireMockExtension elsewhere = TestUltraCart.server();

	private final UltraCartApiTransport transport = TestUltraCart.transport(ultraCart);

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenArgumentNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartApiTransport(null, BASE_URL))
			.withMessage("requestFactory cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartApiTransport(NO_REQUESTS, null))
			.withMessage("baseUrl cannot be null");
	}

	// F4
	@ParameterizedTest
	@ValueSource(strings = { "http://secure.ultracart.com/rest/v2", "/rest/v2", "secure.ultracart.com",
			"ftp://127.0.0.1/rest/v2", "https://user@secure.ultracart.com/rest/v2" })
	void constructorWhenBaseUrlInsecureThenThrowIllegalArgumentException(URI baseUrl) {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartApiTransport(NO_REQUESTS, baseUrl))
			.withMessage(
					"baseUrl must be an absolute https URL (http is accepted for a loopback host only): " + baseUrl);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://secure.ultracart.com/rest/v2", "https://secure.ultracart.com/rest/v2/" })
	void baseUrlThenWithoutSlashAtItsEnd(URI baseUrl) {
		assertThat(new UltraCartApiTransport(NO_REQUESTS, baseUrl).baseUrl()).isEqualTo(BASE_URL);
	}

	// F3
	@ParameterizedTest
	@CsvSource({ "https://secure.ultracart.com/rest/v2, https://secure.ultracart.com/rest/v2/item/items?_limit=1",
			"https://secure.ultracart.com/rest/v2, https://secure.ultracart.com:443/rest/v2",
			"https://secure.ultracart.com/rest/v2, https://secure.ultracart.com",
			"https://secure.ultracart.com/rest/v2, HTTPS://Secure.UltraCart.COM/rest/v2",
			"https://secure.ultracart.com:443/rest/v2, https://secure.ultracart.com/rest/v2",
			"HTTPS://SECURE.ULTRACART.COM/rest/v2, https://secure.ultracart.com/rest/v2",
			"https://localhost:8443/rest/v2, https://localhost:8443/rest/v2",
			"http://localhost/rest/v2, http://localhost:80/rest/v2",
			"http://127.0.0.1:8080/rest/v2, http://127.0.0.1:8080/rest/v2",
			"http://[::1]:8080/rest/v2, http://[::1]:8080/rest/v2" })
	void leadsToWhenSchemeHostAndPortAreThoseOfTheBaseUrlThenTrue(URI baseUrl, URI url) {
		assertThat(new UltraCartApiTransport(NO_REQUESTS, baseUrl).leadsTo(url)).isTrue();
	}

	@Test
	void leadsToWhenPlainHttpHostThenTheSameSchemeHostAndPort() {
		UltraCartApiTransport transport = new UltraCartApiTransport(NO_REQUESTS,
				URI.create("http://simulator:8081/rest/v2"),
				UltraCartHttpSettings.defaults().withPlainHttpHosts(new PlainHttpHosts(List.of("simulator"))));
		assertThat(transport.leadsTo(URI.create("http://simulator:8081/rest/v2/order/orders"))).isTrue();
		assertThat(transport.leadsTo(URI.create("https://simulator:8081/rest/v2/order/orders"))).isFalse();
		assertThat(transport.leadsTo(URI.create("http://simulator/rest/v2/order/orders"))).isFalse();
		assertThat(transport.leadsTo(URI.create("http://localhost:8081/rest/v2/order/orders"))).isFalse();
	}

	// F3
	@ParameterizedTest
	@MethodSource("foreignUrls")
	void leadsToWhenAnythingElseThenFalse(URI baseUrl, URI url) {
		assertThat(new UltraCartApiTransport(NO_REQUESTS, baseUrl).leadsTo(url)).isFalse();
	}

	// F3
	@ParameterizedTest
	@MethodSource("foreignUrls")
	void sendWhenUrlDoesNotLeadToUltraCartThenNothingSent(URI baseUrl, URI url) {
		UltraCartApiTransport transport = new UltraCartApiTransport(NO_REQUESTS, baseUrl);
		assertThat(TestCaller.values()).allSatisfy((caller) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> caller.send(transport, TestUserCall.request(HttpMethod.GET, url)))
			.withMessage("A credential must only be sent to UltraCart"));
	}

	static Stream<Arguments> foreignUrls() {
		String ultraCart = BASE_URL.toString();
		String loopback = "http://[::1]:8080/rest/v2";
		return Stream.of(Arguments.of(ultraCart, "https://secure.ultracart.com:8443/rest/v2"),
				Arguments.of(ultraCart, "https://secure.ultracart.com:80/rest/v2"),
				Arguments.of(ultraCart, "http://secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "http://secure.ultracart.com:443/rest/v2"),
				Arguments.of(ultraCart, "ftp://secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://secure.ultracart.com.evil.example/rest/v2"),
				Arguments.of(ultraCart, "https://secure.ultracart.com@evil.example/rest/v2"),
				Arguments.of(ultraCart, "https://evil.example/secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://evil.example#@secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://user@secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://user:password@secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://@secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://secure.ultracart.com./rest/v2"),
				Arguments.of(ultraCart, "https://www.secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://xsecure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https://secure_ultracart.com/rest/v2"), Arguments.of(ultraCart, ""),
				Arguments.of(ultraCart, "/rest/v2/item/items"), Arguments.of(ultraCart, "item/items"),
				Arguments.of(ultraCart, "//secure.ultracart.com/rest/v2"),
				Arguments.of(ultraCart, "https:secure.ultracart.com"), Arguments.of(ultraCart, "https:/rest/v2"),
				Arguments.of(ultraCart, "https:///rest/v2"), Arguments.of(ultraCart, "mailto:jane@merchant.example"),
				Arguments.of(loopback, "http://[::1]/rest/v2"), Arguments.of(loopback, "https://[::1]:8080/rest/v2"),
				Arguments.of(loopback, "http://[::2]:8080/rest/v2"),
				Arguments.of(loopback, "http://127.0.0.1:8080/rest/v2"),
				Arguments.of(loopback, "http://localhost:8080/rest/v2"),
				Arguments.of("http://localhost:443/rest/v2", "https://localhost/rest/v2"),
				Arguments.of("https://localhost:80/rest/v2", "http://localhost/rest/v2"));
	}

	@Test
	void sendWhenHostHasUnderscoreThenCalledLikeAnyOther() {
		InMemoryDnsResolver resolver = new InMemoryDnsResolver();
		resolver.add("ultra_cart.localhost", InetAddress.getLoopbackAddress());
		ClientHttpRequestFactory requests = new HttpComponentsClientHttpRequestFactory(HttpClientBuilder.create()
			.setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(resolver).build())
			.build());
		URI baseUrl = URI.create("http://ultra_cart.localhost:" + ultraCart.getPort() + "/rest/v2");
		UltraCartApiTransport named = new UltraCartApiTransport(requests, baseUrl);
		TestUserCall.answer(ultraCart, 200);
		URI url = URI.create("http://ultra_cart.localhost:" + ultraCart.getPort() + TestUserCall.PATH);
		assertThat(named.leadsTo(URI.create("http://ultra_cart.localhost:1/"))).isFalse();
		assertThat(named.leadsTo(URI.create("http://ultraxcart.localhost:" + ultraCart.getPort()))).isFalse();
		assertThat(TestUserCall.send(named, TestUserCall.request(HttpMethod.GET, url)).getStatusCode().value())
			.isEqualTo(200);
		assertThat(TestUltraCart.onlyRequest(ultraCart).header("x-ultracart-simple-key").values())
			.containsExactly(TestSecrets.USER_KEY.value());
	}

	// F3
	@Test
	void sendThenTheUsersKeyAlone() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET, "Authorization: Bearer dummy-access", "authorization: Basic dummy",
				"X-UltraCart-Simple-Key: " + TestSecrets.APPLICATION_KEY.value(), "x-ultracart-simple-key: another",
				"X-UltraCart-Browser-Key: dummy-browser-key", "Cookie: SESSION=dummy",
				"Proxy-Authorization: Basic dummy");
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.header("x-ultracart-simple-key").values()).containsExactly(TestSecrets.USER_KEY.value());
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("x-ultracart-browser-key")).isFalse();
		assertThat(request.containsHeader("Cookie")).isFalse();
		assertThat(request.containsHeader("Proxy-Authorization")).isFalse();
		assertThat(request.toString()).doesNotContain(TestSecrets.APPLICATION_KEY.value(), "dummy");
	}

	// F3
	@Test
	void sendWhenApplicationThenItsCredentialAlone() {
		TestUserCall.answer(ultraCart, 200);
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.GET,
				URI.create(this.transport.baseUrl() + "/item/items"),
				"x-ultracart-simple-key: " + TestSecrets.USER_KEY.value(), "Authorization: Bearer dummy",
				"X-UltraCart-Browser-Key: dummy", "Cookie: SESSION=dummy");
		TestCaller.APPLICATION.send(this.transport, request);
		TestCaller.APPLICATION_WITH_TOKEN.send(this.transport, request);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(2)
			.allSatisfy((sent) -> assertThat(sent.toString()).doesNotContain(TestSecrets.USER_KEY.value(), "dummy"));
		LoggedRequest withKey = TestUltraCart.requests(ultraCart).get(0);
		assertThat(withKey.header("x-ultracart-simple-key").values())
			.containsExactly(TestSecrets.APPLICATION_KEY.value());
		assertThat(withKey.containsHeader("Authorization")).isFalse();
		LoggedRequest withToken = TestUltraCart.requests(ultraCart).get(1);
		assertThat(withToken.header("Authorization").values()).containsExactly("Bearer access-token-4711");
		assertThat(withToken.containsHeader("x-ultracart-simple-key")).isFalse();
	}

	@ParameterizedTest
	@EnumSource
	void sendWhenSuccessHasAnErrorThenFailure(TestCaller caller) {
		TestUserCall.answer(ultraCart, 200, """
				{"items": [{"name": "%s"}], "error": {"developer_message": "No such item, %s", "user_message": "Sorry"}}
				""".formatted("x".repeat(2_000_000), caller.secret()));
		UltraCartApiResponse response = caller.make(this.transport);
		assertThat(response.getFailure()).isNotNull()
			.hasMessage(caller.nameOf(TestUserCall.NAME)
					+ " was answered with status 200 and an error: No such item, ******")
			.returns(UltraCartApiFailure.REFUSED, UltraCartApiException::getFailure)
			.returns(200, UltraCartApiException::getStatus)
			.returns("Sorry", UltraCartApiException::getUserMessage)
			.returns(502, (ex) -> ex.getStatusCode().value())
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
		assertThat(text(response)).doesNotContain(caller.secret());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"error\": null, \"items\": []}", "{\"items\": [{\"error\": \"a part\"}]}",
			"{\"name\": \"error\"}", "[{\"error\": {}}]", "\"error\"", "{\"error\": {" })
	void sendWhenSuccessHasNoErrorOfItsOwnThenSuccess(String body) {
		TestUserCall.answer(ultraCart, 200, body);
		UltraCartApiResponse response = send(HttpMethod.GET);
		assertThat(response.getFailure()).isNull();
		assertThat(text(response)).isEqualTo(body);
	}

	@Test
	void sendWhenSuccessIsNoJsonThenNotTakenForAnError() {
		TestUserCall.answer(ultraCart,
				WireMock.ok("{\"error\": \"in a text\"}").withHeader("Content-Type", "text/plain"));
		assertThat(send(HttpMethod.GET).getFailure()).isNull();
	}

	@Test
	void sendWhenGetThenNoHeaderButWhatItTakesAndNoBody() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo("GET");
		assertThat(request.getUrl()).isEqualTo(TestUserCall.PATH);
		assertThat(request.getBody()).isEmpty();
		TreeSet<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		headers.addAll(request.getAllHeaderKeys());
		assertThat(headers).containsExactlyInAnyOrder("Accept-Encoding", "Connection", "Host", "User-Agent",
				"X-UltraCart-Api-Version", "x-ultracart-simple-key");
	}

	@Test
	void sendThenOtherHeadersAndTheQueryArriveAsTheyAre() {
		TestUserCall.answer(ultraCart, 200);
		URI url = URI.create(this.transport.baseUrl() + "/item/items?_expand=a%2Cb&c=%C3%A9+d&e");
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.GET, url, "Accept: application/json",
				"Accept: text/csv;q=0.5", "X-Custom: a, \"b\"", "Content-Type: application/json;charset=UTF-8");
		TestUserCall.send(this.transport, request);
		LoggedRequest received = TestUltraCart.onlyRequest(ultraCart);
		assertThat(received.getUrl()).isEqualTo(TestUserCall.PATH + "?_expand=a%2Cb&c=%C3%A9+d&e");
		assertThat(received.header("Accept").values()).containsExactly("application/json", "text/csv;q=0.5");
		assertThat(received.header("X-Custom").values()).containsExactly("a, \"b\"");
		assertThat(received.header("Content-Type").values()).containsExactly("application/json;charset=UTF-8");
	}

	@Test
	void sendThenTheRequestItselfIsLeftAsItIs() {
		TestUserCall.answer(ultraCart, 200);
		MockClientHttpRequest request = TestUserCall.request(this.transport);
		request.getHeaders().setBearerAuth("dummy-access");
		TestUserCall.send(this.transport, request);
		assertThat(request.getHeaders().toSingleValueMap()).containsOnlyKeys("Authorization");
	}

	@Test
	void sendWhenApiVersionSetThenSent() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET);
		TestUserCall.make(TestUltraCart.transport(ultraCart, TestUltraCart.settings().withApiVersion("2027-01-01")));
		assertThat(TestUltraCart.requests(ultraCart)).extracting((request) -> request.header("X-UltraCart-Api-Version"))
			.extracting((header) -> String.join("|", header.values()))
			.containsExactly("2017-03-01", "2027-01-01");
	}

	@Test
	void sendWhenRequestNamesAnApiVersionThenThatAlone() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET, "x-ultracart-api-version: 2028-01-01");
		assertThat(TestUltraCart.onlyRequest(ultraCart).header("X-UltraCart-Api-Version").values())
			.containsExactly("2028-01-01");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "POST", "PATCH", "DELETE" })
	void sendWhenBodyThenArrivesByteForByte(String method) {
		byte[] body = new byte[512];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) i;
		}
		TestUserCall.answer(ultraCart, 200);
		MockClientHttpRequest request = TestUserCall.request(HttpMethod.valueOf(method), this.transport, "/item/items");
		request.getHeaders().set("Content-Type", "application/octet-stream");
		request.getHeaders().setContentLength(7);
		request.getHeaders().set("Transfer-Encoding", "chunked");
		this.transport.send(request, body, TestSecrets.USER_KEY);
		LoggedRequest received = TestUltraCart.onlyRequest(ultraCart);
		assertThat(received.getMethod().getName()).isEqualTo(method);
		assertThat(received.getBody()).isEqualTo(body);
		assertThat(received.header("Content-Length").values()).containsExactly("512");
		assertThat(received.header("Content-Type").values()).containsExactly("application/octet-stream");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "PUT", "POST", "DELETE" })
	void sendWhenNoBodyThenNoneArrives(String method) {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.valueOf(method), "Content-Length: 7", "Transfer-Encoding: chunked");
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.getBody()).isEmpty();
		assertThat(request.containsHeader("Transfer-Encoding")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 202, 206 })
	void sendWhenSuccessThenTheAnswerAsItIs(int status) {
		byte[] body = "{\"key\": \"%s\", \"é\": \0}".formatted(TestSecrets.USER_KEY.value())
			.getBytes(StandardCharsets.UTF_8);
		TestUserCall.answer(ultraCart,
				WireMock.status(status)
					.withHeader("Content-Type", "application/json; charset=UTF-8")
					.withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID)
					.withHeader("X-Several", "one", TestSecrets.USER_KEY.value())
					.withBody(body));
		UltraCartApiResponse response = send(HttpMethod.GET);
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		assertThat(response.getFailure()).isNull();
		assertThat(response.bytes()).isEqualTo(body);
		assertThat(response.getHeaders().getFirst("Content-Type")).isEqualTo("application/json; charset=UTF-8");
		assertThat(response.getHeaders().getFirst("X-UltraCart-Request-Id")).isEqualTo(TestAnswers.REQUEST_ID);
		assertThat(response.getHeaders().get("X-Several")).containsExactly("one", TestSecrets.USER_KEY.value());
	}

	@Test
	void sendWhenNoContentThenEmpty() {
		TestUserCall.answer(ultraCart, WireMock.noContent());
		UltraCartApiResponse response = send(HttpMethod.DELETE);
		assertThat(response.getStatusCode().value()).isEqualTo(204);
		assertThat(response.getFailure()).isNull();
		assertThat(response.bytes()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "200, true", "404, false" })
	void sendWhenHeadThenHeadersWithoutABody(int status, boolean success) throws IOException {
		String head = "HTTP/1.1 " + status + " Any\r\nContent-Length: 1234\r\nX-Custom: a\r\n\r\n";
		try (ScriptedServer server = ScriptedServer.following((exchange) -> exchange.send(head))) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"));
			UltraCartApiResponse response = TestUserCall.send(transport,
					TestUserCall.request(HttpMethod.HEAD, transport, "/item/items"));
			assertThat(response.getStatusCode().value()).isEqualTo(status);
			assertThat(response.getFailure() == null).isEqualTo(success);
			assertThat(response.getHeaders().getFirst("X-Custom")).isEqualTo("a");
			assertThat(response.bytes()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 400 })
	void sendWhenCompressedThenUnpackedAndNotSaidToBeCompressed(int status) throws IOException {
		byte[] compressed = gzip(TestAnswers.error("Not this time."));
		String head = "HTTP/1.1 " + status
				+ " Any\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: "
				+ compressed.length + "\r\n\r\n";
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> exchange.send(head).send(compressed).staySilent())) {
			UltraCartApiTransport transport = TestUltraCart.transport(server.url("http", "/rest/v2"));
			UltraCartApiResponse response = TestUserCall.make(transport);
			assertThat(text(response)).isEqualTo(TestAnswers.error("Not this time."));
			assertThat(response.getHeaders().containsHeader("Content-Encoding")).isFalse();
			assertThat(response.getHeaders().containsHeader("Content-Length")).isFalse();
			assertThat(response.getHeaders().getFirst("Content-Type")).isEqualTo("application/json");
		}
	}

	@ParameterizedTest
	@MethodSource("statuses")
	void sendWhenNoSuccessThenAnswerWithFailureByStatus(int status, UltraCartApiFailure failure,
			Class<? extends UltraCartApiException> type) {
		String body = """
				{"error": {"developer_message": "No permission.", "error_code": "E%1$d",
				  "user_message": "Not this time."}, "metadata": {}}
				""".formatted(status);
		TestUserCall.answer(ultraCart,
				WireMock.status(status)
					.withHeader("Content-Type", "application/json; charset=UTF-8")
					.withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID)
					.withHeader("Retry-After", "9")
					.withHeader("Location", elsewhere.baseUrl())
					.withBody(body));
		UltraCartApiResponse response = send(HttpMethod.GET);
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		assertThat(text(response)).isEqualTo(body);
		assertThat(response.getHeaders().getFirst("X-UltraCart-Request-Id")).isEqualTo(TestAnswers.REQUEST_ID);
		assertThat(response.getHeaders().getFirst("Retry-After")).isEqualTo("9");
		assertThat(response.getFailure()).isExactlyInstanceOf(type)
			.hasMessage(TestUserCall.NAME + " was answered with status " + status + ": No permission.")
			.hasNoCause()
			.returns(failure, UltraCartApiException::getFailure)
			.returns(TestUserCall.NAME, UltraCartApiException::getCall)
			.returns(status, UltraCartApiException::getStatus)
			.returns("E" + status, UltraCartApiException::getErrorCode)
			.returns("Not this time.", UltraCartApiException::getUserMessage)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId)
			.returns(Duration.ofSeconds(9), UltraCartApiException::getRetryAfter)
			.returns(true, UltraCartApiException::wasSent);
		// G3
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	static Stream<Arguments> statuses() {
		return Stream.of(Arguments.of(302, UltraCartApiFailure.REFUSED, UltraCartApiException.class),
				Arguments.of(400, UltraCartApiFailure.INVALID_REQUEST, UltraCartApiException.class),
				Arguments.of(401, UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException.class),
				Arguments.of(403, UltraCartApiFailure.REFUSED, UltraCartForbiddenException.class),
				Arguments.of(404, UltraCartApiFailure.REFUSED, UltraCartApiException.class),
				Arguments.of(409, UltraCartApiFailure.REFUSED, UltraCartApiException.class),
				Arguments.of(410, UltraCartApiFailure.APPLICATION_DISABLED, UltraCartApiException.class),
				Arguments.of(429, UltraCartApiFailure.RATE_LIMITED, UltraCartRateLimitException.class),
				Arguments.of(500, UltraCartApiFailure.SERVER_ERROR, UltraCartUnavailableException.class),
				Arguments.of(502, UltraCartApiFailure.SERVER_ERROR, UltraCartUnavailableException.class),
				Arguments.of(503, UltraCartApiFailure.SERVER_ERROR, UltraCartUnavailableException.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", "[]", "{\"error\": \"no\"}", "{\"error\": {\"developer_mess", "\u0000",
			"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
			"{\"error\": [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[" })
	void sendWhenErrorIsNotTheDocumentedJsonThenTheStatusAndTheBody(String body) {
		TestUserCall.answer(ultraCart, 400, body);
		UltraCartApiResponse response = send(HttpMethod.GET);
		assertThat(text(response)).isEqualTo(body);
		assertThat(response.getFailure()).hasMessage(TestUserCall.NAME + " was answered with status 400")
			.returns(UltraCartApiFailure.INVALID_REQUEST, UltraCartApiException::getFailure)
			.returns(null, UltraCartApiException::getErrorCode)
			.returns(null, UltraCartApiException::getUserMessage)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/html", "text/html; charset=UTF-8", "no type at all" })
	void sendWhenErrorDoesNotSayThatItIsJsonThenTheStatusAndTheBody(String contentType) {
		TestUserCall.answer(ultraCart,
				WireMock.status(502)
					.withHeader("Content-Type", contentType)
					.withBody(TestAnswers.error("<html>Bad Gateway</html>")));
		UltraCartApiResponse response = send(HttpMethod.GET);
		assertThat(text(response)).isEqualTo(TestAnswers.error("<html>Bad Gateway</html>"));
		assertThat(response.getFailure()).hasMessage(TestUserCall.NAME + " was answered with status 502")
			.returns(UltraCartApiFailure.SERVER_ERROR, UltraCartApiException::getFailure);
	}

	@Test
	void sendWhenRetryAfterIsADateThenComparedWithTheClock() {
		UltraCartApiTransport transport = TestUltraCart.transport(ultraCart,
				TestUltraCart.settingsAt(Instant.parse("2026-11-21T16:16:00Z")));
		TestUserCall.answer(ultraCart,
				WireMock.serviceUnavailable().withHeader("Retry-After", "Sat, 21 Nov 2026 16:17:00 GMT"));
		assertThat(TestUserCall.make(transport).getFailure()).returns(Duration.ofMinutes(1),
				UltraCartApiException::getRetryAfter);
	}

	@ParameterizedTest
	@EnumSource
	void sendWhenRetryAfterIsLongerThanNoCallIsMadeThenTheTimeUntilCallsAreMade(TestCaller caller) {
		TestUserCall.answer(ultraCart, WireMock.status(429).withHeader("Retry-After", "86400"));
		assertThat(caller.send(this.transport, TestUserCall.request(this.transport)).getFailure())
			.returns(Duration.ofMinutes(5), UltraCartApiException::getRetryAfter);
	}

	@ParameterizedTest
	@ValueSource(strings = { "json", "application/" })
	void sendWhenContentTypeOfSuccessIsMalformedThenInvalidResponse(String contentType) {
		TestUserCall.answer(ultraCart,
				WireMock.ok("{}")
					.withHeader("Content-Type", contentType)
					.withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID));
		assertThatExceptionOfType(UltraCartUnavailableException.class)
			.isThrownBy(() -> TestUserCall.make(this.transport))
			.withMessage("The response to " + TestUserCall.NAME + " has a malformed Content-Type")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	@Test
	void sendWhenContentTypeOfNoContentIsMalformedThenSuccess() {
		TestUserCall.answer(ultraCart, WireMock.noContent().withHeader("Content-Type", "json"));
		assertThat(TestUserCall.make(this.transport).getFailure()).isNull();
	}

	// C6
	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void sendWhenRedirectedThenNotFollowed(int status) {
		for (TestCaller caller : TestCaller.values()) {
			notFollowed(caller, status, elsewhere.baseUrl());
			notFollowed(caller, status, ultraCart.baseUrl());
		}
		assertThat(TestUltraCart.requests(elsewhere)).isEmpty();
	}

	private void notFollowed(TestCaller caller, int status, String target) {
		ultraCart.resetRequests();
		TestUserCall.answer(ultraCart, WireMock.status(status).withHeader("Location", target + "/elsewhere"));
		UltraCartApiResponse response = caller.make(this.transport);
		assertThat(response.getStatusCode().value()).isEqualTo(status);
		assertThat(response.getHeaders().getFirst("Location")).isEqualTo(target + "/elsewhere");
		assertThat(response.getFailure()).returns(UltraCartApiFailure.REFUSED, UltraCartApiException::getFailure);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	@Test
	void sendWhenCookieSetThenNotSentBack() {
		TestUserCall.answer(ultraCart, WireMock.okJson("{}").withHeader("Set-Cookie", "JSESSIONID=1; Path=/"));
		send(HttpMethod.GET);
		send(HttpMethod.GET);
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(2)
			.noneMatch((request) -> request.containsHeader("Cookie"));
	}

	// more often than there are connections
	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 404, 500 })
	void sendWhenEmptyAnswersThenConnectionsAreGivenBack(int status) {
		TestUserCall.answer(ultraCart, WireMock.status(status).withHeader("Content-Length", "0"));
		for (int i = 0; i < 12; i++) {
			assertThat(send(HttpMethod.DELETE).bytes()).isEmpty();
		}
	}

	@Test
	void sendWhenMadeAgainThenNothingOfTheFirstIsLeft() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET, "X-Custom: a");
		this.transport.send(TestUserCall.request(this.transport), new byte[0], SimpleKey.of("another-key"));
		LoggedRequest second = TestUltraCart.requests(ultraCart).get(1);
		assertThat(second.header("x-ultracart-simple-key").values()).containsExactly("another-key");
		assertThat(second.containsHeader("X-Custom")).isFalse();
	}

	// F3: whoever stands before several hosts goes by it
	@Test
	void sendWhenRequestNamesAHostThenThatOfTheUrl() {
		TestUserCall.answer(ultraCart, 200);
		send(HttpMethod.GET, "Host: evil.example");
		assertThat(TestUltraCart.onlyRequest(ultraCart).header("Host").values())
			.containsExactly("127.0.0.1:" + ultraCart.getPort());
	}

	@Test
	void responseThenCanBeReadSeveralTimes() throws IOException {
		TestUserCall.answer(ultraCart, 200);
		UltraCartApiResponse response = send(HttpMethod.GET);
		for (int i = 0; i < 2; i++) {
			assertThat(response.getBody()).hasContent(TestUserCall.ANSWER);
			response.bytes()[0] = 0;
			response.close();
		}
		assertThat(text(response)).isEqualTo(TestUserCall.ANSWER);
	}

	@Test
	void responseThenHeadersCannotBeChanged() {
		TestUserCall.answer(ultraCart, 200);
		HttpHeaders headers = send(HttpMethod.GET).getHeaders();
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> headers.set("X-Custom", "a"));
	}

	@ParameterizedTest
	@CsvSource({ "GET, 200, true", "GET, 204, false", "PUT, 200, false", "DELETE, 200, false" })
	void sendWhenSuccessIsEmptyThenFailsIfSomethingWasToBeRead(String method, int status, boolean failed) {
		TestUserCall.answer(ultraCart, WireMock.status(status));
		ThrowingCallable call = () -> send(HttpMethod.valueOf(method));
		if (failed) {
			assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(call)
				.satisfies((ex) -> assertThat(ex.getFailure()).isEqualTo(UltraCartApiFailure.INVALID_RESPONSE))
				.withMessage("The response to GET /rest/v2/item/items is empty");
		}
		else {
			assertThatNoException().isThrownBy(call);
		}
	}

	@Test
	void responseThenNoReasonPhrase() throws IOException {
		try (ScriptedServer server = ScriptedServer
			.following((exchange) -> exchange.send("HTTP/1.1 200 Anything\r\nContent-Length: 2\r\n\r\n{}"))) {
			assertThat(TestUserCall.make(TestUltraCart.transport(server.url("http", "/rest/v2"))).getStatusText())
				.isEmpty();
		}
	}

	private UltraCartApiResponse send(HttpMethod method, String... headers) {
		return TestUserCall.send(this.transport,
				TestUserCall.request(method, URI.create(this.transport.baseUrl() + "/item/items"), headers));
	}

	private static String text(UltraCartApiResponse response) {
		return new String(response.bytes(), StandardCharsets.UTF_8);
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

}
