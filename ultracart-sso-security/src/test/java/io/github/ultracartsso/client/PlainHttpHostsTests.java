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
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PlainHttpHosts}.
 */
class PlainHttpHostsTests {

	private final PlainHttpHosts hosts = new PlainHttpHosts(List.of("Backoffice", "192.168.1.5"));

	@ParameterizedTest
	@ValueSource(strings = { "http://backoffice/", "HTTP://BACKOFFICE:8080/login", "http://192.168.1.5:8080/",
			"https://app.example.com/", "http://localhost:8080/" })
	void isSecureWhenHttpsOrLoopbackOrNamedThenTrue(URI url) {
		assertThat(this.hosts.isSecure(url)).isTrue();
	}

	@ParameterizedTest // C3
	@ValueSource(strings = { "http://app.example.com/", "http://backoffice.example.com/", "http://a.backoffice/",
			"http://192.168.1.50/", "http://user@backoffice/", "ftp://backoffice/", "//backoffice/", "/backoffice" })
	void isSecureWhenAnythingElseThenFalse(URI url) {
		assertThat(this.hosts.isSecure(url)).isFalse();
	}

	@Test
	void isSecureWhenNoneThenLoopbackOnly() {
		assertThat(PlainHttpHosts.NONE.isSecure(URI.create("http://localhost/"))).isTrue();
		assertThat(PlainHttpHosts.NONE.isSecure(URI.create("http://backoffice/"))).isFalse();
	}

	@Test
	void containsWhenNamedThenWhateverTheCase() {
		assertThat(this.hosts.contains("BackOffice")).isTrue();
		assertThat(this.hosts.contains("localhost")).isFalse();
		assertThat(this.hosts.contains(null)).isFalse();
		assertThat(this.hosts).isEqualTo(new PlainHttpHosts(List.of("192.168.1.5", "backoffice")))
			.hasSameHashCodeAs(new PlainHttpHosts(List.of("192.168.1.5", "backoffice")))
			.hasToString(this.hosts.names().toString())
			.isNotEqualTo(PlainHttpHosts.NONE);
	}

}
