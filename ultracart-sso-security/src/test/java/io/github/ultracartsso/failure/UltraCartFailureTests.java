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

package io.github.ultracartsso.failure;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.UltraCartApiException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every failure of UltraCart in every call: what the client makes of it, what it costs
 * UltraCart and the application, and what the person sees in the end.
 */
@Timeout(120)
class UltraCartFailureTests {

	private static final int MEGABYTE = 1024 * 1024;

	/**
	 * Most of them do nothing but wait.
	 */
	private static final int AT_A_TIME = 16;

	private static final FailureDocument DOCUMENT = new FailureDocument(
			Path.of("..", "docs", "reference", "failures.md"));

	private static final Map<UltraCartFailure, Map<Step, Observation>> observations = new EnumMap<>(
			UltraCartFailure.class);

	private static List<String> logMessages = List.of();

	private static String logText = "";

	@BeforeAll
	@Timeout(120)
	static void failInEveryWay() {
		// loading classes takes time and memory
		Observation.of(UltraCartFailure.NO_DATE);
		Observation.of(UltraCartFailure.NO_TLS);
		ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
		try (CapturedLog log = CapturedLog.of("io.github.ultracartsso", "org.springframework.web.client",
				"org.springframework.core.retry")) {
			Map<UltraCartFailure, CompletableFuture<Map<Step, Observation>>> underWay = new EnumMap<>(
					UltraCartFailure.class);
			Arrays.stream(UltraCartFailure.values())
				.sorted(Comparator.comparing(UltraCartFailure::isSlow).reversed())
				.forEach((failure) -> underWay.put(failure,
						CompletableFuture.supplyAsync(() -> Observation.of(failure), threads)));
			underWay.forEach((failure, observed) -> observations.put(failure, observed.join()));
			logMessages = Stream.of(Level.TRACE, Level.DEBUG, Level.INFO, Level.WARN, Level.ERROR)
				.flatMap((level) -> log.messages(level).stream())
				.toList();
			logText = log.text();
		}
		finally {
			threads.shutdownNow();
		}
	}

	// D5, E8, G1, G3, G4, G6
	@ParameterizedTest
	@MethodSource("failuresAndSteps")
	void stepWhenUltraCartFailsThenAsTheRulesSay(UltraCartFailure failure, Step step) {
		Outcome expected = Outcome.of(failure, step);
		Observation observed = observed(failure, step);
		assertThat(observed.outcome(expected.delay())).isEqualTo(expected);
		assertThat(observed.time()).isBetween(expected.delay().least(), expected.delay().most());
	}

	// F1, G6, H2
	@ParameterizedTest
	@MethodSource("failuresAndSteps")
	void exceptionWhenUltraCartFailsThenOursOnOneLineWithoutSecrets(UltraCartFailure failure, Step step) {
		RuntimeException thrown = observed(failure, step).thrown();
		if (thrown != null) {
			assertThat(thrown).isInstanceOf(UltraCartApiException.class);
			assertThat(thrown.getMessage()).contains(step.callName())
				.doesNotContain(observed(failure, step).secrets())
				.doesNotContainPattern("\\p{Cntrl}");
		}
	}

	// G2
	@ParameterizedTest
	@MethodSource("failuresAndSteps")
	void callWhenUltraCartFailsThenLittleMemoryAndNoConnectionLeft(UltraCartFailure failure, Step step) {
		// three TLS handshakes take about one
		assertThat(observed(failure, step).allocated()).isLessThan(2 * MEGABYTE);
		assertThat(observed(failure, step).connectionsInUse()).isZero();
	}

	// F1, H2
	@Test
	void logThenNeitherSecretsNorControlCharacters() {
		assertThat(logMessages).isNotEmpty()
			.allSatisfy((message) -> assertThat(message).doesNotContainPattern("\\p{Cntrl}"));
		for (UltraCartFailure failure : UltraCartFailure.values()) {
			assertThat(logText).doesNotContain(observed(failure, Step.START).secrets());
		}
	}

	@Test
	void documentThenTellsOfAllThis() throws IOException {
		String text = FailureDocument
			.render((failure, step) -> observed(failure, step).outcome(Outcome.of(failure, step).delay()));
		if (Boolean.getBoolean("docs.write")) {
			DOCUMENT.write(text);
		}
		assertThat(DOCUMENT.read())
			.as("docs/reference/failures.md is generated: run this test with -Ddocs.write=true, and review what changes")
			.isEqualTo(text);
	}

	static Stream<Arguments> failuresAndSteps() {
		return Arrays.stream(UltraCartFailure.values())
			.flatMap((failure) -> Arrays.stream(Step.values()).map((step) -> Arguments.of(failure, step)));
	}

	private static Observation observed(UltraCartFailure failure, Step step) {
		return Objects.requireNonNull(Objects.requireNonNull(observations.get(failure)).get(step));
	}

}
