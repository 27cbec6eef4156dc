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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ReturnTargets}.
 */
class ReturnTargetsTests {

	private static final String START_URL = "/ultracart/authorize";

	private final SecretSealer sealer = EncryptionKeys.random().sealer("test");

	private final ReturnTargets targets = new ReturnTargets(this.sealer,
			List.of(START_URL, "/login/ultracart", "/login"));

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/items?page=2&sort=name", "/items?filter={a|b}", "/caf%C3%A9?q=%2F%2F" })
	void findTargetWhenAddedThenTheUrlOfTheRequest(String target) {
		String startUrl = this.targets.addTarget(START_URL, target, false);
		assertThat(startUrl).startsWith(START_URL + "?target=");
		assertThat(follow(startUrl)).isEqualTo(target);
	}

	@Test
	void addTargetWhenAddedThenNotReadable() {
		assertThat(this.targets.addTarget(START_URL, "/items?secret=1", false)).doesNotContain("items")
			.doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { START_URL, "/login/ultracart", "/login" })
	void isPartOfLoginWhenPathOfTheLoginThenTrue(String path) {
		assertThat(this.targets.isPartOfLogin(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/items", "/login/other", "/ultracart/authorize/more" })
	void isPartOfLoginWhenAnyOtherPathThenFalse(String path) {
		assertThat(this.targets.isPartOfLogin(path)).isFalse();
	}

	@ParameterizedTest // C1
	@ValueSource(strings = { "//evil.example", "/\\evil.example", "https:evil.example", "/items\r\nLocation: x" })
	void addTargetWhenUrlIsNotLocalThenNone(String url) {
		assertThat(this.targets.addTarget(START_URL, url, false)).isEqualTo(START_URL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/login?error=denied", "/login#top", "/login/ultracart?code=c&state=s" })
	void addTargetWhenPartOfTheLoginThenNone(String url) {
		assertThat(this.targets.addTarget(START_URL, url, false)).isEqualTo(START_URL);
	}

	@ParameterizedTest // C2
	@ValueSource(strings = { "https://evil.example", "/items", "", "wanted:/items", "AAAA" })
	void findTargetWhenNotSealedThenNull(String value) {
		assertThat(this.targets.findTarget(value)).isNull();
	}

	@Test // C2
	void findTargetWhenTamperedWithThenNull() {
		String sealed = this.sealer.seal("1795262400000 /items");
		char first = sealed.charAt(0);
		assertThat(this.targets.findTarget(sealed))
			.isEqualTo(new ReturnTarget("/items", Instant.parse("2026-11-21T12:00:00Z"), false));
		assertThat(this.targets.findTarget(((first == 'A') ? 'B' : 'A') + sealed.substring(1))).isNull();
		assertThat(this.targets.findTarget(sealed.substring(1))).isNull();
	}

	@Test // C2
	void findTargetWhenSealedElsewhereThenNull() {
		assertThat(this.targets.findTarget(EncryptionKeys.random().sealer("test").seal("/items"))).isNull();
	}

	@ParameterizedTest // C2
	@ValueSource(strings = { "another-thing:/items", "/items", "", " ", " /items", "x /items",
			"99999999999999999999 /items" })
	void findTargetWhenSealedTextIsNoTargetThenNull(String text) {
		assertThat(this.targets.findTarget(this.sealer.seal(text))).isNull();
	}

	@Test
	void findTargetWhenUserWasSignedInThenOnlyALaterLoginHelps() {
		Instant now = Instant.parse("2026-11-21T12:00:00.123Z");
		this.targets.setClock(Clock.fixed(now, ZoneOffset.UTC));
		assertThat(find(this.targets.addTarget(START_URL, "/items", true)))
			.isEqualTo(new ReturnTarget("/items", now, true))
			.returns(now, ReturnTarget::signedInSince);
		assertThat(find(this.targets.addTarget(START_URL, "/items", false)))
			.isEqualTo(new ReturnTarget("/items", now, false))
			.returns(Instant.EPOCH, ReturnTarget::signedInSince);
	}

	@Test // C1
	void findTargetWhenSealedTargetIsNotLocalThenNull() {
		assertThat(this.targets.findTarget(this.sealer.seal("1795262400000 //evil.example"))).isNull();
	}

	@Test
	void findTargetWhenNoneThenNull() {
		assertThat(this.targets.findTarget(null)).isNull();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenSealerNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new ReturnTargets(null, List.of()))
			.withMessage("sealer cannot be null");
	}

	private @Nullable String follow(String startUrl) {
		ReturnTarget target = find(startUrl);
		return (target != null) ? target.url() : null;
	}

	private @Nullable ReturnTarget find(String startUrl) {
		return this.targets.findTarget(UriComponentsBuilder.fromUriString(startUrl)
			.build()
			.getQueryParams()
			.getFirst(ReturnTargets.PARAMETER));
	}

}
