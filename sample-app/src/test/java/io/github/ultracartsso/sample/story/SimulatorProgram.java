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

package io.github.ultracartsso.sample.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.ultracartsso.sample.cluster.ChildProcess;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogMessage;

/**
 * The simulator as a program in its own process: the executable jar that the module of
 * the test kit has made, or its classes where there is no jar of them.
 */
final class SimulatorProgram implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(SimulatorProgram.class);

	private static final Pattern BASE_URL = Pattern.compile("base URL +(\\S+)");

	private static final Path TARGET = Path.of("..", "ultracart-sso-test", "target");

	private final ChildProcess process;

	SimulatorProgram(String... arguments) throws IOException {
		List<String> all = new ArrayList<>(List.of("--port", "0"));
		all.addAll(List.of(arguments));
		Optional<Path> jar = jar();
		logger.info(LogMessage.format("The simulator runs as %s", jar.map(Path::toString).orElse("classes")));
		this.process = ChildProcess.start(jar.map((file) -> ChildProcess.java(file, all))
			.orElseGet(
					() -> ChildProcess.java(io.github.ultracartsso.test.simulator.program.SimulatorProgram.class, all)),
				BASE_URL);
	}

	/**
	 * Returns the jar, unless classes have been compiled since it was made.
	 */
	private static Optional<Path> jar() throws IOException {
		if (!Files.isDirectory(TARGET)) {
			return Optional.empty();
		}
		FileTime compiled = newest(TARGET.resolve("classes"));
		try (Stream<Path> files = Files.list(TARGET)) {
			return files.filter((file) -> file.toString().endsWith("-simulator.jar"))
				.filter((file) -> modified(plain(file)).compareTo(compiled) >= 0)
				.findFirst();
		}
	}

	/**
	 * Returns the jar that the executable one was made of, because the latter has the
	 * time of a reproducible build.
	 */
	private static Path plain(Path jar) {
		return jar.resolveSibling(jar.getFileName().toString().replace("-simulator", ""));
	}

	private static FileTime newest(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.map(SimulatorProgram::modified).max(FileTime::compareTo).orElseThrow();
		}
	}

	private static FileTime modified(Path file) {
		try {
			return Files.getLastModifiedTime(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String baseUrl() {
		return this.process.ready().group(1);
	}

	String consoleUrl() {
		return baseUrl().replace("/rest/v2", "/console");
	}

	@Override
	public void close() {
		this.process.close();
	}

}
