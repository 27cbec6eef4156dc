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

package io.github.ultracartsso.autoconfigure.security;

import io.github.ultracartsso.autoconfigure.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartSessionCookieCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartSessionCookieCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "strict", "STRICT", "Strict" })
	void startWhenSameSiteStrictThenWarns(String sameSite, CapturedOutput output) {
		start("server.servlet.session.cookie.same-site=" + sameSite);
		assertThat(output.getAll()).containsOnlyOnce("server.servlet.session.cookie.same-site is strict")
			.contains("Set it to lax");
	}

	@Test
	void startWhenSameSiteStrictInEnvironmentSpellingThenWarns(CapturedOutput output) {
		start("server.servlet.session.cookie.sameSite=strict");
		assertThat(output).contains("server.servlet.session.cookie.same-site is strict");
	}

	@ParameterizedTest
	@ValueSource(strings = { "lax", "none", "omitted", "" })
	void startWhenSameSiteOtherThenDoesNotWarn(String sameSite, CapturedOutput output) {
		start("server.servlet.session.cookie.same-site=" + sameSite);
		assertThat(output).doesNotContain("same-site is strict");
	}

	@Test
	void startWhenSameSiteNotSetThenDoesNotWarn(CapturedOutput output) {
		start();
		assertThat(output).doesNotContain("same-site");
	}

	private static void start(String... properties) {
		TestApplication.configured()
			.withPropertyValues(properties)
			.run((context) -> assertThat(context).hasNotFailed());
	}

}
