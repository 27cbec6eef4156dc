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

import java.lang.reflect.Field;
import java.util.Objects;

import io.github.ultracartsso.CountingSealer;
import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.StoredObjects;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
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

	@Test // F2, I2
	void openWhenReadFromAStoreThenAllIsThereAndDecryptedOnlyForTheKey() {
		SsoSession opened = stored().open(this.sealer);
		assertThat(opened).usingRecursiveComparison().ignoringFields("key", "sealedKey").isEqualTo(this.ssoSession);
		assertThat(this.sealer.opened()).isZero();
		assertThat(opened).isNotNull().returns(SimpleKey.of(StoredObjects.CLEAR_KEY), SsoSession::simpleKey);
		assertThat(this.sealer.opened()).isOne();
	}

	@Test
	void openWhenLittleIsKnownThenThatIsThere() {
		SsoSession little = SsoSession.withId("id")
			.simpleKey(SimpleKey.of("user-key"))
			.expiresAt(TestSsoSessions.NOW)
			.build();
		SealedSsoSession stored = Serialization.roundTrip(SealedSsoSession.seal(little, this.sealer),
				SealedSsoSession.class);
		assertThat(stored.open(this.sealer)).usingRecursiveComparison()
			.ignoringFields("key", "sealedKey")
			.isEqualTo(little);
	}

	@Test
	void openWhenUserIsStoredWithItThenTheUserAndWhatTheUserMayDo() {
		UltraCartUser user = StoredObjects.of(UltraCartUser.class);
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession.toBuilder().user(user).build(), this.sealer);
		SsoSession opened = Serialization.roundTrip(sealed, SealedSsoSession.class).open(this.sealer);
		assertThat(opened).isNotNull().extracting(SsoSession::user).usingRecursiveComparison().isEqualTo(user);
	}

	@Test // or each refresh would make the stored form another without need
	void sealWhenReadFromAStoreThenKeyIsNotSealedAnew() {
		SealedSsoSession stored = stored();
		SsoSession opened = Objects.requireNonNull(stored.open(this.sealer));
		SsoSession readAgain = opened.toBuilder().userReadAt(TestSsoSessions.NOW).build();
		assertThat(SealedSsoSession.seal(readAgain, this.sealer)).extracting("sealedKey").isEqualTo(opened.sealedKey());
		assertThat(SealedSsoSession.seal(opened, this.sealer)).isEqualTo(stored);
		assertThat(this.sealer.opened()).isZero();
	}

	@Test
	void sealWhenSealerDoesNotKnowTheSealedKeyThenSealedAnew() {
		SsoSession opened = Objects.requireNonNull(stored().open(this.sealer));
		SecretSealer other = EncryptionKeys.random().sealer("test");
		SsoSession resealed = SealedSsoSession.seal(opened, other).open(other);
		assertThat(resealed).isNotNull().returns(SimpleKey.of(StoredObjects.CLEAR_KEY), SsoSession::simpleKey);
	}

	@Test
	void sealWhenSsoSessionHasAnotherKeyThenThatIsSealed() {
		SsoSession opened = Objects.requireNonNull(stored().open(this.sealer));
		SsoSession changed = opened.toBuilder().simpleKey(SimpleKey.of("another-key")).build();
		assertThat(SealedSsoSession.seal(changed, this.sealer).open(this.sealer)).isNotNull()
			.returns(SimpleKey.of("another-key"), SsoSession::simpleKey);
	}

	@Test
	void openWhenSealerDoesNotTellThenItMayBe() {
		assertThat(stored().open(new MistakenSealer(""))).isNotNull();
	}

	@Test
	void openWhenSealedWithAnotherKeyThenNullWithoutDecryption() {
		CountingSealer other = new CountingSealer();
		assertThat(stored().open(other)).isNull();
		assertThat(other.opened()).isZero();
	}

	@ParameterizedTest // or a store's mistake would make the guard fail on every request
	@ValueSource(strings = { "id", "registrationId", "sealedKey", "expiresAt", "beganAt", "userReadAt" })
	void openWhenIncompleteThenNull(String field) throws ReflectiveOperationException {
		SealedSsoSession stored = stored();
		Field declared = SealedSsoSession.class.getDeclaredField(field);
		declared.setAccessible(true);
		declared.set(stored, null);
		assertThat(stored.open(this.sealer)).isNull();
	}

	@Test
	void openWhenEmptyThenNull() {
		assertThat(new SealedSsoSession().open(this.sealer)).isNull();
		assertThat(new SealedSsoSession()).isEqualTo(new SealedSsoSession())
			.hasSameHashCodeAs(new SealedSsoSession())
			.hasToString("SealedSsoSession[id=null, expiresAt=null]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "two words", "schlüssel", "line\nbreak" })
	void openWhenNoKeyWasSealedThenKeyIsLost(String text) {
		SealedSsoSession stored = SealedSsoSession.seal(this.ssoSession, new MistakenSealer(this.sealer.seal(text)));
		SsoSession opened = Serialization.roundTrip(stored, SealedSsoSession.class).open(this.sealer);
		assertThat(opened).isNotNull().extracting(SsoSession::openKey).isNull();
	}

	@Test // F1, F2
	void storedFormThenNoKeyEvenWhereItIsOpen() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession, this.sealer);
		assertThat(Serialization.storedForm(sealed)).doesNotContain(StoredObjects.CLEAR_KEY).contains("203.0.113.7");
		assertThat(sealed).hasToString(
				"SealedSsoSession[id=" + this.ssoSession.id() + ", expiresAt=" + this.ssoSession.expiresAt() + "]");
	}

	@Test
	void equalsThenByWhatIsStored() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession, this.sealer);
		SealedSsoSession copy = Serialization.roundTrip(sealed, SealedSsoSession.class);
		assertThat(copy).isEqualTo(sealed).hasSameHashCodeAs(sealed);
		assertThat(SealedSsoSession.seal(this.ssoSession, this.sealer)).isNotEqualTo(sealed);
	}

	@Test
	void storedFormThenOfNoOtherTypeThanItself() {
		SealedSsoSession sealed = SealedSsoSession.seal(this.ssoSession.toBuilder().user(null).build(), this.sealer);
		assertThat(Serialization.storedClasses(sealed)).containsExactly(SealedSsoSession.class.getName());
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
