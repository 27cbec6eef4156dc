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

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;

import ch.qos.logback.classic.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AddressLock}.
 */
class AddressLockTests {

	private static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops").build();

	private static final String HOME = "203.0.113.7";

	private static final String ELSEWHERE = "198.51.100.9";

	private final List<Object> events = new ArrayList<>();

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	@ParameterizedTest
	@CsvSource({ "OFF, false", "WARN, false", "PIN, true", "ENFORCE, true" })
	void rejectsWhenFromElsewhereThenAsTheLockSays(IpLock lock, boolean refused) {
		assertThat(rejects(lock(lock), ELSEWHERE, HOME)).isEqualTo(refused);
	}

	@ParameterizedTest
	@EnumSource
	void rejectsWhenFromTheAddressOfTheLoginThenNotAndUnreported(IpLock lock) {
		assertThat(rejects(lock(lock), "::ffff:203.0.113.7", HOME)).isFalse();
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "unknown", "203.0.113.0/24" })
	void rejectsWhenAddressOfTheLoginIsNotKnownThenRefused(@Nullable String address) {
		assertThat(rejects(lock(IpLock.PIN), HOME, address)).isTrue();
		assertThat(rejects(lock(IpLock.OFF), HOME, address)).isFalse();
	}

	@ParameterizedTest // H1
	@CsvSource({ "WARN, false", "PIN, true", "ENFORCE, true" })
	void rejectsWhenFromElsewhereThenReported(IpLock lock, boolean refused) {
		rejects(lock(lock), ELSEWHERE, HOME);
		assertThat(this.events).containsExactly(new SsoSessionAddressMismatchEvent(USER, HOME, ELSEWHERE, refused));
	}

	@Test
	void rejectsWhenOffThenUnreported() {
		rejects(lock(IpLock.OFF), ELSEWHERE, HOME);
		assertThat(this.events).isEmpty();
	}

	@Test // H1
	void rejectsWhenFromSeveralAddressesByTurnsThenEachReportedOnce() {
		AddressLock pin = lock(IpLock.PIN);
		for (int i = 0; i < 3; i++) {
			assertThat(rejects(pin, ELSEWHERE, HOME)).isTrue();
			assertThat(rejects(pin, "2001:db8::7", HOME)).isTrue();
		}
		assertThat(reportedAddresses()).containsExactly(ELSEWHERE, "2001:db8::7");
	}

	@Test
	void rejectsWhenFromVeryManyAddressesThenAllReportedAndFewRemembered() {
		AddressLock pin = lock(IpLock.PIN);
		for (int i = 0; i < 100; i++) {
			rejects(pin, "198.51.100." + i, HOME);
		}
		assertThat(reportedAddresses()).hasSize(100).doesNotHaveDuplicates();
		rejects(pin, "198.51.100.99", HOME);
		assertThat(reportedAddresses()).hasSize(100);
		rejects(pin, "198.51.100.0", HOME);
		assertThat(reportedAddresses()).hasSize(101);
	}

	@Test
	void rejectsWhenUserHasSignedInAgainThenReportedAnew() {
		AddressLock warn = lock(IpLock.WARN);
		warn.rejects(signedInFrom(HOME), USER, ELSEWHERE, this.events::add);
		warn.rejects(TestSsoSessions.builder("new-key").clientAddress(HOME).build(), USER, ELSEWHERE, this.events::add);
		assertThat(reportedAddresses()).containsExactly(ELSEWHERE, ELSEWHERE);
	}

	@Test
	void rejectsWhenReportedLongAgoThenReportedAnew() {
		AddressLock warn = lock(IpLock.WARN);
		rejects(warn, ELSEWHERE, HOME);
		this.clock.advance(Duration.ofDays(1));
		rejects(warn, ELSEWHERE, HOME);
		assertThat(reportedAddresses()).containsExactly(ELSEWHERE, ELSEWHERE);
	}

	@Test // H2
	void rejectsWhenAddressIsForgedThenLogStaysOneLine() {
		try (CapturedLog log = CapturedLog.of(AddressLock.class.getName())) {
			rejects(lock(IpLock.PIN), "evil\r\nADMIN signed in", "x\ny");
			assertThat(log.messages(Level.WARN)).singleElement().asString().doesNotContain("\r").doesNotContain("\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { HOME, "::ffff:203.0.113.7" })
	void checkLoginWhenUltraCartSawTheSameAddressThenPasses(String address) {
		lock(IpLock.ENFORCE).checkLogin(seenFrom(HOME, address));
		lock(IpLock.WARN).reportLogin(seenFrom(HOME, address), USER, this.events::add);
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest // B2
	@NullSource
	@ValueSource(strings = { ELSEWHERE, "", "unknown", "203.0.113.0/24", "0.0.0.0/0", "*" })
	void checkLoginWhenEnforcedAndUltraCartSawAnotherOrNoneThenRefused(@Nullable String ipAddress) {
		assertThatExceptionOfType(UltraCartLoginException.class)
			.isThrownBy(() -> lock(IpLock.ENFORCE).checkLogin(seenFrom(ipAddress, HOME)))
			.withMessageContaining("server.forward-headers-strategy")
			.returns(UltraCartLoginError.IP_MISMATCH, UltraCartLoginException::getError);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENFORCE")
	void checkLoginWhenNotEnforcedThenPasses(IpLock lock) {
		lock(lock).checkLogin(seenFrom(ELSEWHERE, HOME));
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = ELSEWHERE)
	void reportLoginWhenWarnedThenReported(@Nullable String ipAddress) {
		lock(IpLock.WARN).reportLogin(seenFrom(ipAddress, HOME), USER, this.events::add);
		assertThat(this.events).containsExactly(new SsoSessionAddressMismatchEvent(USER, ipAddress, HOME, false));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WARN")
	void reportLoginWhenNotWarnedThenUnreported(IpLock lock) {
		lock(lock).reportLogin(seenFrom(ELSEWHERE, HOME), USER, this.events::add);
		assertThat(this.events).isEmpty();
	}

	private AddressLock lock(IpLock lock) {
		AddressLock created = new AddressLock(lock);
		created.setClock(this.clock);
		return created;
	}

	private boolean rejects(AddressLock lock, String clientAddress, @Nullable String addressOfLogin) {
		return lock.rejects(signedInFrom(addressOfLogin), USER, clientAddress, this.events::add);
	}

	private List<String> reportedAddresses() {
		return this.events.stream()
			.map(SsoSessionAddressMismatchEvent.class::cast)
			.map(SsoSessionAddressMismatchEvent::clientAddress)
			.toList();
	}

	private static SsoSession signedInFrom(@Nullable String address) {
		return TestSsoSessions.builder("user-key").clientAddress(address).build();
	}

	private static SsoSession seenFrom(@Nullable String ipAddress, String clientAddress) {
		return TestSsoSessions.builder("user-key").ipAddress(ipAddress).clientAddress(clientAddress).build();
	}

}
