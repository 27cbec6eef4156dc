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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.ultracart.admin.v2.OrderApi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the keys of users and the application's get out of what makes calls with
 * them in requests to UltraCart alone.
 */
class UserCallSecrecyTests {

	private static final String KEY = "b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2b2";

	private static final String APPLICATION_KEY = "c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3c3";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	@ParameterizedTest // F1
	@ValueSource(ints = { 204, 302, 400, 401, 403, 429, 500 })
	void callWhateverTheLibraryThenNeitherLogNorExceptionHoldsTheKey(int status) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(status)));
		String url = TestUltraCartApi.baseUrl(ultraCart) + "/order/orders/DEMO-1";
		try (CapturedLog log = CapturedLog.of("io.github.ultracartsso", "org.springframework", "okhttp3",
				"com.ultracart", "org.apache.hc.client5.http.impl")) {
			List<String> failures = new ArrayList<>();
			attempt(failures,
					() -> RestClient.builder()
						.requestInterceptor(new UltraCartKeyInterceptor(transport(), signedIn()))
						.build()
						.get()
						.uri(url)
						.retrieve()
						.toBodilessEntity());
			attempt(failures, () -> {
				new OrderApi(new UltraCartApiClients(transport(), signedIn()).forCurrentUser()).deleteOrder("DEMO-1");
				return null;
			});
			attempt(failures,
					() -> RestClient.builder()
						.requestInterceptor(new UltraCartKeyInterceptor(transport(),
								new SimpleKeyCredential(SimpleKey.of(APPLICATION_KEY))))
						.build()
						.get()
						.uri(url)
						.retrieve()
						.toBodilessEntity());
			assertThat(failures).hasSize((status == 204) ? 0 : 3)
				.allSatisfy((failure) -> assertThat(failure).doesNotContain(KEY, APPLICATION_KEY));
			assertThat(log.text()).isNotEmpty().doesNotContain(KEY, APPLICATION_KEY);
			ultraCart.verify(1, WireMock.anyRequestedFor(WireMock.anyUrl())
				.withHeader(TestUltraCartApi.KEY_HEADER, WireMock.equalTo(APPLICATION_KEY)));
			ultraCart.verify(2, WireMock.anyRequestedFor(WireMock.anyUrl())
				.withHeader(TestUltraCartApi.KEY_HEADER, WireMock.equalTo(KEY)));
		}
	}

	@Test // F1
	void toStringThenNoKey() {
		CurrentSsoSessions currentSsoSessions = signedIn();
		UserCalls calls = new UserCalls(transport(), currentSsoSessions);
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(TestUltraCartApi.echo(200)));
		UserRequest request = new UserRequest(HttpMethod.GET, URI.create(TestUltraCartApi.baseUrl(ultraCart)),
				new HttpHeaders());
		assertThat(calls.make(request, new byte[0])).asString().doesNotContain(KEY);
		assertThat(request.getHeaders().isEmpty()).isTrue();
		assertThat(currentSsoSessions.find()).isNotNull().asString().doesNotContain(KEY);
	}

	private UltraCartApiTransport transport() {
		return TestUltraCartApi.transport(ultraCart);
	}

	private CurrentSsoSessions signedIn() {
		SsoSessions ssoSessions = TestUltraCartApi.ssoSessions();
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(ssoSessions);
		currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.strategy.setContext(new SecurityContextImpl(TestUltraCartApi.signIn(ssoSessions, 42, KEY)));
		return currentSsoSessions;
	}

	private static void attempt(List<String> failures, Callable<@Nullable Object> call) {
		try {
			call.call();
		}
		catch (Exception ex) {
			failures.add(TestUltraCartApi.stackTrace(ex));
		}
	}

}
