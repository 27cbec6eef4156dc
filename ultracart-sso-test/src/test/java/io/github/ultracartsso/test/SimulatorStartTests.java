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

package io.github.ultracartsso.test;

import io.github.ultracartsso.web.session.SsoSessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests that an application with the simulator says so when it starts, and does not start
 * in production.
 */
@ExtendWith(OutputCaptureExtension.class)
class SimulatorStartTests {

	@Test
	void startWhenSimulatorThenOneLineWithItsUrl(CapturedOutput output) {
		UltraCartSimulator simulator = start();
		assertThat(lines(output)).singleElement()
			.asString()
			.contains(simulator.baseUrl().toString(), simulator.consoleUrl().toString())
			.doesNotContain("not used", "WARN");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--ultracart.sso.simple-key=0123456789abcdef0123456789abcdef",
			"--ultracart.sso.oauth.client-id=0123456789abcdef" })
	void startWhenCredentialIsConfiguredThenWarningSaysThatItIsNotUsed(String credential, CapturedOutput output) {
		start(credential);
		assertThat(lines(output)).singleElement()
			.asString()
			.contains("WARN", "ultracart.sso.", " is set, but not used", "UltraCartSimulatorConfiguration")
			.doesNotContain("0123456789abcdef");
	}

	@Test
	void startWhenCredentialIsAPlaceholderThatWasNotReplacedThenNoWarning(CapturedOutput output) {
		start("--ultracart.sso.simple-key=${ULTRACART_TEST_KEY_THAT_IS_NOT_SET}");
		assertThat(lines(output)).singleElement().asString().doesNotContain("not used", "WARN");
	}

	@Test
	void startWhenLazyThenSaysSo(CapturedOutput output) {
		start("--spring.main.lazy-initialization=true");
		assertThat(lines(output)).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--spring.profiles.active=prod", "--spring.profiles.active=eu,Production",
			"--spring.profiles.default=production", "--spring.profiles.active=live", "--spring.profiles.active=PRD",
			"--spring.main.lazy-initialization=true,--spring.profiles.active=prod" })
	void startWhenProfileOfProductionThenRefusedWithRemedy(String arguments, CapturedOutput output) {
		assertThatException().isThrownBy(() -> start(arguments.split(",--")));
		assertThat(output).contains("APPLICATION FAILED TO START", "the application has the UltraCart simulator",
				"Remove UltraCartSimulatorConfiguration", "ultracart.sso.simple-key");
	}

	@ParameterizedTest
	@ValueSource(strings = { "dev", "pre-prod", "non-production", "live-reload" })
	void startWhenAnotherProfileThenStarts(String profile) {
		assertThat(start("--spring.profiles.active=" + profile).baseUrl()).isNotNull();
	}

	@Test
	void startWhenNotATestThenSessionsAreThoseOfTheApplication() {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, "--server.port=0")) {
			assertThat(context.getBeanProvider(SsoSessionRepository.class).stream()).isNotEmpty()
				.noneMatch(TestSsoSessionRepository.class::isInstance);
		}
	}

	@Test
	void startWhenBuilderIsABeanThenItsSettingsAreUsed() {
		try (ConfigurableApplicationContext context = SpringApplication
			.run(new Class<?>[] { Application.class, Builder.class }, new String[] { "--server.port=0" })) {
			assertThat(context.getBean(UltraCartSimulator.class).applicationKey()).isEqualTo("key-of-the-builder");
		}
	}

	private static String[] lines(CapturedOutput output) {
		return output.toString()
			.lines()
			.filter((line) -> line.contains("takes the place of UltraCart"))
			.toArray(String[]::new);
	}

	private static UltraCartSimulator start(String... arguments) {
		String[] all = new String[arguments.length + 1];
		all[0] = "--server.port=0";
		for (int i = 0; i < arguments.length; i++) {
			all[i + 1] = arguments[i].startsWith("--") ? arguments[i] : "--" + arguments[i];
		}
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, all)) {
			return context.getBean(UltraCartSimulator.class);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Builder {

		@Bean
		UltraCartSimulatorBuilder builder() {
			return UltraCartSimulator.builder().applicationKey("key-of-the-builder");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

	}

}
