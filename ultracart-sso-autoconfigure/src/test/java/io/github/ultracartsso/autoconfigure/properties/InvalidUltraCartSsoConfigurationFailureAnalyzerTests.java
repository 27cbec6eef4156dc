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

package io.github.ultracartsso.autoconfigure.properties;

import java.util.List;

import io.github.ultracartsso.autoconfigure.properties.InvalidUltraCartSsoConfigurationException.Mistake;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link InvalidUltraCartSsoConfigurationFailureAnalyzer}.
 */
@ExtendWith(OutputCaptureExtension.class)
class InvalidUltraCartSsoConfigurationFailureAnalyzerTests {

	private static final Mistake FIRST = new Mistake("The first is wrong.", "Mend the first.");

	private static final Mistake SECOND = new Mistake("The second is wrong.", "Mend the second.");

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void analyzeWhenSeveralMistakesThenEachIsNumberedWithItsRemedy() {
		FailureAnalysis analysis = analyze(this.environment, FIRST, SECOND);
		assertThat(analysis.getDescription()).containsSubsequence("1. The first is wrong.", "2. The second is wrong.");
		assertThat(analysis.getAction()).containsSubsequence("1. Mend the first.", "2. Mend the second.");
	}

	@Test
	void analyzeWhenMistakeHasPercentSignThenItIsRepeatedAsItIs() {
		FailureAnalysis analysis = analyze(this.environment, new Mistake("'/100%n' is wrong.", "Write 50%d."));
		assertThat(analysis.getDescription()).contains("1. '/100%n' is wrong.");
		assertThat(analysis.getAction()).contains("1. Write 50%d.");
	}

	@Test
	void analyzeWhenProfilesActiveThenTheyAreNamed() {
		this.environment.setActiveProfiles("production", "eu");
		assertThat(analyze(this.environment, FIRST).getDescription())
			.endsWith("The active profiles are: production, eu");
	}

	@Test
	void analyzeWhenNoProfileActiveThenSaysSo() {
		assertThat(analyze(this.environment, FIRST).getDescription()).contains("No profiles are active");
	}

	@Test
	void analyzeWhenNoEnvironmentThenSaysThatNoProfileIsActive() {
		assertThat(analyze(null, FIRST).getDescription()).contains("No profiles are active");
	}

	@Test
	void exceptionWhenNotAnalyzedThenItsMessageHoldsAllMistakes() {
		assertThat(new InvalidUltraCartSsoConfigurationException(List.of(FIRST, SECOND)))
			.hasMessage("The first is wrong.; The second is wrong.");
	}

	@Test
	// F1
	void runWhenApplicationMisconfiguredThenReportIsPrinted(CapturedOutput output) {
		SpringApplication application = new SpringApplication(Application.class);
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(() -> application.run("--server.port=0",
				"--spring.main.banner-mode=off", "--spring.profiles.active=production",
				"--ultracart.sso.simple-key=hush hush", "--ultracart.sso.base-url=http://ultracart.example.com"));
		assertThat(output).containsSubsequence("APPLICATION FAILED TO START", "Description:",
				"Users cannot sign in with UltraCart", "1. ultracart.sso.simple-key has characters",
				"2. ultracart.sso.base-url is 'http://ultracart.example.com'", "The active profiles are: production",
				"Action:", "1. Copy the key again", "2. Remove ultracart.sso.base-url");
		assertThat(output).doesNotContain("hush");
	}

	private static FailureAnalysis analyze(@Nullable Environment environment, Mistake... mistakes) {
		InvalidUltraCartSsoConfigurationException failure = new InvalidUltraCartSsoConfigurationException(
				List.of(mistakes));
		return new InvalidUltraCartSsoConfigurationFailureAnalyzer(environment).analyze(failure, failure);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
