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

import io.github.ultracartsso.autoconfigure.TestApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the warning that an application accepts plain http.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlainHttpHostsWarningTests {

	@Test
	void startWhenPlainHttpHostThenOneWarningNamesItAndTheSwitch(CapturedOutput output) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.development.plain-http-hosts=backoffice")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output.toString().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains("Plain http is accepted for backoffice", "ultracart.sso.development.plain-http-hosts");
	}

	@Test
	void startWhenNoPlainHttpHostThenNoWarning(CapturedOutput output) {
		TestApplication.configured().run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("Plain http");
	}

}
