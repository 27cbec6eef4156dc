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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.oauth.OAuthApplicationCredential;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the calls of a {@link RestClientUltraCartSsoClient} that authenticates its
 * application by OAuth.
 */
class OAuthCallTests {

	private static final String PATH = "/rest/v2/oauth/token";

	private static final String TOKENS = """
			{"access_token": "%s", "token_type": "bearer", "expires_in": "3600", "scope": "sso_write"}
			""";

	private static final String[] IN_A_FORM = { "5e31%2Bclient", "r3fr3sh%2Ft0ken%26a%3D1" };

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	private final CapturedLog log = CapturedLog.of("io.github.ultracartsso", "org.springframework");

	private final OAuthApplicationCredential credential = new OAuthApplicationCredential(TestSecrets.CLIENT_ID,
			TestSecrets.REFRESH_TOKEN);

	private final RestClientUltraCartSsoClient client = TestUltraCart.client(ultraCart, this.credential,
			TestUltraCart.settings().withMaxRetries(2));

	@BeforeEach
	void answerAuthorize() {
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 200, TestAnswers.AUTHORIZE);
	}

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "AUTHORIZE", "EXCHANGE" })
	void callWhenNoAccessTokenThenOneIsFetchedFirst(TestCall call) {
		answerTokens(TestSecrets.ACCESS_TOKEN.value());
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		assertThat(paths()).containsExactly(PATH, "/rest/v2" + call.path());
	}

	@Test
	void tokenCallThenAFormWithTheDocumentedHeadersAndNoCredential() {
		answerTokens(TestSecrets.ACCESS_TOKEN.value());
		authorize();
		LoggedRequest request = requests().get(0);
		assertThat(request.getMethod().getName()).isEqualTo("POST");
		assertThat(request.getBodyAsString())
			.isEqualTo("grant_type=refresh_token&client_id=5e31%2Bclient&refresh_token=r3fr3sh%2Ft0ken%26a%3D1");
		assertThat(request.getHeader("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
		assertThat(request.getHeader("Accept")).isEqualTo("application/json");
		assertThat(request.getHeader("X-UltraCart-Api-Version")).isEqualTo("2017-03-01");
		TreeSet<String> headers = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		headers.addAll(request.getAllHeaderKeys());
		assertThat(headers).containsExactlyInAnyOrder("Accept", "Accept-Encoding", "Connection", "Content-Length",
				"Content-Type", "Host", "User-Agent", "X-UltraCart-Api-Version");
	}

	@Test
	void callWhenOAuthThenTheAccessTokenAlone() {
		answerTokens(TestSecrets.ACCESS_TOKEN.value());
		authorize();
		LoggedRequest request = requests().get(1);
		assertThat(request.header("Authorization").values())
			.containsExactly("Bearer " + TestSecrets.ACCESS_TOKEN.value());
		assertThat(request.containsHeader("x-ultracart-simple-key")).isFalse();
		assertThat(request.toString()).doesNotContain(TestSecrets.REFRESH_TOKEN.value());
	}

	@ParameterizedTest
	@EnumSource(names = { "SESSION_USER", "REVOKE" })
	void callWhenUsersThenTheUsersKeyAlone(TestCall call) {
		TestUltraCart.answer(ultraCart, call, 200, call.answer());
		call.make(this.client);
		LoggedRequest request = TestUltraCart.onlyRequest(ultraCart);
		assertThat(request.header("x-ultracart-simple-key").values()).containsExactly(TestSecrets.USER_KEY.value());
		assertThat(request.containsHeader("Authorization")).isFalse();
	}

	@Test
	void callsWhenAccessTokenGoodThenFetchedOnce() {
		answerTokens(TestSecrets.ACCESS_TOKEN.value());
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 200, TestAnswers.TOKEN);
		authorize();
		this.client.exchange(TestSecrets.CODE);
		authorize();
		assertThat(paths()).containsOnlyOnce(PATH).hasSize(4);
	}

	@Test
	void callsWhenAccessTokenAboutToExpireThenAnotherIsFetchedWithTheRefreshTokenGivenLast() {
		Instant now = Instant.parse("2026-11-21T12:00:00Z");
		answerTokens("{\"access_token\": \"access-1\", \"expires_in\": \"3600\", \"refresh_token\": \"refresh-2\"}",
				"{\"access_token\": \"access-2\", \"expires_in\": 3600}");
		this.credential.setClock(Clock.fixed(now, ZoneOffset.UTC));
		authorize();
		this.credential.setClock(Clock.fixed(now.plusSeconds(3540), ZoneOffset.UTC));
		authorize();
		assertThat(authorizations()).containsExactly(null, "Bearer access-1", null, "Bearer access-2");
		assertThat(requests().get(2).getBodyAsString()).endsWith("&refresh_token=refresh-2");
	}

	@Test
	void authorizeWhenAccessTokenOfAnEarlierCallRejectedThenRepeatedOnceWithAnother() {
		answerTokens(TOKENS.formatted("access-1"), TOKENS.formatted("access-2"));
		authorize();
		rejectAuthorize("access-1");
		authorize();
		assertThat(authorizations()).containsExactly(null, "Bearer access-1", "Bearer access-1", null,
				"Bearer access-2");
	}

	@Test
	void authorizeWhenTheNextAccessTokenIsRejectedTooThenNotRepeatedAgain() {
		answerTokens(TOKENS.formatted("access-1"), TOKENS.formatted("access-2"));
		authorize();
		rejectAuthorize("access-1");
		rejectAuthorize("access-2");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure)
			.returns("ssoAuthorize", UltraCartApiException::getCall);
		assertThat(requests()).hasSize(5);
	}

	@Test
	void authorizeWhenAccessTokenFetchedForItIsRejectedThenNotRepeated() {
		answerTokens("access-1");
		rejectAuthorize("access-1");
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure);
		assertThat(paths()).containsExactly(PATH, "/rest/v2/sso/authorize");
	}

	// G3
	@Test
	void exchangeWhenAccessTokenRejectedThenNeverRepeatedButTheNextCallHasAnother() {
		answerTokens(TOKENS.formatted("access-1"), TOKENS.formatted("access-2"));
		authorize();
		TestUltraCart.answer(ultraCart, TestCall.EXCHANGE, 401, TestAnswers.error("Invalid credentials supplied."));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure);
		assertThat(paths()).containsOnlyOnce("/rest/v2/sso/token");
		authorize();
		assertThat(authorizations()).endsWith("Bearer access-1", null, "Bearer access-2");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', nullValues = "-",
			textBlock = """
					400, `{"error": "invalid_grant", "error_description": "The refresh token is invalid.", "error_uri": null}`, CREDENTIAL_REJECTED,  invalid_grant,       `: The refresh token is invalid.`
					400, `{"error": "invalid_client"}`,                                                                         CREDENTIAL_REJECTED,  invalid_client,      `: invalid_client`
					400, `{"error": "unauthorized_client"}`,                                                                    CREDENTIAL_REJECTED,  unauthorized_client, `: unauthorized_client`
					200, `{"error": "invalid_grant", "access_token": "a"}`,                                                     CREDENTIAL_REJECTED,  invalid_grant,       `: invalid_grant`
					401, `{"error": "invalid_client"}`,                                                                         CREDENTIAL_REJECTED,  invalid_client,      `: invalid_client`
					401, `<html>`,                                                                                              CREDENTIAL_REJECTED,  -,                   ``
					400, `{"error": "unsupported_grant_type"}`,                                                                 REFUSED,              unsupported_grant_type, `: unsupported_grant_type`
					400, `{"error": {"developer_message": "no such form"}}`,                                                    REFUSED,              -,                   `: no such form`
					400, ``,                                                                                                    REFUSED,              -,                   ``
					200, `{"error": "odd"}`,                                                                                    INVALID_RESPONSE,       odd,                 `: odd`
					403, `{"error": "invalid_grant"}`,                                                                          REFUSED,              invalid_grant,       `: invalid_grant`
					410, `{"error": {"developer_message": "disabled"}}`,                                                        APPLICATION_DISABLED, -,                   `: disabled`
					429, `{"error": {"developer_message": "rate"}}`,                                                            RATE_LIMITED,         -,                   `: rate`
					500, `{"error": "invalid_grant"}`,                                                                          SERVER_ERROR,         invalid_grant,       `: invalid_grant`
					302, ``,                                                                                                    REFUSED,              -,                   ``
					""")
	void callWhenTokenCallFailsThenItFailsWithoutBeingMade(int status, String body, UltraCartApiFailure failure,
			@Nullable String errorCode, String said) {
		answerToken(json(status, body).withHeader("X-UltraCart-Request-Id", TestAnswers.REQUEST_ID)
			.withHeader("Retry-After", "7"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> this.client.exchange(TestSecrets.CODE))
			.withMessage("oauthAccessToken was answered with status " + status + said)
			.returns("oauthAccessToken", UltraCartApiException::getCall)
			.returns(status, UltraCartApiException::getStatus)
			.returns(failure, UltraCartApiException::getFailure)
			.returns(errorCode, UltraCartApiException::getErrorCode)
			.returns(Duration.ofSeconds(7), UltraCartApiException::getRetryAfter)
			.returns(TestAnswers.REQUEST_ID, UltraCartApiException::getRequestId);
		assertThat(paths()).containsExactly(PATH);
	}

	// F1
	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			`{}`,                                                        has no access_token
			`{"access_token": null}`,                                    has no access_token
			`{"access_token": " "}`,                                     has no access_token
			`{"access_token": "hu sh"}`,                                 has no usable access_token
			`{"access_token": "hu\\r\\nsh: 1"}`,                         has no usable access_token
			`{"access_token": "hüsh"}`,                                  has no usable access_token
			`{"access_token": ["hush"]}`,                                has no usable access_token
			`{"access_token": "hush", "token_type": "mac"}`,             has a token_type that is not bearer
			`{"access_token": "hush", "token_type": ["bearer"]}`,        has a token_type that is not bearer
			`{"access_token": "hush", "refresh_token": "hu sh"}`,        has no usable refresh_token
			`{"access_token": "hush", "access_token": "hush"}`,          is not the documented JSON
			`["hush"]`,                                                  is not the documented JSON
			`{"access_token": "hush"`,                                   is not the documented JSON
			`<html>hush</html>`,                                         is not the documented JSON
			""")
	void callWhenAnswerOfTokenCallIsNotTheDocumentedOneThenInvalidAnswer(String body, String problem) {
		answerToken(json(200, body));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("The response to oauthAccessToken " + problem)
			.withNoCause()
			.returns(UltraCartApiFailure.INVALID_RESPONSE, UltraCartApiException::getFailure);
		assertThat(paths()).containsExactly(PATH);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"access_token\": \"access-1\"}",
			"{\"access_token\": \"access-1\", \"token_type\": \"Bearer\", \"expires_in\": {}, \"refresh_token\": \"\"}",
			"{\"access_token\": \"access-1\", \"token_type\": null, \"expires_in\": null, \"refresh_token\": null, \"error\": null}" })
	void callWhenOptionalMembersOfTokensMissingThenMade(String body) {
		answerToken(json(200, body));
		authorize();
		assertThat(authorizations()).containsExactly(null, "Bearer access-1");
	}

	// G2
	@Test
	void callWhenAnswerOfTokenCallTooLargeThenInvalidAnswer() {
		answerToken(json(200, "{\"scope\": \"" + "x".repeat(1024 * 1024) + "\", \"access_token\": \"a\"}"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("The response to oauthAccessToken is larger or deeper than is accepted");
	}

	// G1
	@Test
	void callWhenTokenCallGetsNoAnswerThenBrokenOffWithinTheTimeLimitOfTheCall() {
		answerToken(json(200, TOKENS.formatted("late")).withChunkedDribbleDelay(10, 100_000));
		RestClientUltraCartSsoClient hasty = TestUltraCart.client(TestUltraCart.baseUrl(ultraCart), this.credential,
				Duration.ofSeconds(30),
				TestUltraCart.settings().withTimeLimit(new CallTimeLimit(Duration.ofMillis(300))));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> TestCall.AUTHORIZE.make(hasty))
			.withMessage("oauthAccessToken got no response within PT0.3S")
			.returns(UltraCartApiFailure.NO_RESPONSE, UltraCartApiException::getFailure);
	}

	// a refresh token may be good for one use
	@ParameterizedTest
	@ValueSource(ints = { 500, 503 })
	void callWhenTokenCallFailsForAReasonThatMayPassThenNotRepeated(int status) {
		answerToken(json(status, ""));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize);
		assertThat(paths()).containsExactly(PATH);
	}

	// G4
	@Test
	void callWhenTokenCallComesTooSoonThenNoCallFollows() {
		answerToken(json(429, TestAnswers.error("rate of 1000 per 3600 second(s) exceeded.")).withHeader("Retry-After",
				"60"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.returns(UltraCartApiFailure.RATE_LIMITED, UltraCartApiException::getFailure);
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> this.client.sessionUser(TestSecrets.USER_KEY))
			.withMessageContaining("UltraCart has had too many calls");
		assertThat(paths()).containsExactly(PATH);
		assertThat(this.log.messages(Level.WARN)).singleElement()
			.asString()
			.contains("oauthAccessToken was answered with status 429");
	}

	@Test
	void callsWhenTokenIsFetchedThenCountedAsWell() {
		CallGate gate = new CallGate(1, Duration.ofSeconds(5));
		answerTokens("access-1");
		TestCall.AUTHORIZE
			.make(TestUltraCart.client(ultraCart, this.credential, TestUltraCart.settings().withCallGate(gate)));
		assertThat(gate.statistics().requests()).isEqualTo(2);
	}

	// G4
	@Test
	void authorizeWhenRefreshTokenRejectedThenNoOtherFollowsAndTheLogNamesTheProperties() {
		answerToken(json(400, "{\"error\": \"invalid_grant\"}"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessageContaining("because UltraCart rejects the credential of the application")
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure);
		assertThat(paths()).containsExactly(PATH);
		assertThat(this.log.messages(Level.ERROR)).singleElement()
			.asString()
			.contains("ultracart.sso.oauth.*", "oauthAccessToken was answered with status 400: invalid_grant");
	}

	// C6
	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void callWhenTokenCallRedirectedThenNotFollowed(int status) {
		answerToken(WireMock.aResponse().withStatus(status).withHeader("Location", "/elsewhere"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.returns(UltraCartApiFailure.REFUSED, UltraCartApiException::getFailure);
		assertThat(paths()).containsExactly(PATH);
	}

	// F1
	@Test
	void logWhenCallsSucceedThenNoSecret() {
		answerTokens("""
				{"access_token": "%s", "expires_in": "0", "refresh_token": "%s"}
				""".formatted(TestSecrets.ACCESS_TOKEN.value(), "another-r3fr3sh"));
		authorize();
		authorize();
		assertThat(this.log.messages(Level.DEBUG)).anyMatch(
				(message) -> message.startsWith("Writing [") && message.contains("application/x-www-form-urlencoded"));
		assertThat(this.log.text()).doesNotContain(secrets()).doesNotContain("another-r3fr3sh");
	}

	// F1, H2
	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 410, 429, 500 })
	void callWhenTokenCallFailsAndUltraCartRepeatsWhatItWasSentThenMasked(int status) {
		String own = TestSecrets.CLIENT_ID + " and " + TestSecrets.REFRESH_TOKEN.value();
		answerToken(json(status, "{\"error\": \"%1$s\", \"error_description\": \"You\\nsent %1$s\"}".formatted(own))
			.withHeader("X-UltraCart-Request-Id", own));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("oauthAccessToken was answered with status " + status + ": You sent ****** and ******")
			.returns("****** and ******", UltraCartApiException::getErrorCode)
			.returns("****** and ******", UltraCartApiException::getRequestId);
		assertThat(this.log.text()).doesNotContain(secrets());
	}

	// F1
	@Test
	void callWhenTokenCallFailsAndUltraCartRepeatsTheFormThenMasked() {
		answerToken(json(400,
				"{\"error\": \"odd\", \"error_description\": \"%s\"}".formatted(String.join(", ", IN_A_FORM))));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("oauthAccessToken was answered with status 400: ******, ******");
	}

	// F1
	@Test
	void callWhenUltraCartRepeatsTheAccessTokenThenMasked() {
		answerTokens(TestSecrets.ACCESS_TOKEN.value());
		TestUltraCart.answer(ultraCart, TestCall.AUTHORIZE, 401,
				TestAnswers.error("Bearer " + TestSecrets.ACCESS_TOKEN.value() + " is bad"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessage("ssoAuthorize was answered with status 401: Bearer ****** is bad");
		assertThat(this.log.text()).doesNotContain(secrets());
	}

	// F1
	@Test
	void logWhenConnectionOfTokenCallBreaksThenNoSecret() {
		answerToken(WireMock.aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(this::authorize)
			.withMessageStartingWith("oauthAccessToken got no response")
			.returns(true, UltraCartApiException::wasSent);
		assertThat(this.log.text()).doesNotContain(secrets());
	}

	private void authorize() {
		TestCall.AUTHORIZE.make(this.client);
	}

	private static void rejectAuthorize(String accessToken) {
		ultraCart.stubFor(WireMock.put("/rest/v2/sso/authorize")
			.withHeader("Authorization", WireMock.equalTo("Bearer " + accessToken))
			.willReturn(json(401, TestAnswers.error("Invalid credentials supplied."))));
	}

	/**
	 * Answers token calls, one after the other and then always as the last: with a whole
	 * body, or with an access token only.
	 */
	private static void answerTokens(String... tokens) {
		String state = Scenario.STARTED;
		for (int i = 0; i < tokens.length; i++) {
			String body = tokens[i].contains("{") ? tokens[i] : TOKENS.formatted(tokens[i]);
			ultraCart.stubFor(WireMock.post(PATH)
				.inScenario("tokens")
				.whenScenarioStateIs(state)
				.willSetStateTo((i + 1 < tokens.length) ? "after " + i : state)
				.willReturn(json(200, body)));
			state = "after " + i;
		}
	}

	private static void answerToken(ResponseDefinitionBuilder answer) {
		ultraCart.stubFor(WireMock.post(PATH).willReturn(answer));
	}

	private static ResponseDefinitionBuilder json(int status, String body) {
		return WireMock.status(status).withHeader("Content-Type", "application/json; charset=UTF-8").withBody(body);
	}

	private static List<LoggedRequest> requests() {
		return TestUltraCart.requests(ultraCart);
	}

	private static List<String> paths() {
		return requests().stream().map(LoggedRequest::getUrl).toList();
	}

	private static List<@Nullable String> authorizations() {
		return requests().stream().<@Nullable String>map((request) -> request.getHeader("Authorization")).toList();
	}

	private static String[] secrets() {
		// as they are, and as they are in a form
		return Stream.of(Stream.of(TestSecrets.inClear()), Stream.of(TestSecrets.CLIENT_ID), Stream.of(IN_A_FORM))
			.flatMap(Function.identity())
			.toArray(String[]::new);
	}

}
