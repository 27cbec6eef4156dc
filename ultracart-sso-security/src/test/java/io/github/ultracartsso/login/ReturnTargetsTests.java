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

package io.github.ultracartsso.login;

import java.util.Objects;

import io.github.ultracartsso.login.ReturnTargets.ReturnTarget;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.web.TestRequests;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ReturnTargets}.
 */
class ReturnTargetsTests {

	private static final String START_URL = "/ultracart/authorize";

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final ReturnTargets targets = new ReturnTargets(this.sealer, START_URL, "/login/ultracart", "/login");

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/items?page=2&sort=name", "/items?filter={a|b}", "/caf%C3%A9?q=%2F%2F" })
	void findTargetWhenAddedThenTheUrlOfTheRequest(String target) {
		String startUrl = this.targets.addTarget(START_URL, TestRequests.navigation(target), false);
		assertThat(startUrl).startsWith(START_URL + "?target=");
		assertThat(follow(startUrl)).isEqualTo(target);
	}

	@Test
	void addTargetWhenAddedThenNotReadable() {
		assertThat(this.targets.addTarget(START_URL, TestRequests.navigation("/items?secret=1"), false))
			.doesNotContain("items")
			.doesNotContain("secret");
	}

	@Test // I4
	void addTargetWhenContextPathThenLeftOut() {
		MockHttpServletRequest request = TestRequests.navigation("/shop/items?page=2");
		request.setContextPath("/shop");
		assertThat(follow(this.targets.addTarget(START_URL, request, false))).isEqualTo("/items?page=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { START_URL, "/login/ultracart?code=a&state=b", "/login?error=denied" })
	void isPartOfLoginWhenUrlOfTheLoginThenTrue(String uri) {
		assertThat(this.targets.isPartOfLogin(TestRequests.navigation(uri))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/login/other", "/ultracart/authorize/more" })
	void isPartOfLoginWhenAnyOtherUrlThenFalse(String uri) {
		assertThat(this.targets.isPartOfLogin(TestRequests.navigation(uri))).isFalse();
	}

	@ParameterizedTest // C1
	@ValueSource(strings = { "//evil.example", "/\\evil.example", "https:evil.example", "/items\r\nLocation: x" })
	void addTargetWhenRequestUriIsHostileThenNone(String uri) {
		assertThat(this.targets.addTarget(START_URL, TestRequests.navigation(uri), false)).isEqualTo(START_URL);
	}

	@ParameterizedTest // C2
	@ValueSource(strings = { "https://evil.example", "/items", "", "wanted:/items", "AAAA" })
	void findTargetWhenNotSealedThenNull(String value) {
		assertThat(findTarget(value)).isNull();
	}

	@Test // C2
	void findTargetWhenTamperedWithThenNull() {
		String sealed = this.sealer.seal("wanted:/items");
		char first = sealed.charAt(0);
		assertThat(findTarget(sealed)).isEqualTo("/items");
		assertThat(findTarget(((first == 'A') ? 'B' : 'A') + sealed.substring(1))).isNull();
		assertThat(findTarget(sealed.substring(1))).isNull();
	}

	@Test // C2
	void findTargetWhenSealedElsewhereThenNull() {
		assertThat(findTarget(EncryptionKeys.random().sealer("test").seal("wanted:/items"))).isNull();
	}

	@Test // C2
	void findTargetWhenSealedForAnotherPurposeThenNull() {
		assertThat(findTarget(this.sealer.seal("another-thing:/items"))).isNull();
	}

	@Test // C1
	void findTargetWhenSealedTargetIsNotLocalThenNull() {
		assertThat(findTarget(this.sealer.seal("wanted://evil.example"))).isNull();
	}

	@Test
	void findTargetWhenNoneThenNull() {
		assertThat(this.targets.findTarget(TestRequests.navigation(START_URL))).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void findTargetWhenAddedThenSaysWhetherASessionHadEnded(boolean afterSessionEnd) {
		String startUrl = this.targets.addTarget(START_URL, TestRequests.navigation("/items"), afterSessionEnd);
		assertThat(this.targets.findTarget(request(sealed(startUrl))))
			.isEqualTo(new ReturnTarget("/items", afterSessionEnd));
	}

	@Test
	void findTargetWhenSealedElsewhereThenASessionMayHaveEnded() {
		String sealed = EncryptionKeys.random().sealer("test").seal("after-session-end:/items");
		assertThat(this.targets.findTarget(request(sealed))).isEqualTo(new ReturnTarget(null, true));
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSealerNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ReturnTargets(null))
			.withMessage("sealer cannot be null");
	}

	private @Nullable String follow(String startUrl) {
		return findTarget(sealed(startUrl));
	}

	private static @Nullable String sealed(String startUrl) {
		return UriComponentsBuilder.fromUriString(startUrl).build().getQueryParams().getFirst("target");
	}

	private @Nullable String findTarget(@Nullable String value) {
		ReturnTarget target = this.targets.findTarget(request(value));
		return (target != null) ? target.url() : null;
	}

	private static MockHttpServletRequest request(@Nullable String value) {
		MockHttpServletRequest request = TestRequests.navigation(START_URL);
		request.setParameter("target", Objects.requireNonNull(value));
		return request;
	}

}
