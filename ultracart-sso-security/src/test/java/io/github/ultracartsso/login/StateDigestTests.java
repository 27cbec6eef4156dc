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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StateDigest}.
 */
class StateDigestTests {

	@Test
	void ofThenFirst128BitsOfSha256() {
		// echo -n abc | sha256sum: ba7816bf8f01cfea414140de5dae2223...
		assertThat(StateDigest.of("abc")).isEqualTo("ungWv48Bz-pBQUDeXa4iIw");
	}

	@Test
	void ofWhenStatesDifferThenDigestsDiffer() {
		assertThat(StateDigest.of("state")).isNotEqualTo(StateDigest.of("State"));
	}

}
