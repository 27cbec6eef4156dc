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

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.config.UltraCartServer.Operation;
import io.github.ultracartsso.web.TestHttpSessions;
import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where keys, codes and states must not appear.
 */
class SecretsTests {

	private static final String CODE = "c0de-4711";

	private static final String KEY = "user-key-0815";

	@RegisterExtension
	static final UltraCartServer ultraCart = new UltraCartServer();

	@RegisterExtension
	final TestApplication application = new TestApplication();

	@RegisterExtension
	final LogCapture log = new LogCapture("io.github.ultracartsso", "org.springframework.security");

	private final List<MockHttpServletResponse> answers = new ArrayList<>();

	private Browser browser;

	@BeforeEach
	void start() {
		ultraCart.answer(Operation.TOKEN, WireMock.okJson("{\"simple_key\": \"" + KEY + "\"}"));
		this.browser = this.application.withClient(ultraCart.client()).start(DefaultChain.class);
	}

	@Test // F1
	void loginAndLogoutWhenCompletedThenNoSecretsAnywhere() {
		signIn();
		this.answers.add(this.browser.navigate("/items"));
		this.answers.add(this.browser.signIn(CODE));
		this.answers.add(this.browser.submit("/logout"));
		assertNoSecrets();
		assertThat(this.log.lines()).anySatisfy((line) -> assertThat(line).contains("Set SecurityContextHolder to"))
			.anySatisfy((line) -> assertThat(line).contains("Logging out"));
	}

	@ParameterizedTest // F1
	@CsvSource({ "AUTHORIZE, {{request.body}}", "TOKEN, {{request.body}}",
			"USER, {{request.headers.X-UltraCart-Simple-Key}}", "REVOKE, {{request.headers.X-UltraCart-Simple-Key}}" })
	void loginWhenUltraCartRepeatsWhatItRefusesThenNoSecretsAnywhere(Operation operation, String repeated) {
		ultraCart.answer(operation,
				WireMock.aResponse().withStatus(500).withHeader("UC-REST-ERROR", "unacceptable: " + repeated));
		this.answers.add(this.browser.navigate("/ultracart/authorize"));
		if (operation != Operation.AUTHORIZE) {
			signIn();
			this.answers.add(this.browser.submit("/logout"));
		}
		assertThat(this.log.lines()).anySatisfy((line) -> assertThat(line).contains("unacceptable: "));
		assertNoSecrets();
	}

	@ParameterizedTest // F1
	@ValueSource(strings = { "{\"simple_key\": [\"" + KEY + "\"]}", "{\"simple_key\": \"" + KEY + "\"",
			"\"" + KEY + "\"", "{\"simple_key\": \"" + KEY + " \\u00e9\"}" })
	void loginWhenAnswerToExchangeIsOddThenNoSecretsAnywhere(String body) {
		ultraCart.answer(Operation.TOKEN, WireMock.okJson(body));
		signIn();
		assertNoSecrets();
	}

	@ParameterizedTest // F1
	@ValueSource(strings = { "&code=again", "&error=access_denied", "%00" })
	void callbackWhenMalformedThenNoSecretsAnywhere(String suffix) {
		String state = this.browser.startLogin("/items");
		this.answers.add(this.browser.navigate(this.browser.callbackUrl(state, CODE) + suffix));
		assertNoSecrets();
	}

	@Test // F1
	void sessionWhenSignedInThenHoldsNoSecretInClear() {
		signIn();
		HttpSession session = this.browser.requireSession();
		List<String> names = Collections.list(session.getAttributeNames());
		assertThat(names).anySatisfy((name) -> assertThat(name).endsWith(".SSO_SESSION")).allSatisfy((name) -> {
			Object attribute = session.getAttribute(name);
			assertThat(new String(TestHttpSessions.serialize(attribute), StandardCharsets.ISO_8859_1))
				.doesNotContain(KEY, CODE, UltraCartServer.APPLICATION_KEY)
				.doesNotContain(ultraCart.states());
			assertThat(String.valueOf(attribute)).doesNotContain(KEY, CODE);
		});
	}

	@Test // F1
	void sessionWhenLoginFailedThenHoldsNothing() {
		ultraCart.fail(Operation.USER, 500);
		signIn();
		assertThat(this.browser.session()).isNull();
	}

	private void signIn() {
		this.answers.add(this.browser.signIn(CODE, "/items"));
	}

	private void assertNoSecrets() {
		assertNoKeys();
		// Spring Security's own lines with the URL of each request are known to hold them
		assertThat(this.log.lines()).filteredOn((line) -> !line.matches(".*FilterChainProxy: Secur(ing|ed) GET .*"))
			.isNotEmpty()
			.allSatisfy((line) -> assertThat(line).doesNotContain(CODE).doesNotContain(ultraCart.states()));
	}

	private void assertNoKeys() {
		assertThat(this.log.lines()).isNotEmpty()
			.allSatisfy((line) -> assertThat(line).doesNotContain(KEY, UltraCartServer.APPLICATION_KEY));
		assertThat(this.answers).isNotEmpty()
			.allSatisfy((answer) -> assertThat(Browser.body(answer)
					+ answer.getHeaderNames().stream().flatMap((name) -> answer.getHeaders(name).stream()).toList())
				.doesNotContain(KEY, CODE, UltraCartServer.APPLICATION_KEY));
	}

}
