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

package io.github.ultracartsso.test;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

import io.github.ultracartsso.test.docs.backoffice.BackofficeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a packaged application, which may run in production, does not start with the
 * simulator unless that is allowed.
 */
class PackagedSimulatorTests {

	@TempDir
	Path directory;

	@Test
	void startWhenJarOfAnApplicationThenRefusedWithRemedy() throws Exception {
		String output = run(jarOfTheApplication(), "--ultracart.simulator.enabled=true");
		assertThat(output)
			.contains("APPLICATION FAILED TO START", "is packaged", "ultracart.simulator.allow-packaged=true")
			.doesNotContain("takes the place of UltraCart");
	}

	@Test
	void startWhenJarOfAnApplicationAndAllowedThenWarns() throws Exception {
		String output = run(jarOfTheApplication(), "--ultracart.simulator.enabled=true",
				"--ultracart.simulator.allow-packaged=true");
		assertThat(output).doesNotContain("APPLICATION FAILED TO START")
			.containsPattern("WARN.*takes the place of UltraCart.*packaged");
	}

	@Test
	void startWhenUnpackedAsInAnImageThenRefused() throws Exception {
		Path library = Files.createDirectories(this.directory.resolve("BOOT-INF").resolve("lib")).resolve("kit.jar");
		Path classes = classesOf(UltraCartSimulator.class);
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(library));
				Stream<Path> files = Files.walk(classes)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				add(classes.relativize(file), classes, jar);
			}
		}
		assertThat(run(library, "--ultracart.simulator.enabled=true")).contains("APPLICATION FAILED TO START",
				"is packaged");
	}

	@Test
	void startWhenJarWithoutTheSimulatorThenStarts() throws Exception {
		String output = run(jarOfTheApplication(), "--ultracart.sso.simple-key=0123456789abcdef0123456789abcdef");
		assertThat(output).contains("initialization completed")
			.doesNotContain("APPLICATION FAILED TO START", "takes the place of UltraCart");
	}

	/**
	 * Makes the jar that Spring Boot's tools leave of an application beside its
	 * libraries.
	 */
	private Path jarOfTheApplication() throws Exception {
		Path file = this.directory.resolve("application.jar");
		try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
			add(Path.of(BackofficeApplication.class.getName().replace('.', '/') + ".class"),
					classesOf(BackofficeApplication.class), jar);
		}
		return file;
	}

	private static Path classesOf(Class<?> type) throws URISyntaxException {
		return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
	}

	private static void add(Path file, Path folder, JarOutputStream jar) throws IOException {
		jar.putNextEntry(new ZipEntry(file.toString().replace(File.separatorChar, '/')));
		Files.copy(folder.resolve(file), jar);
		jar.closeEntry();
	}

	/**
	 * Runs the application until it has started.
	 */
	private static String run(Path first, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dspring.context.exit=onRefresh", "-Dspring.devtools.restart.enabled=false", "-cp",
						first + File.pathSeparator + System.getProperty("java.class.path"),
						BackofficeApplication.class.getName(), "--server.port=0"));
		command.addAll(List.of(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
	}

}
