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

package io.github.ultracartsso.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.web.api.TestUltraCartApi;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the keys must not appear with which an application calls UltraCart's API: those
 * of its users and its own.
 */
@Timeout(60)
class UserCallSecretsTests {

	private static final String KEY = "key-of-c0de-4711";

	private static final String APPLICATION_KEY = "key-of-the-application-1147";

	@RegisterExtension
	static final WireMockExtension ultraCart = TestUltraCartApi.server();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@RegisterExtension
	final TestApplication callingAsItself = new TestApplication();

	// whose other loggers are for what is on the wire
	@RegisterExtension
	final LogCapture log = new LogCapture("io.github.ultracartsso", "org.springframework",
			"org.apache.hc.client5.http.impl");

	private final List<String> seen = new ArrayList<>();

	private Browser browser;

	@BeforeEach
	void signIn() {
		UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);
		this.browser = this.application.withClient(FakeUltraCartSsoClient.forBrowsers())
			.withBean("interceptor", new UltraCartKeyInterceptor(transport, this.application.currentSsoSessions()))
			.withBean("apiUrl", transport.baseUrl().toString())
			.start(Orders.class);
		this.browser.signIn("c0de-4711", "/orders");
	}

	/**
	 * With the pages of the same application, which then show what the application may
	 * see.
	 */
	@ParameterizedTest // F1
	@MethodSource("answers")
	void callAsApplicationWhateverUltraCartAnswersThenNoKeyAnywhere(ResponseDefinitionBuilder answer) {
		UltraCartApiTransport transport = TestUltraCartApi.transport(ultraCart);
		this.browser = this.callingAsItself.withClient(FakeUltraCartSsoClient.forBrowsers())
			.withBean("interceptor",
					new UltraCartKeyInterceptor(transport, new SimpleKeyCredential(SimpleKey.of(APPLICATION_KEY))))
			.withBean("apiUrl", transport.baseUrl().toString())
			.start(Orders.class);
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(answer));
		see("/public/orders");
		this.browser.signIn("c0de-4711", "/orders");
		Stream.of("/orders", "/orders/caught", "/orders/on-another-thread", "/orders/async").forEach(this::see);
		ultraCart.verify(WireMock.moreThanOrExactly(1), WireMock.anyRequestedFor(WireMock.anyUrl())
			.withHeader("X-UltraCart-Simple-Key", WireMock.equalTo(APPLICATION_KEY)));
		assertThat(this.seen).hasSize(5).allSatisfy((text) -> assertThat(text).doesNotContain(APPLICATION_KEY));
		assertThat(this.log.lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).doesNotContain(APPLICATION_KEY));
	}

	@ParameterizedTest // F1
	@MethodSource("answers")
	void callWhateverUltraCartAnswersThenNoKeyAnywhere(ResponseDefinitionBuilder answer) {
		ultraCart.stubFor(WireMock.any(WireMock.anyUrl()).willReturn(answer));
		Stream.of("/orders/later", "/orders", "/orders/caught", "/orders/on-another-thread", "/orders/async")
			.forEach(this::see);
		see(() -> String.valueOf(this.application.context().getBean(Orders.OrderPages.class).doLater()));
		see(() -> describe(this.browser.submit("/logout")));
		see("/public/orders");
		ultraCart.verify(WireMock.moreThanOrExactly(1), WireMock.anyRequestedFor(WireMock.anyUrl())
			.withHeader("X-UltraCart-Simple-Key", WireMock.equalTo(KEY)));
		assertThat(this.seen).hasSize(8).allSatisfy((text) -> assertThat(text).doesNotContain(KEY));
		assertThat(this.application.sessionEvents().toString()).doesNotContain(KEY);
		assertThat(this.log.lines()).anySatisfy((line) -> assertThat(line).contains("Set SecurityContextHolder to"))
			.allSatisfy((line) -> assertThat(line).doesNotContain(KEY));
	}

	static Stream<ResponseDefinitionBuilder> answers() {
		return Stream.concat(Stream.of(302, 400, 401, 403, 429, 500).map(TestUltraCartApi::echo),
				Stream.of(WireMock.okJson("[\"DEMO-1\"]"), WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE),
						WireMock.aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK),
						WireMock.aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)));
	}

	private void see(String url) {
		see(() -> describe(this.browser.navigate(url)));
	}

	private void see(Sight sight) {
		try {
			this.seen.add(sight.look());
		}
		catch (Exception | AssertionError ex) {
			this.seen.add(TestUltraCartApi.stackTrace(ex));
		}
	}

	private static String describe(MockHttpServletResponse answer) {
		return answer.getStatus() + Browser.body(answer) + answer.getErrorMessage()
				+ answer.getHeaderNames().stream().flatMap((name) -> answer.getHeaders(name).stream()).toList();
	}

	@FunctionalInterface
	private interface Sight {

		String look() throws Exception;

	}

}
