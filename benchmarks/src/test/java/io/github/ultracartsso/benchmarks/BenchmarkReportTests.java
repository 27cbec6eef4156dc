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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link BenchmarkReport}, which say nothing of the figures.
 */
class BenchmarkReportTests {

	private static final String ROW_WITH_FIGURE = "  \\S.{40} +[1-9][0-9,]*(\\.[0-9]+)?( .*)?";

	@Test
	void runWhenQuickThenEveryFigureIsReported() throws Exception {
		String report = runQuickly();
		assertThat(report.lines().filter((line) -> line.contains("median"))).hasSize(9);
		assertThat(report.lines().filter((line) -> line.startsWith("  "))).hasSize(RedisServer.isInstalled() ? 33 : 32)
			.allSatisfy((row) -> assertThat(row).matches(ROW_WITH_FIGURE));
	}

	private static String runQuickly() throws Exception {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new BenchmarkReport(BenchmarkPlan.quick(), new PrintStream(out, true, StandardCharsets.UTF_8)).run();
		return out.toString(StandardCharsets.UTF_8);
	}

}
