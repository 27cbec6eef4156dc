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
import java.util.List;

import io.github.ultracartsso.client.PlainHttpHosts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link LoginUrls}.
 */
class LoginUrlsTests {

	private static final URI ULTRACART = URI.create("https://secure.ultracart.com/rest/v2");

	private final LoginUrls loginUrls = new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS, ULTRACART);

	@ParameterizedTest
	@ValueSource(strings = { "https://secure.ultracart.com/sso/login?opid=1", "https://ultracart.com/login",
			"HTTPS://SECURE.ULTRACART.COM/login", "https://a.b.ultracart.com:8443/x",
			"https://sign_in.ultracart.com/x" })
	void isAllowedWhenHttpsOnKnownHostThenTrue(String url) {
		assertThat(this.loginUrls.isAllowed(url)).isTrue();
	}

	@ParameterizedTest // C3
	@ValueSource(strings = { "", "/login", "http://secure.ultracart.com/login", "https://evil.example/login",
			"https://evilultracart.com/", "https://ultracart.com.evil.example/",
			"https://secure.ultracart.com@evil.example", "https://user@secure.ultracart.com/",
			"https://evil.example#.ultracart.com", "https://evil.example?.ultracart.com",
			"https://evil.example\\.ultracart.com", "//secure.ultracart.com/login",
			"javascript:alert('.ultracart.com')", "https:///login", "https://secure.ultracart.com/\r\nSet-Cookie: a=b",
			"ftp://secure.ultracart.com/", "http://localhost/login", "http://127.0.0.1/login",
			"https://localhost/login", "https://sign_in.evil.example/", "https://a_b@evil.example/.ultracart.com",
			"https://evil.example_.ultracart.com_/", "http://sign_in.ultracart.com/" })
	void isAllowedWhenAnythingElseThenFalse(String url) {
		assertThat(this.loginUrls.isAllowed(url)).isFalse();
	}

	@Test // C3
	void isAllowedWhenApiOnLoopbackThenItsOwnHostMayBePlain() {
		LoginUrls local = new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS, URI.create("http://localhost:8081/rest/v2"));
		assertThat(local.isAllowed("http://localhost:8081/login")).isTrue();
		assertThat(local.isAllowed("https://secure.ultracart.com/login")).isTrue();
		assertThat(local.isAllowed("http://127.0.0.1:8081/login")).isFalse();
		assertThat(local.isAllowed("http://secure.ultracart.com/login")).isFalse();
	}

	@Test // C3
	void isAllowedWhenPlainHttpHostThenItsOwnHostMayBePlain() {
		LoginUrls development = new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS,
				URI.create("http://localhost:8081/rest/v2"), new PlainHttpHosts(List.of("backoffice")));
		assertThat(development.isAllowed("http://backoffice:8081/login")).isTrue();
		assertThat(development.isAllowed("https://backoffice/login")).isTrue();
		assertThat(development.isAllowed("http://localhost:8081/login")).isTrue();
		assertThat(development.isAllowed("http://secure.ultracart.com/login")).isFalse();
		assertThat(development.isAllowed("http://a.backoffice:8081/login")).isFalse();
	}

	@Test
	void isAllowedWhenHostsConfiguredThenOnlyThese() {
		LoginUrls configured = new LoginUrls(List.of("Login.Example.COM"), ULTRACART);
		assertThat(configured.isAllowed("https://login.example.com/")).isTrue();
		assertThat(configured.isAllowed("https://secure.ultracart.com/")).isFalse();
	}

	@Test
	void isAllowedWhenConfiguredHostHasUnderscoreThenItAndItsSubdomains() {
		LoginUrls configured = new LoginUrls(List.of("sign_in.example.com"), ULTRACART);
		assertThat(configured.isAllowed("https://sign_in.example.com/")).isTrue();
		assertThat(configured.isAllowed("https://a_b.sign_in.example.com:8443/")).isTrue();
		assertThat(configured.isAllowed("https://xsign_in.example.com/")).isFalse();
	}

	@Test
	void constructorWhenNoHostsThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new LoginUrls(List.of(), ULTRACART))
			.withMessage("allowedHosts cannot be empty");
	}

}
