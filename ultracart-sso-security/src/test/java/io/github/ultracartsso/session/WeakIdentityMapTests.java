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

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link WeakIdentityMap}.
 */
class WeakIdentityMapTests {

	private static final int MAX_COLLECTIONS = 100;

	private final WeakIdentityMap<Name, String> map = new WeakIdentityMap<>();

	private final Name name = new Name("jane");

	@Test
	void getWhenPutThenTheValue() {
		this.map.put(this.name, "value");
		assertThat(this.map.get(this.name)).isEqualTo("value");
	}

	@Test
	void getWhenKeyEqualsAnotherThenEachHasItsOwnValue() {
		Name equal = new Name("jane");
		this.map.put(this.name, "value");
		assertThat(equal).isEqualTo(this.name);
		assertThat(this.map.get(equal)).isNull();
		this.map.put(equal, "other");
		assertThat(this.map.get(this.name)).isEqualTo("value");
		assertThat(this.map.get(equal)).isEqualTo("other");
		assertThat(this.map.size()).isEqualTo(2);
	}

	@Test
	void putWhenPutBeforeThenReplaced() {
		this.map.put(this.name, "value");
		this.map.put(this.name, "other");
		assertThat(this.map.get(this.name)).isEqualTo("other");
		assertThat(this.map.size()).isOne();
	}

	@Test
	void sizeWhenNobodyHoldsAKeyThenEntryIsGone() throws Exception {
		ReferenceQueue<Object> gone = new ReferenceQueue<>();
		this.map.put(this.name, "value");
		WeakReference<Object> dropped = putAndDrop(gone);
		for (int i = 0; i < MAX_COLLECTIONS && this.map.size() > 1; i++) {
			System.gc();
			gone.remove(10);
		}
		assertThat(dropped.get()).isNull();
		assertThat(this.map.size()).isOne();
		assertThat(this.map.get(this.name)).isEqualTo("value");
	}

	private WeakReference<Object> putAndDrop(ReferenceQueue<Object> gone) {
		Name dropped = new Name("joe");
		this.map.put(dropped, "of a key that nobody holds");
		assertThat(this.map.size()).isEqualTo(2);
		return new WeakReference<>(dropped, gone);
	}

	private record Name(String value) {

	}

}
