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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every link between the documents leads to a file and a heading that exist, and every
 * page can be reached from the index.
 */
class DocumentLinksTests {

	private static final Path DOCS = Path.of("docs");

	private static final Path INDEX = DOCS.resolve("README.md");

	@ParameterizedTest
	@MethodSource("pages")
	void linkThenLeadsToAFileAndAHeading(MarkdownPage page) {
		assertThat(page.relativeLinks()).allSatisfy((link) -> {
			Path target = page.resolve(link);
			assertThat(MarkdownPage.ROOT.resolve(target)).as("file of the link %s", link).exists();
			if (link.contains("#") && target.toString().endsWith(".md")) {
				assertThat(MarkdownPage.read(target).anchors()).as("headings of %s", target)
					.contains(link.substring(link.indexOf('#') + 1));
			}
		});
	}

	@Test
	void indexThenLeadsToEveryPage() {
		Map<Path, MarkdownPage> pages = pages().stream()
			.filter((page) -> page.file().startsWith(DOCS))
			.collect(Collectors.toMap(MarkdownPage::file, Function.identity()));
		Set<Path> reached = new HashSet<>();
		Deque<Path> open = new ArrayDeque<>(Set.of(INDEX));
		while (!open.isEmpty()) {
			MarkdownPage page = pages.get(open.pop());
			if (page != null && reached.add(page.file())) {
				page.relativeLinks().forEach((link) -> open.push(page.resolve(link)));
			}
		}
		assertThat(reached).containsExactlyInAnyOrderElementsOf(pages.keySet());
	}

	@Test
	void indexThenFitsOnAScreen() {
		assertThat(MarkdownPage.read(INDEX).text().lines()).hasSizeLessThanOrEqualTo(60);
	}

	@Test
	void readmeThenFitsOnTwoScreens() {
		assertThat(MarkdownPage.read(Path.of("README.md")).text().lines()).hasSizeLessThanOrEqualTo(100);
	}

	@Test
	void llmsThenNamesEveryPage() {
		MarkdownPage llms = MarkdownPage.read(Path.of("llms.txt"));
		assertThat(llms.relativeLinks().stream().map(llms::resolve)).containsAll(pages().stream()
			.map(MarkdownPage::file)
			.filter((file) -> file.startsWith(DOCS) && !file.equals(INDEX))
			.toList());
	}

	@Test
	void pictureThenUsed() throws Exception {
		Set<Path> used = pages().stream()
			.flatMap((page) -> page.relativeLinks().stream().map(page::resolve))
			.collect(Collectors.toSet());
		try (var images = Files.list(MarkdownPage.ROOT.resolve(DOCS).resolve("images"))) {
			assertThat(images.map(MarkdownPage.ROOT::relativize)).isSubsetOf(used);
		}
	}

	static List<MarkdownPage> pages() {
		return MarkdownPage.readAll();
	}

}
