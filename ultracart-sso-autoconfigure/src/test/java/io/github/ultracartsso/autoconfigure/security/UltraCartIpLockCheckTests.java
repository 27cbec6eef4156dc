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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.autoconfigure.servlet.ServletWebServerConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.web.filter.CharacterEncodingFilter;
import org.springframework.web.filter.ForwardedHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartIpLockCheck}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartIpLockCheckTests {

	@ParameterizedTest
	@ValueSource(strings = { "pin", "enforce", "warn" })
	void startWhenAddressIsTakenFromForwardedHeadersThenWarns(String ipLock, CapturedOutput output) {
		start(withStrategies(), "ultracart.sso.session.ip-lock=" + ipLock, "server.forward-headers-strategy=framework");
		assertThat(output.getAll()).containsOnlyOnce("ultracart.sso.session.ip-lock is " + ipLock)
			.contains("X-Forwarded-For", "Set server.forward-headers-strategy=native", "overwrite");
	}

	@ParameterizedTest
	@CsvSource({ "off, framework", "pin, native", "pin, none", "enforce, native" })
	void startWhenOffOrAddressIsNotTakenFromThemThenDoesNotWarn(String ipLock, String strategy, CapturedOutput output) {
		start(withStrategies(), "ultracart.sso.session.ip-lock=" + ipLock,
				"server.forward-headers-strategy=" + strategy);
		assertThat(output).doesNotContain("X-Forwarded-For");
	}

	@Test
	void startWhenFilterIsTheApplicationsThenWarns(CapturedOutput output) {
		start(TestApplication.configured().withBean(ForwardedHeaderFilter.class), "ultracart.sso.session.ip-lock=pin");
		assertThat(output.getAll()).containsOnlyOnce("ultracart.sso.session.ip-lock is pin");
	}

	@Test
	void startWhenOtherFilterIsRegisteredThenDoesNotWarn(CapturedOutput output) {
		start(TestApplication.configured()
			.withBean(FilterRegistrationBean.class, () -> new FilterRegistrationBean<>(new CharacterEncodingFilter())),
				"ultracart.sso.session.ip-lock=pin");
		assertThat(output).doesNotContain("ultracart.sso.session.ip-lock is");
	}

	private static WebApplicationContextRunner withStrategies() {
		return TestApplication.configured().withUserConfiguration(ServletWebServerConfiguration.class);
	}

	private static void start(WebApplicationContextRunner application, String... properties) {
		application.withPropertyValues(properties).run((context) -> assertThat(context).hasNotFailed());
	}

}
