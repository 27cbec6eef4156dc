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

package io.github.ultracartsso.client;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SecureTransport}.
 */
class SecureTransportTests {

	// F4
	@ParameterizedTest
	@ValueSource(strings = { "https://secure.ultracart.com/rest/v2", "HTTPS://secure.ultracart.com",
			"https://10.0.0.1:8443/", "https://localhost/", "http://localhost:8080/rest/v2", "HTTP://LOCALHOST/",
			"http://app.localhost:8080/", "http://127.0.0.1/", "http://127.0.0.1:54321/rest/v2",
			"http://127.255.255.254/", "http://[::1]/", "http://[::1]:8080/", "http://[0:0:0:0:0:0:0:1]/",
			"http://[0000:0:0:0:0:0:0:0001]/" })
	void isSecureWhenHttpsOrLoopbackThenTrue(URI url) {
		assertThat(SecureTransport.isSecure(url)).isTrue();
	}

	// F4
	@ParameterizedTest
	@ValueSource(strings = { "http://secure.ultracart.com/", "http://10.0.0.1/", "http://192.168.0.1/",
			"http://128.0.0.1/", "http://0.0.0.0/", "http://[::2]/", "http://[::]/", "http://[fe80::1]/",
			"http://localhost.evil.example/", "http://evil-localhost/", "http://notlocalhost/",
			"http://127.0.0.1.evil.example/", "http://127.0.0/", "http://.localhost.example/", "http://x127.0.0.1/",
			"ftp://localhost/", "ws://localhost/", "file:///etc/passwd", "//secure.ultracart.com/", "/rest/v2", "",
			"https:/rest/v2", "https:secure.ultracart.com", "https:///rest/v2", "mailto:jane@merchant.example",
			"https://user@secure.ultracart.com/", "https://user:password@secure.ultracart.com/",
			"https://@secure.ultracart.com/", "http://localhost@evil.example/", "http://user@localhost/" })
	void isSecureWhenAnythingElseThenFalse(URI url) {
		assertThat(SecureTransport.isSecure(url)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://back_office.example.com/login, back_office.example.com, -1",
			"https://back_office:8443, back_office, 8443", "https://_a.b_.example.com:443/, _a.b_.example.com, 443",
			"http://back_office.localhost:8080/, back_office.localhost, 8080",
			"https://secure.ultracart.com/, secure.ultracart.com, -1", "https://[::1]:8443/, [::1], 8443" })
	void hostWhenAnyNameThenHostAndPort(URI url, String host, int port) {
		assertThat(SecureTransport.host(url)).isEqualTo(host);
		assertThat(SecureTransport.port(url)).isEqualTo(port);
		assertThat(SecureTransport.isSecure(url)).isTrue();
	}

	// F4
	@ParameterizedTest
	@ValueSource(strings = { "http://back_office.example.com/", "https://jane_doe@evil.example/",
			"https://jane_doe@e_vil.example/", "https://back_office@e_vil.example:443/", "https://a_b:c_d/",
			"https://a_b:80:80/", "https://a_b,c.example/", "https://_a..b/", "https://a_b;c/", "https://a_b:-1/",
			"//back_office.example.com/" })
	void isSecureWhenUnderscoreInSomethingElseThenFalse(URI url) {
		assertThat(SecureTransport.isSecure(url)).isFalse();
	}

	@Test
	void isLoopbackWhenNoHostThenFalse() {
		assertThat(SecureTransport.isLoopback(null)).isFalse();
		assertThat(SecureTransport.isLoopback("")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "localhost", "LocalHost", "a.b.localhost", "127.0.0.1", "127.1.2.3", "[::1]" })
	void isLoopbackWhenThisMachineByNameThenTrue(String host) {
		assertThat(SecureTransport.isLoopback(host)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { ".localhost", "localhost.", "127.1", "127.0.0.0.1", "127a0b0c1", "1270.0.0.1", "::1",
			"[::1%25lo]", "[::ffff:127.0.0.1]", "[0:0:0:0:0:0:1:1]", "ultracart.com" })
	void isLoopbackWhenAnythingElseThenFalse(String host) {
		assertThat(SecureTransport.isLoopback(host)).isFalse();
	}

}
