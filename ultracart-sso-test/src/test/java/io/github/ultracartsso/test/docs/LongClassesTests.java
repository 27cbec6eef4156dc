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

package io.github.ultracartsso.test.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that {@code CONTRIBUTING.md} says why a class is long.
 */
class LongClassesTests {

	private static final int LINES = 300;

	private static final List<String> MODULES = List.of("ultracart-sso-security", "ultracart-sso-autoconfigure",
			"ultracart-sso-test", "sample-app", "benchmarks");

	@Test
	void classWhenLongThenNamedWithTheReason() throws IOException {
		Path root = MarkdownPage.ROOT;
		String contributing = Files.readString(root.resolve("CONTRIBUTING.md"));
		for (String module : MODULES) {
			try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src/main/java"))) {
				assertThat(files.filter((file) -> file.toString().endsWith(".java")).filter(LongClassesTests::isLong))
					.as("classes of %s longer than %d lines", module, LINES)
					.allSatisfy((file) -> assertThat(contributing)
						.contains("`" + file.getFileName().toString().replace(".java", "") + "`"));
			}
		}
	}

	private static boolean isLong(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.count() > LINES;
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
