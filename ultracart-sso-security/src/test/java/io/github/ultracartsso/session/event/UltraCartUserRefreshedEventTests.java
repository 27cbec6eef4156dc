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

package io.github.ultracartsso.session.event;

import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartUser;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartUserRefreshedEvent}.
 */
class UltraCartUserRefreshedEventTests {

	private static final UltraCartUser USER = UltraCartUser.with(42, "Jane!ops").build();

	@Test
	void isChangeWhenNothingGainedOrLostThenFalse() {
		assertThat(new UltraCartUserRefreshedEvent(USER, Set.of(), Set.of()).isChange()).isFalse();
	}

	@Test
	void isChangeWhenGainedOrLostThenTrue() {
		assertThat(new UltraCartUserRefreshedEvent(USER, Set.of("ROLE_A"), Set.of()).isChange()).isTrue();
		assertThat(new UltraCartUserRefreshedEvent(USER, Set.of(), Set.of("ROLE_A")).isChange()).isTrue();
	}

}
