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

package io.github.ultracartsso.test.docs.calling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import io.github.ultracartsso.test.docs.MarkdownPage;

/**
 * The properties and the template of {@code docs/how-to/calling-ultracart.md}.
 */
final class RecipeResources {

	private final Map<String, String> files = MarkdownPage.read(Path.of("docs", "how-to", "calling-ultracart.md"))
		.files("src/main/resources/");

	/**
	 * Writes the files as the page shows them.
	 */
	void writeTo(Path resources) {
		this.files.forEach((name, text) -> write(resources.resolve(name), text));
	}

	/**
	 * Returns where Thymeleaf finds the templates.
	 */
	static String templates(Path resources) {
		return resources.resolve("templates").toUri().toString();
	}

	private static void write(Path file, String text) {
		try {
			Files.createDirectories(file.getParent());
			Files.writeString(file, text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
