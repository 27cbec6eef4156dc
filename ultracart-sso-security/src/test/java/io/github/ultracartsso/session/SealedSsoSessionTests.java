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

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.StoredObjects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link SealedSsoSession}.
 */
class SealedSsoSessionTests {

	private final SsoSession ssoSession = StoredObjects.ssoSession();

	private final CountingSealer sealer = new CountingSealer();

	@Test
	void openWhenSealedHereThenTheSameWithoutDecryption() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession, this.sealer);
		assertThat(sealed.open(this.sealer)).isSameAs(this.ssoSession);
		assertThat(sealed.canBeOpened(this.sealer)).isTrue();
		assertThat(this.sealer.opened()).isZero();
	}

	@Test // F2, I2
	void openWhenReadFromAStoreThenEqualAndDecryptedOnce() {
		SealedSsoSession stored = stored();
		assertThat(stored.open(this.sealer)).isEqualTo(this.ssoSession);
		assertThat(stored.open(this.sealer)).isEqualTo(this.ssoSession);
		assertThat(this.sealer.opened()).isEqualTo(1);
	}

	@Test
	void canBeOpenedWhenReadFromAStoreThenToldWithoutDecryption() {
		assertThat(stored().canBeOpened(this.sealer)).isTrue();
		assertThat(stored().canBeOpened(EncryptionKeys.random().sealer("test"))).isFalse();
		assertThat(this.sealer.opened()).isZero();
	}

	@Test
	void canBeOpenedWhenSealerDoesNotTellThenItMayBe() {
		assertThat(stored().canBeOpened(new MistakenSealer(""))).isTrue();
	}

	@Test
	void openWhenSealedWithAnotherKeyThenNull() {
		assertThat(stored().open(EncryptionKeys.random().sealer("test"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "schlüssel", "line\nbreak" })
	void openWhenNoKeyWasSealedThenNull(String text) {
		SealedSsoSession stored = SealedSsoSession.seal(this.ssoSession, new MistakenSealer(this.sealer.seal(text)));
		stored = Serialization.roundTrip(stored, SealedSsoSession.class);
		assertThat(stored.canBeOpened(this.sealer)).isTrue();
		assertThat(stored.open(this.sealer)).isNull();
	}

	@Test // F1, F2
	void storedFormThenNoKeyEvenWhereItIsOpen() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession, this.sealer);
		assertThat(Serialization.storedForm(sealed)).doesNotContain(StoredObjects.CLEAR_KEY).contains("203.0.113.7");
		assertThat(sealed).hasToString("SealedSsoSession[expiresAt=" + this.ssoSession.expiresAt() + "]");
	}

	@Test
	void equalsThenByWhatIsStored() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession, this.sealer);
		SealedSsoSession copy = Serialization.roundTrip(sealed, SealedSsoSession.class);
		assertThat(copy).isEqualTo(sealed).hasSameHashCodeAs(sealed);
		assertThat(SealedSsoSession.seal(this.ssoSession, this.sealer)).isNotEqualTo(sealed);
	}

	@Test
	void expiresAtThenKnownWithoutOpening() {
		assertThat(stored().expiresAt()).isEqualTo(this.ssoSession.expiresAt());
		assertThat(this.sealer.opened()).isZero();
	}

	@Test
	@SuppressWarnings("NullAway")
	void sealWhenNothingThenRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> SealedSsoSession.seal(null, this.sealer))
			.withMessage("ssoSession cannot be null");
	}

	private SealedSsoSession stored() {
		return Serialization.roundTrip(SealedSsoSession.seal(this.ssoSession, this.sealer), SealedSsoSession.class);
	}

	/**
	 * Seals something else than it is asked to.
	 */
	private record MistakenSealer(String sealed) implements SecretSealer {

		@Override
		public String seal(String secret) {
			return this.sealed;
		}

		@Override
		public @Nullable String open(String sealed) {
			return null;
		}

	}

}
