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

package io.github.ultracartsso.session;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientAddress}.
 */
class ClientAddressTests {

	@ParameterizedTest
	@CsvSource({ "203.0.113.7, 203.0.113.7", "0.0.0.0, 0.0.0.0", "255.255.255.255, 255.255.255.255",
			"::ffff:203.0.113.7, 203.0.113.7", "::ffff:cb00:7107, 203.0.113.7", "2001:db8::7, 2001:DB8:0:0:0:0:0:7",
			"2001:db8::7, 2001:0db8:0000:0000:0000:0000:0000:0007", "[2001:db8::7], 2001:db8::7",
			"::1, 0:0:0:0:0:0:0:1", "203.0.113.7:51234, 203.0.113.7", "203.0.113.7:51234, 203.0.113.7:2",
			"[2001:db8::7]:51234, 2001:db8::7" })
	void isSameWhenAnotherSpellingThenTrue(String address, String other) {
		assertThat(ClientAddress.isSame(address, other)).isTrue();
		assertThat(ClientAddress.isSame(other, address)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "203.0.113.7, 203.0.113.8", "203.0.113.7, 203.0.113.70", "2001:db8::7, 2001:db8::8", "127.0.0.1, ::1",
			"::203.0.113.7, 203.0.113.7", "203.0.113.7, 7.113.0.203" })
	void isSameWhenAnotherAddressThenFalse(String address, String other) {
		assertThat(ClientAddress.isSame(address, other)).isFalse();
		assertThat(ClientAddress.isSame(other, address)).isFalse();
	}

	@ParameterizedTest // B2
	@CsvSource({ "10.0.0.0/8, 10.1.2.3", "0.0.0.0/0, 203.0.113.7", "::/0, 2001:db8::7", "10.1.2.3/32, 10.1.2.3" })
	void isSameWhenRangeThenFalse(String range, String address) {
		assertThat(ClientAddress.isSame(range, address)).isFalse();
		assertThat(ClientAddress.isSame(address, range)).isFalse();
	}

	@ParameterizedTest // B2
	@ValueSource(strings = { "", " ", "unknown", "*", "203.0.113", "203.0.113.7.1", "203.0.113.256", "203.0.113.7.",
			"203.0.113.7 ", "1", "2001:db8", "2001:db8::7::1", ":", "[2001:db8::7", "g::1", "203.0.113.7:443:1",
			"203.0.113.7:" })
	void isSameWhenNoAddressThenFalseEvenIfEqual(String garbage) {
		assertThat(ClientAddress.isSame(garbage, garbage)).isFalse();
		assertThat(ClientAddress.isSame(garbage, "203.0.113.7")).isFalse();
		assertThat(ClientAddress.isSame("203.0.113.7", garbage)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "localhost, 127.0.0.1", "localhost, localhost", "[localhost], 127.0.0.1" })
	void isSameWhenNameOfHostThenNotLookedUp(String host, String address) {
		assertThat(ClientAddress.isSame(host, address)).isFalse();
		assertThat(ClientAddress.isSame(address, host)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ ", 203.0.113.7", "203.0.113.7,", "," })
	void isSameWhenUnknownThenFalse(@Nullable String address, @Nullable String other) {
		assertThat(ClientAddress.isSame(address, other)).isFalse();
	}

}
