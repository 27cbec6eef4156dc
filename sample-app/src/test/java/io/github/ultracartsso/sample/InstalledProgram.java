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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.core.log.LogMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program that some tests need and that a machine may lack. Without it the tests are
 * skipped, or fail if an environment variable is {@code required}.
 */
public final class InstalledProgram implements ExecutionCondition {

	private static final Log logger = LogFactory.getLog(InstalledProgram.class);

	private final String variable;

	private final String reason;

	private final List<String> names;

	/**
	 * Creates a condition.
	 * @param variable the environment variable
	 * @param reason why tests are skipped, and what to do about it
	 * @param names the names that the program may have
	 */
	public InstalledProgram(String variable, String reason, String... names) {
		this.variable = variable;
		this.reason = reason;
		this.names = List.of(names);
	}

	/**
	 * Finds the program on the path, or skips the test, or fails it.
	 * @return the program
	 */
	public File get() {
		Optional<File> program = find();
		if (isRequired()) {
			assertThat(program).as("%s on the path, since %s is \"required\"", this.names, this.variable).isPresent();
		}
		return program.orElseGet(() -> Assumptions.abort(this.reason));
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		if (isRequired() || find().isPresent()) {
			return ConditionEvaluationResult.enabled(null);
		}
		// the build itself prints only the number of skipped tests
		logger.warn(LogMessage.format("%s is skipped: %s", context.getDisplayName(), this.reason));
		return ConditionEvaluationResult.disabled(this.reason);
	}

	private boolean isRequired() {
		return "required".equals(System.getenv(this.variable));
	}

	private Optional<File> find() {
		List<String> folders = Arrays.asList(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator));
		return this.names.stream().flatMap((name) -> candidates(folders, name)).findFirst();
	}

	private static Stream<File> candidates(List<String> folders, String name) {
		return folders.stream().map((folder) -> new File(folder, name)).filter(File::canExecute);
	}

}
