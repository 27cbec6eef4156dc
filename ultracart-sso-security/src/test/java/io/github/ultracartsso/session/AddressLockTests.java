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

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.web.TestRequests;

import ch.qos.logback.classic.Level;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpSession;

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

	private final MockHttpSession session = new MockHttpSession();

	@ParameterizedTest
	@CsvSource({ "OFF, false", "WARN, false", "PIN, true", "ENFORCE, true" })
	void refusesWhenFromElsewhereThenAsTheLockSays(IpLock lock, boolean refused) {
		assertThat(lock(lock).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME))).isEqualTo(refused);
	}

	@ParameterizedTest
	@EnumSource
	void refusesWhenFromTheAddressOfTheLoginThenNotAndUnreported(IpLock lock) {
		assertThat(lock(lock).refuses(requestFrom("::ffff:203.0.113.7"), signedInFrom(HOME))).isFalse();
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "unknown", "203.0.113.0/24" })
	void refusesWhenAddressOfTheLoginIsNotKnownThenRefused(@Nullable String address) {
		assertThat(lock(IpLock.PIN).refuses(requestFrom(HOME), signedInFrom(address))).isTrue();
		assertThat(lock(IpLock.OFF).refuses(requestFrom(HOME), signedInFrom(address))).isFalse();
	}

	@ParameterizedTest // H1
	@CsvSource({ "WARN, false", "PIN, true", "ENFORCE, true" })
	void refusesWhenFromElsewhereThenReported(IpLock lock, boolean refused) {
		lock(lock).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME));
		assertThat(this.events).containsExactly(new SsoSessionAddressMismatchEvent(USER, HOME, ELSEWHERE, refused));
	}

	@Test
	void refusesWhenOffThenUnreported() {
		lock(IpLock.OFF).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME));
		assertThat(this.events).isEmpty();
	}

	@Test // H1
	void refusesWhenFromSeveralAddressesByTurnsThenEachReportedOnce() {
		for (int i = 0; i < 3; i++) {
			assertThat(lock(IpLock.PIN).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME))).isTrue();
			assertThat(lock(IpLock.PIN).refuses(requestFrom("2001:db8::7"), signedInFrom(HOME))).isTrue();
		}
		assertThat(reportedAddresses()).containsExactly(ELSEWHERE, "2001:db8::7");
	}

	@Test
	void refusesWhenFromVeryManyAddressesThenAllReportedAndSessionStaysSmall() {
		for (int i = 0; i < 100; i++) {
			lock(IpLock.PIN).refuses(requestFrom("198.51.100." + i), signedInFrom(HOME));
		}
		assertThat(reportedAddresses()).hasSize(100).doesNotHaveDuplicates();
		assertThat(this.session.getAttributeNames().asIterator()).toIterable()
			.singleElement()
			.extracting(this.session::getAttribute)
			.asString()
			.hasSizeLessThan(500);
	}

	@Test
	void forgetReportsThenReportedAnew() {
		lock(IpLock.WARN).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME));
		lock(IpLock.WARN).forgetReports(requestFrom(ELSEWHERE));
		lock(IpLock.WARN).refuses(requestFrom(ELSEWHERE), signedInFrom(HOME));
		assertThat(reportedAddresses()).containsExactly(ELSEWHERE, ELSEWHERE);
	}

	@Test // D9
	void forgetReportsWhenNoSessionThenNoneCreated() {
		MockHttpServletRequest request = TestRequests.get("/items");
		lock(IpLock.WARN).forgetReports(request);
		assertThat(request.getSession(false)).isNull();
	}

	@Test // D9
	void refusesWhenNoSessionThenNoneCreated() {
		MockHttpServletRequest request = TestRequests.get("/items");
		request.setRemoteAddr(ELSEWHERE);
		assertThat(lock(IpLock.PIN).refuses(request, signedInFrom(HOME))).isTrue();
		assertThat(request.getSession(false)).isNull();
		assertThat(this.events).isEmpty();
	}

	@Test // H2
	void refusesWhenAddressIsForgedThenLogStaysOneLine() {
		try (CapturedLog log = CapturedLog.of(AddressLock.class.getName())) {
			lock(IpLock.PIN).refuses(requestFrom("evil\r\nADMIN signed in"), signedInFrom("x\ny"));
			assertThat(log.messages(Level.WARN)).singleElement().asString().doesNotContain("\r").doesNotContain("\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { HOME, "::ffff:203.0.113.7" })
	void checkLoginWhenUltraCartSawTheSameAddressThenPasses(String address) {
		lock(IpLock.ENFORCE).checkLogin(seenFrom(HOME), requestFrom(address));
		lock(IpLock.WARN).reportLogin(seenFrom(HOME), USER, requestFrom(address));
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest // B2
	@NullSource
	@ValueSource(strings = { ELSEWHERE, "", "unknown", "203.0.113.0/24", "0.0.0.0/0", "*" })
	void checkLoginWhenEnforcedAndUltraCartSawAnotherOrNoneThenRefused(@Nullable String ipAddress) {
		assertThatExceptionOfType(UltraCartLoginException.class)
			.isThrownBy(() -> lock(IpLock.ENFORCE).checkLogin(seenFrom(ipAddress), requestFrom(HOME)))
			.withMessageContaining("server.forward-headers-strategy")
			.returns(UltraCartLoginError.IP_MISMATCH, UltraCartLoginException::getError);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ENFORCE")
	void checkLoginWhenNotEnforcedThenPasses(IpLock lock) {
		lock(lock).checkLogin(seenFrom(ELSEWHERE), requestFrom(HOME));
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = ELSEWHERE)
	void reportLoginWhenWarnedThenReported(@Nullable String ipAddress) {
		lock(IpLock.WARN).reportLogin(seenFrom(ipAddress), USER, requestFrom(HOME));
		assertThat(this.events).containsExactly(new SsoSessionAddressMismatchEvent(USER, ipAddress, HOME, false));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WARN")
	void reportLoginWhenNotWarnedThenUnreported(IpLock lock) {
		lock(lock).reportLogin(seenFrom(ELSEWHERE), USER, requestFrom(HOME));
		assertThat(this.events).isEmpty();
	}

	private AddressLock lock(IpLock lock) {
		return new AddressLock(lock, this.events::add);
	}

	private HttpServletRequest requestFrom(String address) {
		MockHttpServletRequest request = TestRequests.get("/items");
		request.setSession(this.session);
		request.setRemoteAddr(address);
		return request;
	}

	private List<String> reportedAddresses() {
		return this.events.stream()
			.map(SsoSessionAddressMismatchEvent.class::cast)
			.map(SsoSessionAddressMismatchEvent::clientAddress)
			.toList();
	}

	private static SsoSessionUser signedInFrom(@Nullable String address) {
		return new SsoSessionUser(USER, TestSsoSessions.NOW, address, false);
	}

	private static SsoSession seenFrom(@Nullable String ipAddress) {
		return new SsoSession(SimpleKey.of("user-key"), TestSsoSessions.NOW, ipAddress);
	}

}
