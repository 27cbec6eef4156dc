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

package io.github.ultracartsso.login;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.ultracartsso.GeneratedInputs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever the login URL in UltraCart's response is, an allowed one leads to an allowed
 * host over https, even in a browser that is lenient about URLs.
 */
class LoginUrlsFuzzTests {

	private final LoginUrls loginUrls = new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS,
			URI.create("https://secure.ultracart.com/rest/v2"));

	private final LoginUrls loopback = new LoginUrls(List.of("login.example.com"),
			URI.create("http://localhost:8081/rest/v2"));

	@FuzzTest // C3
	void isAllowed(byte[] input) {
		String url = new String(input, StandardCharsets.UTF_8);
		if (this.loginUrls.isAllowed(url)) {
			BrowserUrl read = BrowserUrl.read(url);
			assertThat(read.scheme()).isEqualTo("https");
			assertThat("." + read.host()).endsWith(".ultracart.com");
		}
		if (this.loopback.isAllowed(url)) {
			BrowserUrl read = BrowserUrl.read(url);
			if (!read.host().equals("localhost")) {
				assertThat(read.scheme()).isEqualTo("https");
				assertThat("." + read.host()).endsWith(".login.example.com");
			}
		}
	}

	@Test // C3
	void isAllowedWhenUrlIsGeneratedThenOnKnownHostOnly() {
		GeneratedInputs.check(LoginUrlsFuzzTests.class, "isAllowed", this::isAllowed);
	}

}
