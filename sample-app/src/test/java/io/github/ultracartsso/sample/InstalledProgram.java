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

package io.github.ultracartsso.sample;

import java.io.File;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs that some tests need and not every machine has.
 */
public final class InstalledProgram {

	private static final Log logger = LogFactory.getLog(InstalledProgram.class);

	private InstalledProgram() {
	}

	/**
	 * Finds a program on the path. Where it is missing the test is skipped, or fails if
	 * the environment variable is {@code required}.
	 * @param variable the environment variable
	 * @param reason why the test is skipped, and what to do about it
	 * @param names what the program may be called
	 * @return the program
	 */
	public static File findOrSkip(String variable, String reason, String... names) {
		Optional<File> program = Arrays.stream(names).flatMap(InstalledProgram::candidates).findFirst();
		if ("required".equals(System.getenv(variable))) {
			assertThat(program).as("%s on the path, since %s is \"required\"", names[0], variable).isPresent();
		}
		return program.orElseGet(() -> skip(reason));
	}

	/**
	 * Says so itself, since a build does not tell why a whole class was skipped.
	 */
	private static File skip(String reason) {
		logger.warn("Tests are skipped: " + reason);
		return Assumptions.abort(reason);
	}

	private static Stream<File> candidates(String name) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Stream.of(path.split(File.pathSeparator))
			.map((folder) -> new File(folder, name))
			.filter(File::canExecute);
	}

}
