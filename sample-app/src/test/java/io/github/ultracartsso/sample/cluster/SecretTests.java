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

package io.github.ultracartsso.sample.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Secret}.
 */
class SecretTests {

	private static final String VALUE = "key+of/27_ letters ~ or so";

	private final Secret secret = Secret.ofText("key", VALUE);

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "ab", "abc", "abcd" })
	void isInWhenWithinBase64ThenFound(String before) {
		byte[] text = (before + VALUE + "and more").getBytes(StandardCharsets.UTF_8);
		assertThat(this.secret.isIn(Base64.getEncoder().encodeToString(text))).isTrue();
		assertThat(this.secret.isIn(Base64.getUrlEncoder().encodeToString(text))).isTrue();
	}

	@Test
	void isInWhenRawOrEscapedThenFound() {
		assertThat(this.secret.isIn("x" + VALUE + "x")).isTrue();
		assertThat(this.secret.isIn("?x=" + URLEncoder.encode(VALUE, StandardCharsets.UTF_8) + "&y")).isTrue();
		assertThat(this.secret.isIn(HexFormat.of().formatHex(("x" + VALUE).getBytes(StandardCharsets.UTF_8)))).isTrue();
	}

	@Test
	void isInWhenBytesThenFoundAsConfiguredAndAsTheyAre() {
		Secret bytes = Secret.ofBase64("key", Cluster.KEY);
		assertThat(bytes.isIn("keys: " + Cluster.KEY)).isTrue();
		assertThat(bytes.isIn(new String(Base64.getDecoder().decode(Cluster.KEY), StandardCharsets.ISO_8859_1)))
			.isTrue();
	}

	@Test
	void isInWhenOtherTextThenNotFound() {
		assertThat(this.secret.isIn("key of 27 letters or so")).isFalse();
	}

}
