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
package io.github.ultracartsso.authentication;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ArraySet}.
 */
class ArraySetTests {

	private final Set<String> set = new ArraySet(new String[] { "b", "a" });

	@Test
	void iteratorThenOrderOfTheArray() {
		assertThat(this.set).containsExactly("b", "a").hasSize(2);
		assertThat(this.set.contains("a")).isTrue();
		assertThat(this.set.contains("c")).isFalse();
	}

	@Test
	void iteratorWhenPastTheEndThenThrowNoSuchElementException() {
		Iterator<String> iterator = new ArraySet(new String[0]).iterator();
		assertThat(iterator.hasNext()).isFalse();
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(iterator::next);
	}

	@Test
	void equalsWhenSameElementsThenEqualAsSetsAre() {
		assertThat(this.set).isEqualTo(Set.of("a", "b")).hasSameHashCodeAs(Set.of("a", "b"));
		assertThat(this.set).isNotEqualTo(Set.of("a"));
	}

	@Test
	void changeThenThrowUnsupportedOperationException() {
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.set.add("c"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.set.remove("a"));
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(this.set::clear);
	}

}
