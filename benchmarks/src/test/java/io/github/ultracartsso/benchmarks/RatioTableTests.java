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

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RatioTable}.
 */
class RatioTableTests {

	private final RatioTable table = new RatioTable("Login, µs", "peer");

	@Test
	void toStringWhenSeveralRoundsThenRatiosWithinEachRound() {
		addRound(10, 20);
		addRound(400, 200);
		addRound(30, 30);
		assertThat(row("ours")).matches("ours +30\\.00 +1\\.00 \\(0\\.50–2\\.00\\)");
		assertThat(row("peer")).matches("peer +30\\.00");
	}

	@Test
	void toStringWhenOneRoundThenNoRange() {
		addRound(1234, 100_000);
		assertThat(row("ours")).matches("ours +1,234 +0\\.0123");
	}

	private void addRound(double ours, double peer) {
		this.table.add("ours", ours);
		this.table.add("peer", peer);
	}

	private String row(String label) {
		return this.table.toString()
			.lines()
			.map(String::strip)
			.filter((line) -> line.startsWith(label))
			.findFirst()
			.orElseThrow();
	}

}
