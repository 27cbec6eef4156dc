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

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EncryptionKeys}.
 */
class EncryptionKeysTests {

	private static final String SECRET = "b2b2b2b2-the-users-key";

	private static final byte[] OLD = key(1);

	private static final byte[] NEW = key(2);

	@Test // F2
	void sealerWhenSameKeysElsewhereThenOpens() {
		String sealed = sealer(OLD).seal(SECRET);
		assertThat(sealed).doesNotContain(SECRET);
		assertThat(sealer(OLD).open(sealed)).isEqualTo(SECRET);
	}

	@Test
	void sealerWhenSeveralKeysThenTheFirstSeals() {
		String sealed = sealer(NEW, OLD).seal(SECRET);
		assertThat(sealer(NEW).open(sealed)).isEqualTo(SECRET);
		assertThat(sealer(OLD).open(sealed)).isNull();
	}

	@Test
	void sealerWhenSeveralKeysThenAllOpen() {
		SecretSealer rotated = sealer(NEW, OLD, key(3));
		for (byte[] key : List.of(OLD, NEW, key(3))) {
			String sealed = sealer(key).seal(SECRET);
			assertThat(rotated.canOpen(sealed)).isTrue();
			assertThat(rotated.open(sealed)).isEqualTo(SECRET);
		}
	}

	@Test
	void sealerWhenKeyIsTakenAwayThenOpensNoMore() {
		String sealed = sealer(OLD).seal(SECRET);
		assertThat(sealer(NEW).canOpen(sealed)).isFalse();
		assertThat(sealer(NEW).open(sealed)).isNull();
	}

	@Test
	void sealerWhenAnotherPurposeThenOpensNothing() {
		EncryptionKeys keys = EncryptionKeys.of(List.of(OLD, NEW));
		String sealed = keys.sealer("return-target").seal(SECRET);
		assertThat(keys.sealer("simple-key").canOpen(sealed)).isFalse();
		assertThat(keys.sealer("simple-key").open(sealed)).isNull();
		assertThat(keys.sealer("return-target").open(sealed)).isEqualTo(SECRET);
	}

	@Test
	void sealerThenNeverSealsWithTheKeyItself() {
		assertThat(new AesGcmSecretSealer(() -> List.of(OLD)).open(sealer(OLD).seal(SECRET))).isNull();
	}

	@Test
	void randomThenAnotherKeyEachTime() {
		EncryptionKeys keys = EncryptionKeys.random();
		String sealed = keys.sealer("test").seal(SECRET);
		assertThat(keys.sealer("test").open(sealed)).isEqualTo(SECRET);
		assertThat(EncryptionKeys.random().sealer("test").canOpen(sealed)).isFalse();
	}

	@Test
	void ofWhenCallerWipesTheArrayThenKeyStays() {
		byte[] key = OLD.clone();
		EncryptionKeys keys = EncryptionKeys.of(List.of(key));
		Arrays.fill(key, (byte) 0);
		assertThat(keys.sealer("test").open(sealer(OLD).seal(SECRET))).isEqualTo(SECRET);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 16, 24, 31, 33, 64 })
	void ofWhenKeyOfAnotherLengthThenRefusedByNumber(int length) {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of(List.of(OLD, new byte[length])))
			.withMessage("Key 2 of 2 has " + length + " bytes, but an AES-256 key has 32");
	}

	@Test
	void ofWhenNoKeysThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of(List.of()))
			.withMessage("keys cannot be empty");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " " })
	void sealerWhenNoPurposeThenRefused(String purpose) {
		EncryptionKeys keys = EncryptionKeys.random();
		assertThatIllegalArgumentException().isThrownBy(() -> keys.sealer(purpose))
			.withMessage("purpose cannot be empty");
	}

	@Test // F1
	void toStringThenNumberOfKeysOnly() {
		assertThat(EncryptionKeys.of(List.of(OLD, NEW))).hasToString("EncryptionKeys[2]");
	}

	private static SecretSealer sealer(byte[]... keys) {
		return EncryptionKeys.of(List.of(keys)).sealer("test");
	}

	private static byte[] key(int value) {
		byte[] key = new byte[32];
		Arrays.fill(key, (byte) value);
		return key;
	}

}
