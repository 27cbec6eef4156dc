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

import java.io.Serializable;
import java.time.Instant;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link SsoSession}.
 */
class SsoSessionTests {

	private static final Instant EXPIRY = Instant.parse("2026-11-22T16:16:50Z");

	private static final UltraCartUser JANE = UltraCartUser.with(42, "Jane!ops").build();

	private final SsoSession ssoSession = TestSsoSessions.builder("b2b2b2b2-the-users-key").expiresAt(EXPIRY).build();

	// D4
	@Test
	void isExpiredThenFromTheVeryInstantOn() {
		assertThat(this.ssoSession.isExpired(EXPIRY.minusMillis(1))).isFalse();
		assertThat(this.ssoSession.isExpired(EXPIRY)).isTrue();
		assertThat(this.ssoSession.isExpired(EXPIRY.plusSeconds(1))).isTrue();
	}

	// F1
	@Test
	void toStringThenNoKey() {
		SsoSession named = SsoSession.withId("id-1").simpleKey(SimpleKey.of("b2b2b2b2")).expiresAt(EXPIRY).build();
		assertThat(named)
			.hasToString("SsoSession[id=id-1, registrationId=ultracart, userId=null, expiresAt=2026-11-22T16:16:50Z]");
	}

	// F1
	@Test
	void classThenNotSerializable() {
		assertThat(this.ssoSession).isNotInstanceOf(Serializable.class);
	}

	@Test
	void buildWhenOnlyWhatIsRequiredThenDefaults() {
		SsoSession built = SsoSession.withId("id-1").simpleKey(SimpleKey.of("key")).expiresAt(EXPIRY).build();
		assertThat(built.registrationId()).isEqualTo("ultracart");
		assertThat(built.userId()).isNull();
		assertThat(built.ipAddress()).isNull();
		assertThat(built.clientAddress()).isNull();
		assertThat(built.beganAt()).isEqualTo(Instant.EPOCH);
		assertThat(built.userReadAt()).isEqualTo(Instant.EPOCH);
		assertThat(built.user()).isNull();
	}

	@Test
	void toBuilderThenAllIsKept() {
		SsoSession full = TestSsoSessions.builder("user-key").registrationId("warehouse").user(JANE).build();
		assertThat(full.toBuilder().build()).usingRecursiveComparison().isEqualTo(full);
		assertThat(full.toBuilder().userReadAt(EXPIRY).build().simpleKey()).isEqualTo(SimpleKey.of("user-key"));
	}

	@Test
	void simpleKeyWhenItCannotBeDecryptedThenExceptionNamesTheProperty() {
		SsoSession lost = TestSsoSessions.builder("user-key").sealedKey("sealed", () -> null).build();
		assertThat(lost.openKey()).isNull();
		assertThatIllegalStateException().isThrownBy(lost::simpleKey)
			.withMessageContaining("ultracart.sso.session.encryption-keys");
	}

	@Test // A10
	void isOfThenOnlyTheSameUserOfTheSameRegistration() {
		assertThat(this.ssoSession.isOf(JANE)).isTrue();
		assertThat(this.ssoSession.isOf(UltraCartUser.with(43, "Jane!ops").build())).isFalse();
		assertThat(this.ssoSession.isOf(UltraCartUser.with(42, "Jane!ops").registrationId("other").build())).isFalse();
		assertThat(this.ssoSession.toBuilder().userId(null).build().isOf(JANE)).isFalse();
	}

	@Test
	void hasSameKeyWhenOneCannotBeDecryptedThenFalse() {
		SsoSession lost = TestSsoSessions.builder("user-key").sealedKey("sealed", () -> null).build();
		SsoSession found = TestSsoSessions.withKey("user-key");
		assertThat(found.hasSameKey(TestSsoSessions.expiringAt(EXPIRY))).isTrue();
		assertThat(found.hasSameKey(this.ssoSession)).isFalse();
		assertThat(found.hasSameKey(lost)).isFalse();
		assertThat(lost.hasSameKey(lost)).isFalse();
	}

	@Test
	void equalsThenById() {
		SsoSession same = SsoSession.withId(this.ssoSession.id())
			.simpleKey(SimpleKey.of("another"))
			.expiresAt(EXPIRY)
			.build();
		assertThat(same).isEqualTo(this.ssoSession).hasSameHashCodeAs(this.ssoSession);
		assertThat(TestSsoSessions.withKey("another")).isNotEqualTo(this.ssoSession);
	}

	@Test
	@SuppressWarnings("NullAway")
	void buildWhenIncompleteThenThrows() {
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSession.withId(" ")).withMessage("id cannot be empty");
		assertThatIllegalStateException().isThrownBy(() -> SsoSession.withId("id").expiresAt(EXPIRY).build())
			.withMessage("simpleKey must be set");
		assertThatIllegalStateException()
			.isThrownBy(() -> SsoSession.withId("id").simpleKey(SimpleKey.of("key")).build())
			.withMessage("expiresAt must be set");
		assertThatIllegalArgumentException().isThrownBy(() -> SsoSession.withId("id").simpleKey(null))
			.withMessage("simpleKey cannot be null");
	}

}
