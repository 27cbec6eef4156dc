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

package io.github.ultracartsso.sample.soak;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what has happened, and measures what it cost.
 */
final class SoakFigures {

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	void count(String what) {
		this.counts.computeIfAbsent(what, (key) -> new LongAdder()).increment();
	}

	long get(String what) {
		LongAdder count = this.counts.get(what);
		return (count != null) ? count.sum() : 0;
	}

	Map<String, Object> all() {
		return new TreeMap<>(this.counts);
	}

	/**
	 * The resources that the virtual machine uses.
	 *
	 * @param threads live threads except those of the browsers and the simulator
	 * @param heapMegabytes heap in use after a garbage collection
	 * @param classes loaded classes
	 */
	record Footprint(int threads, long heapMegabytes, int classes) {

		static Footprint now() {
			ManagementFactory.getMemoryMXBean().gc();
			long threads = Thread.getAllStackTraces()
				.keySet()
				.stream()
				.filter((thread) -> !thread.getName().startsWith("HttpClient-") && !thread.getName().startsWith("qtp"))
				.count();
			long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
			return new Footprint((int) threads, heap / (1024 * 1024),
					ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
		}

	}

}
