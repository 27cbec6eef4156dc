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

package io.github.ultracartsso.web.api;

import java.net.URI;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.client.oauth.OAuthApplicationCredential;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for calls that the application makes as itself, beside those for users.
 */
class ApplicationCallsTests {

	private static final String KEY = "application-key-4711";

	private static final String USER_KEY = "user-key-0815";

	private static final String REJECTED = "UltraCart rejects the credential of the application, not that of a user."
			+ " Check ultracart.sso.simple-key or ultracart.sso.oauth.*: ";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	static final WireMockExtension elsewhere = TestUltraCartApi.server();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final SsoSessions ssoSessions = TestUltraCartApi.ssoSessions();

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);

	private final UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);

	private final RestClient application = client(
			new UltraCartKeyInterceptor(this.transport, new SimpleKeyCredential(SimpleKey.of(KEY))));

	private final RestClient user = client(new UltraCartKeyInterceptor(this.transport, this.currentSsoSessions));

	private Authentication jane;

	@BeforeEach
	void setUp() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.jane = TestUltraCartApi.signIn(this.ssoSessions, 42, USER_KEY);
		answer(WireMock.okJson("{\"success\": true}"));
		elsewhere.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(WireMock.ok("elsewhere")));
	}

	@Test
	void callWhenNobodyIsSignedInThenWithTheCredentialOfTheApplication() {
		assertThat(orders(this.application)).isEqualTo("{\"success\": true}");
		LoggedRequest request = TestUltraCartApi.onlyRequest(ultraCart);
		assertThat(request.header(TestUltraCartApi.KEY_HEADER).values()).containsExactly(KEY);
		assertThat(request.header(TestUltraCartApi.VERSION_HEADER).values()).containsExactly("2017-03-01");
	}

	@Test
	void callWhenUserIsSignedInThenEachWithItsOwnCredential() {
		signIn();
		orders(this.application);
		orders(this.user);
		orders(this.application);
		assertThat(TestUltraCartApi.requests(ultraCart))
			.extracting((request) -> request.header(TestUltraCartApi.KEY_HEADER).values())
			.containsExactlyInAnyOrder(List.of(KEY), List.of(USER_KEY), List.of(KEY));
	}

	@Test
	void callForUserWhenNobodyIsSignedInThenNoneAndMessageNamesTheRemedy() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class).isThrownBy(() -> orders(this.user))
			.withMessageContaining("call UltraCart as the application: @UltraCartApi(as = Caller.APPLICATION)");
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@Test
	void callWhenCredentialIsRejectedThenExceptionSaysWhoseAndTheUserStaysSignedIn() {
		signIn();
		answer(TestUltraCartApi.echo(401));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(this.application))
			.withMessage(
					REJECTED + "GET /rest/v2/order/orders as the application was answered with status 401: no ******")
			.returns(UltraCartApiFailure.CREDENTIAL_REJECTED, UltraCartApiException::getFailure)
			.returns("******", UltraCartApiException::getRequestId)
			.returns(502, (ex) -> ex.getStatusCode().value())
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain(KEY));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
		assertThat(this.currentSsoSessions.find(this.jane)).isNotNull();
		answer(WireMock.okJson("{\"success\": true}"));
		assertThat(orders(this.user)).isEqualTo("{\"success\": true}");
	}

	@Test
	void callWhenForbiddenThenExceptionSaysThatTheApplicationMadeIt() {
		answer(TestUltraCartApi.echo(403));
		assertThatExceptionOfType(UltraCartForbiddenException.class).isThrownBy(() -> orders(this.application))
			.withMessage("GET /rest/v2/order/orders as the application was answered with status 403: no ******")
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain(KEY));
	}

	@Test
	void callWhenTooManyThenCallsForUsersAreHeldBackToo() {
		answer(WireMock.status(429));
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> orders(this.application));
		signIn();
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(() -> orders(this.user));
		assertThat(TestUltraCartApi.requests(ultraCart)).hasSize(1);
	}

	@Test // C6, F3
	void callWhenAnotherHostThenPassesWithoutCredential() {
		assertThat(this.application.get().uri(elsewhere.baseUrl() + "/x").retrieve().body(String.class))
			.isEqualTo("elsewhere");
		assertThat(TestUltraCartApi.onlyRequest(elsewhere).containsHeader(TestUltraCartApi.KEY_HEADER)).isFalse();
		assertThat(TestUltraCartApi.requests(ultraCart)).isEmpty();
	}

	@ParameterizedTest // C6, F3
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void callWhenUltraCartRedirectsThenNotFollowed(int status) {
		answer(WireMock.status(status).withHeader("Location", elsewhere.baseUrl() + "/arrived"));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(this.application))
			.returns(status, UltraCartApiException::getStatus);
		assertThat(TestUltraCartApi.requests(elsewhere)).isEmpty();
	}

	@Test
	void callWhenSuccessHasAnErrorThenFailureForBoth() {
		signIn();
		answer(WireMock.okJson("{\"error\": {\"developer_message\": \"No such order\"}, \"success\": false}"));
		for (RestClient client : List.of(this.user, this.application)) {
			assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(client))
				.withMessageEndingWith(" was answered with status 200 and an error: No such order")
				.returns(UltraCartApiFailure.REFUSED, UltraCartApiException::getFailure);
		}
	}

	@Test
	void callWithOAuthWhenTokenHasExpiredThenRepeatedOnceWithANewOne() {
		givenAccessTokens();
		RestClient client = oauthClient();
		orders(client);
		ultraCart.stubFor(WireMock.post(WireMock.urlPathEqualTo("/rest/v2/order/orders"))
			.withHeader(HttpHeaders.AUTHORIZATION, WireMock.equalTo("Bearer first-token"))
			.willReturn(WireMock.status(401)));
		assertThat(client.post().uri("/order/orders").body("{}").retrieve().body(String.class))
			.isEqualTo("{\"success\": true}");
		assertThat(ultraCart.findAll(WireMock.postRequestedFor(WireMock.urlPathEqualTo("/rest/v2/order/orders"))))
			.extracting((request) -> request.getHeader(HttpHeaders.AUTHORIZATION))
			.containsExactlyInAnyOrder("Bearer first-token", "Bearer second-token");
		ultraCart.verify(2, WireMock.postRequestedFor(WireMock.urlPathEqualTo("/rest/v2/oauth/token")));
	}

	@Test
	void callWithOAuthWhenNewTokenIsRejectedTooThenExceptionSaysWhose() {
		givenAccessTokens();
		ultraCart.stubFor(
				WireMock.get(WireMock.urlPathEqualTo("/rest/v2/order/orders")).willReturn(TestUltraCartApi.echo(401)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(oauthClient()))
			.withMessageStartingWith(REJECTED)
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain("first-token"));
		ultraCart.verify(1, WireMock.getRequestedFor(WireMock.urlPathEqualTo("/rest/v2/order/orders")));
	}

	@Test
	void callWithOAuthWhenNoTokenIsIssuedThenExceptionSaysWhoseAndTheUserStaysSignedIn() {
		signIn();
		ultraCart.stubFor(WireMock.post(WireMock.urlPathEqualTo("/rest/v2/oauth/token"))
			.willReturn(WireMock.jsonResponse("{\"error\": \"invalid_grant\"}", 400)));
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> orders(oauthClient()))
			.withMessage(REJECTED + "oauthAccessToken was answered with status 400: invalid_grant")
			.satisfies((ex) -> assertThat(TestUltraCartApi.stackTrace(ex)).doesNotContain("refresh-token"));
		assertThat(this.currentSsoSessions.find(this.jane)).isNotNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartKeyInterceptor(null, new SimpleKeyCredential(SimpleKey.of(KEY))))
			.withMessage("transport cannot be null");
	}

	private void signIn() {
		this.strategy.setContext(new SecurityContextImpl(this.jane));
	}

	private RestClient oauthClient() {
		return client(new UltraCartKeyInterceptor(this.transport,
				new OAuthApplicationCredential("client-id", OAuthToken.of("refresh-token"))));
	}

	private static void givenAccessTokens() {
		String scenario = "tokens";
		ultraCart.stubFor(WireMock.post(WireMock.urlPathEqualTo("/rest/v2/oauth/token"))
			.inScenario(scenario)
			.whenScenarioStateIs(Scenario.STARTED)
			.willSetStateTo("renewed")
			.willReturn(token("first-token")));
		ultraCart.stubFor(WireMock.post(WireMock.urlPathEqualTo("/rest/v2/oauth/token"))
			.inScenario(scenario)
			.whenScenarioStateIs("renewed")
			.willReturn(token("second-token")));
	}

	private static ResponseDefinitionBuilder token(String token) {
		return WireMock.okJson(
				"{\"access_token\": \"%s\", \"token_type\": \"bearer\", \"expires_in\": \"3600\"}".formatted(token));
	}

	private static void answer(ResponseDefinitionBuilder answer) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(answer));
	}

	private static RestClient client(UltraCartKeyInterceptor interceptor) {
		return RestClient.builder()
			.baseUrl(URI.create(TestUltraCartApi.baseUrl(ultraCart)))
			.requestInterceptor(interceptor)
			.build();
	}

	private static @Nullable String orders(RestClient client) {
		return client.get().uri("/order/orders").retrieve().body(String.class);
	}

}
