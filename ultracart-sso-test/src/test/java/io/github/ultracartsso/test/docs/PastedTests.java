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

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tests on the page about testing and on the page about calls pass as they
 * are pasted: in the application of the first page, with the files that the section or
 * page shows and no others.
 */
class PastedTests {

	private static final Pattern JAVA = Pattern.compile(
			"```java\n(package com\\.example\\.backoffice;.*?\\b(?:class|@?interface|record) (\\w+).*?)```",
			Pattern.DOTALL);

	@TempDir
	Path project;

	@ParameterizedTest
	@ValueSource(strings = { "A mapper", "A slice", "The whole application", "A browser" })
	void testsWhenPastedThenPass(String section) throws Exception {
		assertThat(runWith(section(page("docs/how-to/testing.md"), section))).contains("0 failed")
			.doesNotContain("0 successful");
	}

	@Test
	void recipesWhenPastedThenTheirTestsPass() throws Exception {
		assertThat(runWith(page("docs/how-to/calling-ultracart.md"))).contains("4 successful, 0 failed");
	}

	/**
	 * Runs the tests of the application of the first page with the files that another
	 * page shows.
	 */
	private String runWith(MarkdownPage page) throws Exception {
		Map<Path, String> files = new TreeMap<>(files(page("docs/start/five-minutes.md")));
		files.putAll(files(page));
		for (Map.Entry<Path, String> file : files.entrySet()) {
			Files.createDirectories(file.getKey().getParent());
			Files.writeString(file.getKey(), file.getValue());
		}
		compile(files.keySet().stream().filter((file) -> file.toString().endsWith(".java")).toList());
		return run();
	}

	private static MarkdownPage page(String name) {
		return MarkdownPage.read(Path.of(name));
	}

	private static MarkdownPage section(MarkdownPage page, String heading) {
		int start = page.text().indexOf("\n## " + heading + "\n");
		assertThat(start).as(heading).isNotNegative();
		return new MarkdownPage(page.file(), page.text().substring(start, page.text().indexOf("\n## ", start + 1)));
	}

	private Map<Path, String> files(MarkdownPage page) {
		Map<Path, String> files = new TreeMap<>();
		JAVA.matcher(page.text())
			.results()
			.forEach((code) -> files.put(this.project.resolve("src/java").resolve(code.group(2) + ".java"),
					code.group(1)));
		for (String directory : List.of("src/main/resources/", "src/test/resources/")) {
			page.files(directory).forEach((name, text) -> files.put(classes().resolve(name), text));
		}
		return files;
	}

	private Path classes() {
		return this.project.resolve("classes");
	}

	private void compile(List<Path> sources) throws Exception {
		List<String> arguments = new ArrayList<>(
				List.of("-proc:none", "-parameters", "-d", classes().toString(), "-cp", classPath()));
		sources.forEach((source) -> arguments.add(source.toString()));
		ByteArrayOutputStream messages = new ByteArrayOutputStream();
		int status = ToolProvider.getSystemJavaCompiler()
			.run(null, messages, messages, arguments.toArray(String[]::new));
		assertThat(status).as(messages.toString(StandardCharsets.UTF_8)).isZero();
	}

	private String run() throws Exception {
		String program = PastedTestsProgram.class.getName().replace('.', '/') + ".class";
		Path copy = Files.createDirectories(classes().resolve(program).getParent()).resolve("PastedTestsProgram.class");
		try (InputStream bytecode = Objects
			.requireNonNull(PastedTestsProgram.class.getResourceAsStream("PastedTestsProgram.class"))) {
			Files.copy(bytecode, copy);
		}
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classes() + File.pathSeparator + classPath(),
				PastedTestsProgram.class.getName())
			.directory(this.project.toFile())
			.redirectErrorStream(true)
			.start();
		process.getOutputStream().close();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Returns the class path without the tests and resources of this module.
	 */
	private static String classPath() throws URISyntaxException {
		Path own = Path.of(PastedTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).equals(own))
			.collect(Collectors.joining(File.pathSeparator));
	}

}
