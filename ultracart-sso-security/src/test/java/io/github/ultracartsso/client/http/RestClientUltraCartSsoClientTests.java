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

import java.net.URI;
import java.util.TreeSet;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Answers;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link RestClientUltraCartSsoClient}: what it asks of UltraCart, and what it
 * makes of the answers UltraCart documents.
 */
class RestClientUltraCartSsoClientTests {

	private static final URI BASE_URL = URI.create("https://secure.ultracart.com/rest/v2");

	private static final ApplicationCredential CREDENTIAL = new SimpleKeyCredential(TestSecrets.APPLICATION_KEY);

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final RestClientUltraCartSsoClient client = TestUltraCart.client(ultraCart);

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenArgumentNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(null, BASE_URL, CREDENTIAL))
			.withMessage("restClientBuilder cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(RestClient.builder(), null, CREDENTIAL))
			.withMessage("baseUrl cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(RestClient.builder(), BASE_URL, null))
			.withMessage("applicationCredential cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(RestClient.builder(), BASE_URL, CREDENTIAL, null))
			.withMessage("settings cannot be null");
	}

	// F4
	@ParameterizedTest
	@ValueSource(strings = { "http://secure.ultracart.com/rest/v2", "/rest/v2", "secure.ultracart.com",
			"ftp://127.0.0.1/rest/v2", "https://user@secure.ultracart.com/rest/v2" })
	void constructorWhenBaseUrlInsecureThenThrowIllegalArgumentException(URI baseUrl) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(RestClient.builder(), baseUrl, CREDENTIAL))
			.withMessage(
					"baseUrl must be an absolute https URL (http is accepted for a loopback host only): " + baseUrl);
	}

	@Test
	void constructorThenRestClientIsNotBuiltYet() {
		RestClient.Builder builder = mock(RestClient.Builder.class, Answers.RETURNS_SELF);
		given(builder.clone()).willReturn(builder);
		assertThat(new RestClientUltraCartSsoClient(builder, BASE_URL, CREDENTIAL)).isNotNull();
		then(builder).should(never()).build();
	}

	@Test
	void constructorWhenBaseUrlHttpsThenAccepted() {
		assertThatNoException()
			.isThrownBy(() -> new RestClientUltraCartSsoClient(RestClient.builder(), BASE_URL, CREDENTIAL));
	}

	@ParameterizedTest
	@EnumSource
	void callThenExactlyOneRequestWithTheDocumentedHeaders(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.getMethod().getName()).isEqualTo(call.method());
		assertThat(request.getUrl()).isEqualTo("/rest/v2" + call.path());
		assertThat(request.getHeader("Accept")).isEqualTo("application/json");
		assertThat(request.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
		TreeSet<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		headers.addAll(request.getAllHeaderKeys());
		boolean hasBody = call.method().equals("PUT");
		assertThat(headers.remove("Content-Type")).isEqualTo(hasBody);
		headers.remove("Content-Length");
		assertThat(request.getBody()).satisfies((body) -> assertThat(body.length > 0).isEqualTo(hasBody));
		assertThat(headers).containsExactlyInAnyOrder("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent",
				"X-UltraCart-Api-Version", "x-ultracart-simple-key");
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "EXCHANGE" })
	void callWhenApplicationsThenItsKeyAlone(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.header("x-ultracart-simple-key").values())
			.containsExactly(TestSecrets.APPLICATION_KEY.value());
		assertThat(request.toString()).doesNotContain(TestSecrets.USER_KEY.value());
	}

	@ParameterizedTest
	@EnumSource(names = { "SESSION_USER", "REVOKE" })
	void callWhenUsersThenTheUsersKeyAlone(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.header("x-ultracart-simple-key").values()).containsExactly(TestSecrets.USER_KEY.value());
		assertThat(request.toString()).doesNotContain(TestSecrets.APPLICATION_KEY.value());
	}

	@Test
	void callWhenCredentialOfAnotherSchemeThenItsHeaderAlone() {
		RestClientUltraCartSsoClient client = new RestClientUltraCartSsoClient(RestClient.builder(),
				TestUltraCart.baseUrl(ultraCart), (headers) -> headers.setBearerAuth("dummy-access"));
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, TestAnswers.TOKEN);
		client.exchange(TestSecrets.CODE);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.getHeader(HttpHeaders.AUTHORIZATION)).isEqualTo("Bearer dummy-access");
		assertThat(request.containsHeader("x-ultracart-simple-key")).isFalse();
	}

	@Test
	void callWhenApiVersionSetThenSent() {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, 204, "");
		TestUltraCart.client(ultraCart, TestUltraCart.settings().withApiVersion("2027-01-01"))
			.revoke(TestSecrets.USER_KEY);
		assertThat(TestUltraCart.onlyRequest(ultraCart).header("X-UltraCart-Api-Version").values())
			.containsExactly("2027-01-01");
	}

	@Test
	void callWhenBaseUrlEndsWithSlashThenNoEmptySegment() {
		RestClientUltraCartSsoClient client = TestUltraCart.client(URI.create(TestUltraCart.baseUrl(ultraCart) + "/"));
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, 204, "");
		client.revoke(TestSecrets.USER_KEY);
		assertThat(TestUltraCart.onlyRequest(ultraCart).getUrl()).isEqualTo("/rest/v2/sso/session/revoke");
	}

	@Test
	void authorizeThenRedirectUriAndStateInTheBody() {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 200, TestAnswers.AUTHORIZE);
		this.client.authorize(
				new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart?a=b&c=é", TestSecrets.STATE));
		assertBody("""
				{"redirect_uri": "https://app.example.com/login/ultracart?a=b&c=é", "state": "%s"}
				""".formatted(TestSecrets.STATE));
	}

	@Test
	void exchangeThenCodeAndGrantTypeInTheBody() {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, TestAnswers.TOKEN);
		this.client.exchange("a\"b\\c");
		assertBody("""
				{"code": "a\\"b\\\\c", "grant_type": "simple_key"}
				""");
	}

	private static void assertBody(String expected) {
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.getHeader("Content-Type")).isEqualTo("application/json;charset=UTF-8");
		JsonMapper jsonMapper = new JsonMapper();
		assertThat(jsonMapper.readTree(request.getBody())).isEqualTo(jsonMapper.readTree(expected));
	}

	@Test
	void authorizeWhenAnsweredThenLoginUrlAndExpiry() {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 200, TestAnswers.AUTHORIZE);
		SingleSignOnAuthorizeResponse response = authorize();
		assertThat(response.loginUrl())
			.isEqualTo("https://secure.ultracart.com/merchant/sso/login.do?token=EXAMPLEONLY");
		assertThat(response.expirationDts()).isEqualTo("2026-11-21T11:46:50-05:00");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"login_url\": \"https://x.example/\"}",
			"{\"login_url\": \"https://x.example/\", \"expiration_dts\": null, \"error\": null}",
			"{\"success\": true, \"metadata\": {}, \"warning\": {}, \"login_url\": \"https://x.example/\", \"new\": [1]}" })
	void authorizeWhenOptionalMembersMissingOrUnknownOnesPresentThenAccepted(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 200, answer);
		assertThat(authorize()).isEqualTo(new SingleSignOnAuthorizeResponse("https://x.example/", null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"login_url\": null}", "{\"login_url\": \"\"}", "{\"login_url\": \" \"}",
			"{\"loginUrl\": \"https://x.example/\"}" })
	void authorizeWhenNoLoginUrlThenInvalidAnswer(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 200, answer);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("The response to ssoAuthorize has no login_url")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure)
			.returns(200, UltraCartApiException::getStatus)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
	}

	@Test
	void exchangeWhenAnsweredThenKeyExpiryAndAddress() {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, TestAnswers.TOKEN);
		assertThat(this.client.exchange(TestSecrets.CODE)).isEqualTo(
				new SingleSignOnTokenResponse(TestSecrets.USER_KEY, "2026-11-22T11:16:50-05:00", "203.0.113.24"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"simple_key\": \"dummy-simple-key-value\"}",
			"{\"simple_key\": \"dummy-simple-key-value\", \"expiration_dts\": null, \"ip_address\": null}",
			"{\"simple_key\": \"dummy-simple-key-value\", \"success\": true, \"metadata\": {}}" })
	void exchangeWhenOptionalMembersMissingOrUnknownOnesPresentThenAccepted(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, answer);
		assertThat(this.client.exchange(TestSecrets.CODE))
			.isEqualTo(new SingleSignOnTokenResponse(SimpleKey.of("dummy-simple-key-value"), null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"expiration_dts\": \"2026-11-22T11:16:50-05:00\"}", "{\"simple_key\": null}" })
	void exchangeWhenNoKeyThenInvalidAnswer(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, answer);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.withMessage("The response to ssoToken has no simple_key")
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"simple_key\": \"\"}", "{\"simple_key\": \"  \"}", "{\"simple_key\": \"a b\"}",
			"{\"simple_key\": \"a\\r\\nX-Injected: 1\"}", "{\"simple_key\": \"clé\"}",
			"{\"simple_key\": {\"value\": \"nested\"}}", "{\"simple_key\": [\"listed\"]}" })
	void exchangeWhenKeyUnusableThenInvalidAnswer(String answer) {
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, answer);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.withMessage("The response to ssoToken is not the documented JSON")
			.withNoCause()
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure);
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 201, 202, 204, 206 })
	void revokeWhenAnySuccessThenRevoked(int status) {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, status, "");
		assertThatNoException().isThrownBy(() -> this.client.revoke(TestSecrets.USER_KEY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"success\": true, \"metadata\": {}}", "\"\"", "<html>OK</html>", "{\"succ" })
	void revokeWhenAnyBodyThenRevoked(String body) {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, 200, body);
		assertThatNoException().isThrownBy(() -> this.client.revoke(TestSecrets.USER_KEY));
	}

	@Test
	void revokeWhenTheBodyBreaksOffThenRevoked() {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE,
				WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));
		assertThatNoException().isThrownBy(() -> this.client.revoke(TestSecrets.USER_KEY));
	}

	@Test
	void revokeWhenKeyNoLongerKnownThenRevoked() {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, 401, TestAnswers.error("Invalid credentials supplied."));
		assertThatNoException().isThrownBy(() -> this.client.revoke(TestSecrets.USER_KEY));
		assertThat(TestUltraCart.requests(ultraCart)).hasSize(1);
	}

	@Test
	void callWhenMadeAgainThenNothingOfTheFirstIsLeft() {
		TestUltraCart.answer(ultraCart, TestCall.REVOKE, WireMock.noContent().withHeader("Set-Cookie", "JSESSIONID=1"));
		this.client.revoke(TestSecrets.USER_KEY);
		this.client.revoke(SimpleKey.of("another-key"));
		LoggedRequest second = TestUltraCart.requests(ultraCart).get(1);
		assertThat(second.header("x-ultracart-simple-key").values()).containsExactly("another-key");
		assertThat(second.containsHeader("Cookie")).isFalse();
	}

	private SingleSignOnAuthorizeResponse authorize() {
		return this.client
			.authorize(new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart", TestSecrets.STATE));
	}

}
