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

import java.util.function.Consumer;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.TestAnswers;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartHttpClientCustomizer}: each shows as well that an
 * {@code HttpClient} left to itself would do otherwise. What the client itself repeats is
 * left out here.
 */
class UltraCartHttpClientCustomizerTests {

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCart.server();

	// G3
	@ParameterizedTest
	@ValueSource(ints = { 429, 503 })
	void exchangeWhenStatusInvitesARepeatThenOneRequest(int status) {
		ResponseDefinitionBuilder answer = WireMock.status(status);
		assertThat(requestsMade(TestCall.EXCHANGE, answer, new UltraCartHttpClientCustomizer())).isEqualTo(1);
		assertThat(requestsMade(TestCall.EXCHANGE, answer, UltraCartHttpClientCustomizerTests::leaveAsItIs))
			.isEqualTo(2);
	}

	// G3
	@ParameterizedTest
	@EnumSource(names = { "CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE" })
	void exchangeWhenConnectionLostThenOneRequest(Fault fault) {
		ResponseDefinitionBuilder answer = WireMock.aResponse().withFault(fault);
		assertThat(requestsMade(TestCall.EXCHANGE, answer, new UltraCartHttpClientCustomizer())).isEqualTo(1);
		assertThat(requestsMade(TestCall.EXCHANGE, answer, UltraCartHttpClientCustomizerTests::leaveAsItIs))
			.isEqualTo(2);
	}

	// G3
	@ParameterizedTest
	@EnumSource
	void callWhenStatusInvitesARepeatThenOneRequest(TestCall call) {
		ResponseDefinitionBuilder answer = WireMock.serviceUnavailable().withHeader("Retry-After", "1");
		assertThat(requestsMade(call, answer, new UltraCartHttpClientCustomizer())).isEqualTo(1);
	}

	// C6
	@ParameterizedTest
	@EnumSource
	void callWhenRedirectedThenNotFollowed(TestCall call) {
		ultraCart.stubFor(WireMock.any(WireMock.urlEqualTo("/elsewhere")).willReturn(WireMock.okJson(call.answer())));
		for (int status : new int[] { 301, 302, 303, 307, 308 }) {
			TestUltraCart.answer(ultraCart, call,
					WireMock.status(status).withHeader("Location", ultraCart.baseUrl() + "/elsewhere"));
			assertThatExceptionOfType(UltraCartApiException.class)
				.isThrownBy(() -> call.make(client(new UltraCartHttpClientCustomizer())))
				.returns(UltraCartApiFailure.REFUSED, UltraCartApiException::getFailure)
				.returns(status, UltraCartApiException::getStatus);
		}
		ultraCart.verify(0, WireMock.anyRequestedFor(WireMock.urlEqualTo("/elsewhere")));
	}

	// C6: what it would come to
	@Test
	void sessionUserWhenRedirectedAndNotCustomizedThenTheKeyTravelsAlong() {
		ultraCart
			.stubFor(WireMock.any(WireMock.urlEqualTo("/elsewhere")).willReturn(WireMock.okJson(TestAnswers.USER)));
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.temporaryRedirect(ultraCart.baseUrl() + "/elsewhere"));
		client(UltraCartHttpClientCustomizerTests::leaveAsItIs).sessionUser(TestSecrets.USER_KEY);
		ultraCart.verify(1, WireMock.getRequestedFor(WireMock.urlEqualTo("/elsewhere"))
			.withHeader("x-ultracart-simple-key", WireMock.equalTo(TestSecrets.USER_KEY.value())));
	}

	@Test
	void callWhenCookieSetThenNotSentBack() {
		assertThat(cookieOfSecondRequest(new UltraCartHttpClientCustomizer())).isFalse();
		assertThat(cookieOfSecondRequest(UltraCartHttpClientCustomizerTests::leaveAsItIs)).isTrue();
	}

	private static boolean cookieOfSecondRequest(Consumer<HttpClientBuilder> customizer) {
		ultraCart.resetRequests();
		TestUltraCart.answer(ultraCart, TestCall.SESSION_USER,
				WireMock.okJson(TestAnswers.USER).withHeader("Set-Cookie", "JSESSIONID=1; Path=/"));
		UltraCartSsoClient client = client(customizer);
		client.sessionUser(TestSecrets.USER_KEY);
		client.sessionUser(SimpleKey.of("the-key-of-somebody-else"));
		return TestUltraCart.requests(ultraCart).get(1).containsHeader("Cookie");
	}

	private static void leaveAsItIs(HttpClientBuilder builder) {
		// nothing switched off
	}

	private static int requestsMade(TestCall call, ResponseDefinitionBuilder answer,
			Consumer<HttpClientBuilder> customizer) {
		ultraCart.resetRequests();
		TestUltraCart.answer(ultraCart, call, answer);
		assertThatExceptionOfType(UltraCartApiException.class).isThrownBy(() -> call.make(client(customizer)));
		return TestUltraCart.requests(ultraCart).size();
	}

	private static UltraCartSsoClient client(Consumer<HttpClientBuilder> customizer) {
		return TestUltraCart.client(TestUltraCart.baseUrl(ultraCart), TestUltraCart.requestFactory(customizer));
	}

}
