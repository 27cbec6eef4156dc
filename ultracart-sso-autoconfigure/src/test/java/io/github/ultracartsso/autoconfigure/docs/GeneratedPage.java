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

package io.github.ultracartsso.autoconfigure.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Page of the documentation with tables between comments, which are generated.
 */
final class GeneratedPage {

	private static final Pattern TABLE = Pattern.compile("(<!-- generated: (.+?) -->\n).*?(<!-- end -->)",
			Pattern.DOTALL);

	private final String name;

	private final Path file;

	GeneratedPage(String name) {
		this.name = name;
		this.file = Path.of("..", "docs").resolve(name);
	}

	/**
	 * Compares all tables with what they should be, after writing them if the system
	 * property {@code docs.write} is set.
	 * @return the names of the tables
	 */
	List<String> verify(Function<String, String> tables) throws IOException {
		String text = Files.readString(this.file);
		List<String> names = new ArrayList<>();
		String expected = TABLE.matcher(text).replaceAll((match) -> {
			names.add(match.group(2));
			return Matcher.quoteReplacement(match.group(1) + tables.apply(match.group(2)) + match.group(3));
		});
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(this.file, expected);
		}
		assertThat(Files.readString(this.file))
			.as("tables of docs/%s are generated: run this test with -Ddocs.write=true", this.name)
			.isEqualTo(expected);
		return names;
	}

}
