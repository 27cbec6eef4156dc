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

package io.github.ultracartsso.autoconfigure.actuate;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartLoginMetrics} in a running application.
 */
class UltraCartLoginMetricsTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	@Test
	void loginWhenCompletedThenSuccessIsCountedOnce() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(logins(context)).isEqualTo(Map.of("success", 1.0));
		});
	}

	@Test
	void loginWhenRepeatedThenEachIsCounted() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(logins(context)).isEqualTo(Map.of("success", 2.0));
		});
	}

	@ParameterizedTest
	@MethodSource("failuresOfUltraCart")
	void loginWhenUltraCartFailsThenCountedByReason(MappingBuilder call, ResponseDefinitionBuilder answer,
			String outcome) {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.navigate("/ultracart/authorize");
			String state = this.ultraCart.authorizeRequest("state");
			this.ultraCart.given(call, answer);
			if (call.build().getRequest().getUrl().equals(TestUltraCart.AUTHORIZE)) {
				browser.navigate("/ultracart/authorize");
			}
			else {
				browser.navigate("/login/ultracart?code=some-code&state=" + state);
			}
			assertThat(logins(context)).isEqualTo(Map.of(outcome, 1.0));
		});
	}

	static List<Arguments> failuresOfUltraCart() {
		return List.of(Arguments.of(put(TestUltraCart.AUTHORIZE), aResponse().withStatus(401), "application_rejected"),
				Arguments.of(put(TestUltraCart.AUTHORIZE), aResponse().withStatus(410), "application_disabled"),
				Arguments.of(put(TestUltraCart.AUTHORIZE), aResponse().withStatus(429), "busy"),
				Arguments.of(put(TestUltraCart.AUTHORIZE), aResponse().withStatus(500), "unavailable"),
				Arguments.of(put(TestUltraCart.TOKEN), aResponse().withStatus(400), "invalid_code"),
				Arguments.of(put(TestUltraCart.TOKEN),
						okJson("{\"simple_key\":\"k\",\"expiration_dts\":\"2001-01-01T00:00:00-05:00\"}"), "expired"),
				Arguments.of(get(TestUltraCart.USER), okJson("{}"), "unavailable"));
	}

	@ParameterizedTest
	@MethodSource("badCallbacks")
	void callbackWhenBadThenCountedByReason(String query, String outcome) {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.navigate("/ultracart/authorize");
			browser.navigate("/login/ultracart?" + query.formatted(this.ultraCart.authorizeRequest("state")));
			assertThat(logins(context)).isEqualTo(Map.of(outcome, 1.0));
		});
	}

	static List<Arguments> badCallbacks() {
		return List.of(Arguments.of("state=%s&error=access_denied", "denied"),
				Arguments.of("state=%s&error=invalid_request", "expired"),
				Arguments.of("state=unknown&code=some-code", "unknown_state"),
				Arguments.of("state=%s&code=one&code=two", "invalid_response"));
	}

	@ParameterizedTest
	@MethodSource("failuresOfApplication")
	void loginWhenApplicationRefusesUserThenCountedAsThePageTellsIt(AuthenticationException failure, String outcome) {
		UltraCartUserMapper mapper = (user) -> {
			throw failure;
		};
		TestApplication.withEverything(this.ultraCart)
			.withBean(UltraCartUserMapper.class, () -> mapper)
			.run((context) -> {
				assertThat(new TestBrowser(context).signIn(this.ultraCart)).hasRedirectedUrl("/login?error=" + outcome);
				assertThat(logins(context)).isEqualTo(Map.of(outcome, 1.0));
			});
	}

	static List<Arguments> failuresOfApplication() {
		return List.of(Arguments.of(new DisabledException("Not in our directory"), "denied"),
				Arguments.of(new AuthenticationServiceException("Our directory is down"), "unavailable"));
	}

	@Test
	// F1
	void meterWhenLoginsSucceedAndFailThenOutcomeIsItsOnlyTag() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			TestBrowser browser = new TestBrowser(context);
			browser.signIn(this.ultraCart);
			browser.navigate("/login/ultracart?state=unknown&code=some-code");
			assertThat(logins(context)).hasSize(2);
			assertThat(meters(context)).allSatisfy(
					(meter) -> assertThat(meter.getId().getTags()).extracting(Tag::getKey).containsExactly("outcome"));
		});
	}

	@Test
	void callsWhenLoginCompletedThenMeasuredByUriTemplateWithoutQuery() {
		TestApplication.withEverything(this.ultraCart).run((context) -> {
			new TestBrowser(context).signIn(this.ultraCart);
			assertThat(context.getBean(MeterRegistry.class).find("http.client.requests").meters())
				.extracting((meter) -> meter.getId().getTag("uri"))
				.containsExactlyInAnyOrder(TestUltraCart.AUTHORIZE, TestUltraCart.TOKEN, TestUltraCart.USER);
		});
	}

	@Test
	void startThenEachOutcomeIsThereAtZero() {
		TestApplication.withEverything(this.ultraCart)
			.run((context) -> assertThat(meters(context)).hasSize(UltraCartLoginError.values().length + 1)
				.allSatisfy((meter) -> assertThat(value(meter)).isZero()));
	}

	@Test
	void applicationWhenNoMeterRegistryThenNothingIsCounted() {
		TestApplication.configured().run((context) -> assertThat(context).doesNotHaveBean(UltraCartLoginMetrics.class));
	}

	private static Map<String, Double> logins(ApplicationContext context) {
		return meters(context).stream()
			.filter((meter) -> value(meter) != 0)
			.collect(Collectors.toMap((meter) -> String.valueOf(meter.getId().getTag("outcome")),
					UltraCartLoginMetricsTests::value));
	}

	private static double value(Meter meter) {
		return meter.measure().iterator().next().getValue();
	}

	private static List<Meter> meters(ApplicationContext context) {
		return List.copyOf(context.getBean(MeterRegistry.class).find("ultracart.sso.logins").meters());
	}

}
