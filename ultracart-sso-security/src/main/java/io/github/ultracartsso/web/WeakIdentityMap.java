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

package io.github.ultracartsso.web;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Maps objects, not what equals them, to values for as long as somebody else holds the
 * objects. A value must not hold its own key, or neither ever goes. Safe for use by
 * several threads.
 */
final class WeakIdentityMap<K, V> {

	private final Map<Key<K>, V> values = new ConcurrentHashMap<>();

	private final ReferenceQueue<K> gone = new ReferenceQueue<>();

	void put(K key, V value) {
		removeGone();
		this.values.put(new Key<>(key, this.gone), value);
	}

	@Nullable V get(K key) {
		return this.values.get(new Key<>(key, null));
	}

	int size() {
		removeGone();
		return this.values.size();
	}

	private void removeGone() {
		for (Reference<? extends K> key = this.gone.poll(); key != null; key = this.gone.poll()) {
			this.values.remove(key);
		}
	}

	private static final class Key<K> extends WeakReference<K> {

		private final int hash;

		private Key(K referent, @Nullable ReferenceQueue<K> queue) {
			super(referent, queue);
			this.hash = System.identityHashCode(referent);
		}

		@Override
		public boolean equals(@Nullable Object obj) {
			if (this == obj) {
				return true;
			}
			K referent = get();
			return referent != null && obj instanceof Key<?> other && other.get() == referent;
		}

		@Override
		public int hashCode() {
			return this.hash;
		}

	}

}
