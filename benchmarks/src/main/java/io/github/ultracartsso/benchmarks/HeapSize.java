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

package io.github.ultracartsso.benchmarks;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.session.SsoSessions;
import org.jspecify.annotations.Nullable;
import org.openjdk.jol.util.ObjectUtils;
import org.openjdk.jol.vm.VM;

/**
 * Adds up the heap of everything that objects refer to, except the beans of the
 * application: through these, an object can reach the whole application, whose size
 * changes between two measurements.
 */
final class HeapSize {

	private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

	private final Deque<Object> toVisit = new ArrayDeque<>();

	private HeapSize() {
	}

	/**
	 * Returns the bytes that the objects occupy, each object counted once.
	 */
	static long of(Collection<?> roots) {
		HeapSize size = new HeapSize();
		roots.forEach(size::add);
		return size.bytes();
	}

	private void add(@Nullable Object object) {
		if (object != null && !(object instanceof Class) && !(object instanceof SsoSessions) && this.seen.add(object)) {
			this.toVisit.add(object);
		}
	}

	private long bytes() {
		long bytes = 0;
		while (!this.toVisit.isEmpty()) {
			Object object = this.toVisit.remove();
			bytes += VM.current().sizeOf(object);
			if (object instanceof Object[] elements) {
				for (Object element : elements) {
					add(element);
				}
			}
			else {
				addFields(object);
			}
		}
		return bytes;
	}

	private void addFields(Object object) {
		for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
			for (Field field : List.of(type.getDeclaredFields())) {
				if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
					add(ObjectUtils.value(object, field));
				}
			}
		}
	}

}
