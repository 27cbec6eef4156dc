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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Markdown page of the documentation: its text without code, its links and its anchors.
 *
 * @param file the path of the page below the root of the repository
 * @param text the text of the page
 */
public record MarkdownPage(Path file, String text) {

	static final Path ROOT = Path.of("..");

	private static final Pattern CODE = Pattern
		.compile("(?ms)^[ \t]*```.*?^[ \t]*```[ \t]*$|<!--.*?-->|(?<=\n\n)(?:(?: {4}|\t)[^\n]*\n)+");

	private static final Pattern FILE = Pattern.compile("`(src/[\\w/.-]+)`[^`]*:\n\n```(?:json|yaml|html)\n(.*?)```",
			Pattern.DOTALL);

	private static final Pattern INLINE_CODE = Pattern.compile("`[^`]+`");

	private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)|(?:src|href)=\"([^\"]+)\"");

	private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+?)\\s*$");

	/**
	 * Reads a page.
	 */
	public static MarkdownPage read(Path file) {
		try {
			return new MarkdownPage(file.normalize(), Files.readString(ROOT.resolve(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Reads the pages of the root directory and all pages below {@code docs}.
	 */
	static List<MarkdownPage> readAll() {
		Stream<Path> root = Stream.of("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "llms.txt")
			.map(Path::of);
		try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
			return Stream
				.concat(root, docs.filter((file) -> file.toString().endsWith(".md")).map(ROOT::relativize).sorted())
				.map(MarkdownPage::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the files of a directory that the page shows, code in Java apart.
	 * @param directory the directory, with a slash at its end
	 * @return the content of each file by its path below the directory
	 */
	public Map<String, String> files(String directory) {
		return FILE.matcher(this.text)
			.results()
			.filter((file) -> file.group(1).startsWith(directory))
			.collect(Collectors.toMap((file) -> file.group(1).substring(directory.length()), (file) -> file.group(2)));
	}

	/**
	 * Returns the text with neither code blocks nor comments.
	 */
	String textWithoutCode() {
		return CODE.matcher(this.text).replaceAll("");
	}

	/**
	 * Returns the targets of links that lead to a file of the repository.
	 */
	List<String> relativeLinks() {
		String prose = INLINE_CODE.matcher(textWithoutCode()).replaceAll("");
		return LINK.matcher(prose)
			.results()
			.map((link) -> (link.group(1) != null) ? link.group(1) : link.group(2))
			.filter((link) -> !link.matches("[a-z]+:.*"))
			.toList();
	}

	/**
	 * Returns the file that a link leads to, below the root of the repository.
	 */
	Path resolve(String link) {
		String path = link.replaceFirst("#.*", "");
		return path.isEmpty() ? this.file : this.file.resolveSibling(path).normalize();
	}

	/**
	 * Returns the anchors of the headings, as GitHub names them.
	 */
	Set<String> anchors() {
		Map<String, Integer> uses = new HashMap<>();
		Set<String> anchors = new HashSet<>();
		HEADING.matcher(textWithoutCode()).results().forEach((heading) -> {
			String anchor = anchor(heading.group(1));
			int earlier = uses.merge(anchor, 1, Integer::sum) - 1;
			anchors.add((earlier == 0) ? anchor : anchor + "-" + earlier);
		});
		return anchors;
	}

	private static String anchor(String heading) {
		return heading.replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.replace(' ', '-');
	}

	@Override
	public String toString() {
		return this.file.toString();
	}

}
