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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ultracartsso.GeneratedInputs;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.TestCall;
import io.github.ultracartsso.client.TestSecrets;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.User;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever comes in the place of an answer of UltraCart: nothing but an
 * {@link UltraCartApiException} leaves the client, fit for a log and without a secret,
 * and no answer is taken for what it is not.
 * <p>
 * An input is an answer as it is on the wire: a status, headers, an empty line and a
 * body. A status with {@code reset} behind it is that of an answer that breaks off at the
 * end of the body. {@code {credential}} and {@code {secret}} stand for what the call is
 * authenticated with and what else it sends that is secret.
 */
class AnswerFuzzTests {

	private static final URI BASE_URL = URI.create("https://secure.ultracart.com/rest/v2");

	private static final int LONGEST_TEXT = 1000;

	private static final int LONGEST_CODE = 80;

	@FuzzTest // F1, G2, H2
	void authorize(byte[] input) {
		check(TestCall.AUTHORIZE, input);
	}

	@FuzzTest // F1, G2, H2
	void exchange(byte[] input) {
		check(TestCall.EXCHANGE, input);
	}

	@FuzzTest // F1, G2, H2
	void sessionUser(byte[] input) {
		check(TestCall.SESSION_USER, input);
	}

	@FuzzTest // F1, G2, H2
	void revoke(byte[] input) {
		check(TestCall.REVOKE, input);
	}

	@ParameterizedTest // F1, G2, H2
	@EnumSource(TestCall.class)
	void callWhenAnswerIsGeneratedThenReadOrRefused(TestCall call) {
		GeneratedInputs.check(AnswerFuzzTests.class, fuzzTest(call), (input) -> check(call, input));
	}

	private static void check(TestCall call, byte[] input) {
		WireAnswer answer = WireAnswer.read(input, call);
		RestClientUltraCartSsoClient client = new RestClientUltraCartSsoClient(
				RestClient.builder().requestFactory(answer::to), BASE_URL,
				new SimpleKeyCredential(TestSecrets.APPLICATION_KEY), TestUltraCart.settings());
		try {
			Object result = call.make(client);
			assertThat(answer.status() / 100 == 2 || (call == TestCall.REVOKE && answer.status() == 401))
				.as("status %s", answer.status())
				.isTrue();
			assertComplete(result);
		}
		catch (UltraCartApiException ex) {
			assertFitForLogs(ex.getMessage(), LONGEST_TEXT);
			assertFitForLogs(ex.getRequestId(), LONGEST_CODE);
			assertFitForLogs(ex.getErrorCode(), LONGEST_CODE);
			for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
				assertThat(String.valueOf(cause.getMessage())).doesNotContain(TestSecrets.inClear());
			}
		}
	}

	private static String fuzzTest(TestCall call) {
		return switch (call) {
			case AUTHORIZE -> "authorize";
			case EXCHANGE -> "exchange";
			case SESSION_USER -> "sessionUser";
			case REVOKE -> "revoke";
		};
	}

	private static String credential(TestCall call) {
		return switch (call) {
			case AUTHORIZE, EXCHANGE -> TestSecrets.APPLICATION_KEY.value();
			case SESSION_USER, REVOKE -> TestSecrets.USER_KEY.value();
		};
	}

	private static String secret(TestCall call) {
		return switch (call) {
			case AUTHORIZE -> TestSecrets.STATE;
			case EXCHANGE -> TestSecrets.CODE;
			case SESSION_USER, REVOKE -> TestSecrets.USER_KEY.value();
		};
	}

	private static void assertComplete(@Nullable Object result) {
		if (result instanceof SingleSignOnAuthorizeResponse response) {
			assertThat(response.loginUrl()).isNotBlank();
		}
		else if (result instanceof SingleSignOnTokenResponse response) {
			assertThat(response.simpleKey().value()).matches("[\\x21-\\x7e]+");
			assertThat(response.toString()).doesNotContain(TestSecrets.USER_KEY.value());
			UltraCartDates.parse(response.expirationDts());
		}
		else if (result instanceof User user) {
			assertThat(user.permissions()).doesNotContainNull();
			assertThat(user.groups()).doesNotContainNull();
			assertFitForLogs(user.toString(), LONGEST_TEXT);
		}
	}

	private static void assertFitForLogs(@Nullable String text, int maxLength) {
		if (text != null) {
			assertThat(text).doesNotContain(TestSecrets.inClear()).hasSizeLessThanOrEqualTo(maxLength);
			assertThat(text).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
		}
	}

	/**
	 * An answer as an input gives it.
	 */
	private record WireAnswer(int status, boolean reset, HttpHeaders headers, String body) {

		static WireAnswer read(byte[] input, TestCall call) {
			String text = new String(input, StandardCharsets.ISO_8859_1).replace("{credential}", credential(call))
				.replace("{secret}", secret(call));
			int end = text.indexOf("\n\n");
			String[] lines = ((end < 0) ? text : text.substring(0, end)).split("\n", -1);
			HttpHeaders headers = new HttpHeaders();
			for (int i = 1; i < lines.length; i++) {
				int colon = lines[i].indexOf(':');
				if (colon > 0) {
					headers.add(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
				}
			}
			return new WireAnswer(status(lines[0]), lines[0].endsWith("reset"), headers,
					(end < 0) ? "" : text.substring(end + 2));
		}

		private static int status(String line) {
			return line.matches("[1-9]\\d\\d\\b.*") ? Integer.parseInt(line.substring(0, 3)) : 200;
		}

		ClientHttpRequest to(URI uri, HttpMethod method) {
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(response());
			return request;
		}

		private ClientHttpResponse response() {
			InputStream stream = new ByteArrayInputStream(this.body.getBytes(StandardCharsets.ISO_8859_1));
			MockClientHttpResponse response = new MockClientHttpResponse(
					this.reset ? new SequenceInputStream(stream, new BrokenStream(this.body)) : stream,
					HttpStatusCode.valueOf(this.status));
			response.getHeaders().putAll(this.headers);
			return response;
		}

	}

	/**
	 * A connection that breaks, with an exception that quotes what was read.
	 */
	private static final class BrokenStream extends InputStream {

		private final String before;

		private BrokenStream(String before) {
			this.before = before;
		}

		@Override
		public int read() throws IOException {
			throw new IOException("broken after " + this.before);
		}

		@Override
		public int read(byte[] buffer, int offset, int length) throws IOException {
			return read();
		}

	}

}
