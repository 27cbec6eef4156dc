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

package io.github.ultracartsso.web;

import java.util.Enumeration;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.filter.ForwardedHeaderFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalRequestMatcher}.
 */
class LocalRequestMatcherTests {

	private final LocalRequestMatcher matcher = LocalRequestMatcher.sameMachine();

	private final MockHttpServletRequest request = TestRequests.navigation("/ultracart/authorize");

	@ParameterizedTest // C4
	@ValueSource(strings = { "127.0.0.1", "127.1.2.3", "::1", "0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1%lo" })
	void matchesWhenFromLoopbackAddressThenTrue(String address) {
		this.request.setRemoteAddr(address);
		assertThat(this.matcher.matches(this.request)).isTrue();
		assertThat(this.matcher.matches(new HttpServletRequestWrapper(this.request))).isTrue();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "", "203.0.113.7", "10.0.0.1", "2001:db8::1", "::", "::ffff:203.0.113.7", "unknown" })
	void matchesWhenFromElsewhereThenFalse(String address) {
		this.request.setRemoteAddr(address);
		assertThat(this.matcher.matches(this.request)).isFalse();
	}

	@ParameterizedTest // C4
	@ValueSource(strings = { "Forwarded", "forwarded", "X-Forwarded-For", "X-Forwarded-Host", "x-forwarded-proto",
			"X-Forwarded-Port", "X-Forwarded-Prefix", "X-Forwarded-Ssl", "X-FORWARDED-BY", "Via", "X-Real-IP" })
	void matchesWhenHeaderOfProxyThenFalse(String header) throws Exception {
		this.request.addHeader(header, "");
		assertThat(this.matcher.matches(this.request)).isFalse();
		assertThat(this.matcher.matches(filtered())).isFalse();
	}

	@Test // C4
	void matchesWhenForwardedAddressIsLoopbackThenFalse() throws Exception {
		this.request.setRemoteAddr("203.0.113.7");
		this.request.addHeader("X-Forwarded-For", "127.0.0.1");
		assertThat(filtered().getRemoteAddr()).isEqualTo("127.0.0.1");
		assertThat(this.matcher.matches(filtered())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "192.168.1.77", "10.0.0.1", "172.17.0.1", "::1", "0:0:0:0:0:0:0:1%lo",
			"fe80::1%eth0" })
	void matchesWhenFromInternalNetworkThenTrue(String address) {
		this.request.setRemoteAddr(address);
		assertThat(LocalRequestMatcher.internalNetwork().matches(this.request)).isTrue();
		this.request.addHeader("X-Forwarded-For", "192.168.1.77");
		assertThat(LocalRequestMatcher.internalNetwork().matches(this.request)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "203.0.113.7", "2001:db8::1", "unknown" })
	void matchesWhenFromTheInternetThenFalse(String address) {
		this.request.setRemoteAddr(address);
		assertThat(LocalRequestMatcher.internalNetwork().matches(this.request)).isFalse();
	}

	@Test
	void matchesWhenContainerReturnsNoHeaderNamesThenFalse() {
		MockHttpServletRequest silent = new MockHttpServletRequest() {

			@Override
			@SuppressWarnings("NullAway")
			public Enumeration<String> getHeaderNames() {
				return null;
			}

		};
		assertThat(this.matcher.matches(silent)).isFalse();
	}

	private HttpServletRequest filtered() throws Exception {
		MockFilterChain chain = new MockFilterChain();
		new ForwardedHeaderFilter().doFilter(this.request, new MockHttpServletResponse(), chain);
		return (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
	}

}
