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

package io.github.ultracartsso.session.sealing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AesGcmSecretSealer}.
 */
class AesGcmSecretSealerTests {

	private static final String SECRET = "b2b2b2b2-the-users-key";

	private final SecretSealer sealer = new AesGcmSecretSealer(() -> List.of(key(1)));

	// F2
	@ParameterizedTest
	@ValueSource(strings = { SECRET, "x", "schlüssel 鍵 🔑" })
	void openWhenSealedThenTheSecret(String secret) {
		assertThat(this.sealer.open(this.sealer.seal(secret))).isEqualTo(secret);
	}

	@Test
	void openWhenSealedElsewhereWithTheSameKeyThenTheSecret() {
		assertThat(new AesGcmSecretSealer(() -> List.of(key(1))).open(this.sealer.seal(SECRET))).isEqualTo(SECRET);
	}

	// I2
	@Test
	void openWhenSealedByAnEarlierVersionThenTheSecret() {
		String sealed = "LxPqM7zJYB33psOzuQJnkh9p0eNcsrzsOzMbnV0hW1JsnsuH1ynTjfVUvWks3mT1Oa2WaJlGAXLKX-dr";
		assertThat(this.sealer.canOpen(sealed)).isTrue();
		assertThat(this.sealer.open(sealed)).isEqualTo(SECRET);
	}

	// F2
	@Test
	void sealThenOpaqueAndFitForAnyStore() {
		String sealed = this.sealer.seal(SECRET);
		assertThat(sealed).matches("[A-Za-z0-9_-]+");
		assertThat(new String(Base64.getUrlDecoder().decode(sealed), StandardCharsets.ISO_8859_1))
			.doesNotContain(SECRET);
	}

	@Test
	void sealWhenSameSecretAgainThenDifferent() {
		Set<String> sealed = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			sealed.add(this.sealer.seal(SECRET));
		}
		assertThat(sealed).hasSize(100);
	}

	@Test
	void openWhenSealedWithAnotherKeyThenNull() {
		assertThat(new AesGcmSecretSealer(() -> List.of(key(2))).open(this.sealer.seal(SECRET))).isNull();
	}

	@Test
	void canOpenWhenSealedWithAKnownKeyThenTrueWithoutDecryption() {
		String sealed = this.sealer.seal(SECRET);
		assertThat(this.sealer.canOpen(sealed)).isTrue();
		// the mark of the key alone is looked at: what follows may be broken
		String broken = sealed.substring(0, sealed.length() / 2);
		assertThat(this.sealer.canOpen(broken)).isTrue();
		assertThat(this.sealer.open(broken)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "AAAA", "not base64!", SECRET })
	void canOpenWhenGarbageThenFalse(String sealed) {
		assertThat(this.sealer.canOpen(sealed)).isFalse();
	}

	@Test
	void canOpenWhenSealedWithAnotherKeyThenFalse() {
		assertThat(new AesGcmSecretSealer(() -> List.of(key(2))).canOpen(this.sealer.seal(SECRET))).isFalse();
	}

	@Test
	void openWhenMarkedWithAnotherKnownKeyThenNull() {
		SecretSealer both = new AesGcmSecretSealer(() -> List.of(key(1), key(2)));
		String others = new AesGcmSecretSealer(() -> List.of(key(2))).seal(SECRET);
		String marked = this.sealer.seal(SECRET).substring(0, 8) + others.substring(8);
		assertThat(both.open(others)).isEqualTo(SECRET);
		assertThat(both.open(marked)).isNull();
	}

	@Test
	void newSealerThenKeysAreReadOnceWhenNeeded() {
		AtomicInteger reads = new AtomicInteger();
		SecretSealer lazy = new AesGcmSecretSealer(() -> {
			reads.incrementAndGet();
			return List.of(key(1));
		});
		assertThat(reads).hasValue(0);
		assertThat(lazy.open(lazy.seal(SECRET))).isEqualTo(SECRET);
		assertThat(reads).hasValue(1);
	}

	// F1
	@Test
	void toStringThenNoKey() {
		assertThat(this.sealer.toString()).startsWith(AesGcmSecretSealer.class.getName() + "@");
	}

	@Test
	void openWhenAnyByteChangedThenNull() {
		byte[] sealed = Base64.getUrlDecoder().decode(this.sealer.seal(SECRET));
		for (int i = 0; i < sealed.length; i++) {
			byte[] changed = sealed.clone();
			changed[i] ^= 1;
			assertThat(this.sealer.open(encode(changed))).as("with byte %s changed", i).isNull();
		}
	}

	@Test
	void openWhenCutOffThenNull() {
		byte[] sealed = Base64.getUrlDecoder().decode(this.sealer.seal(SECRET));
		for (int length = 0; length < sealed.length; length++) {
			assertThat(this.sealer.open(encode(Arrays.copyOf(sealed, length)))).as("the first %s bytes", length)
				.isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*", "not base64!", "AAAA", "====", SECRET, "\u0000", "é" })
	void openWhenGarbageThenNull(String sealed) {
		assertThat(this.sealer.open(sealed)).isNull();
	}

	private static byte[] key(int value) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) value);
		return key;
	}

	private static String encode(byte[] bytes) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
