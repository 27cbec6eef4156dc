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

package io.github.ultracartsso.sample.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import io.github.ultracartsso.sample.InstalledProgram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL server for the test, from the machine's {@code postgres}.
 */
final class PostgresqlStore extends JdbcStore implements ExecutionCondition {

	private static final InstalledProgram PROGRAM = new InstalledProgram("ULTRACART_TEST_POSTGRESQL",
			"There is no postgres on the path; H2Tests are the same with another database", "postgres");

	/**
	 * PostgreSQL refuses to run as root and therefore runs as this user.
	 */
	private static final String USER = "postgres";

	private @Nullable ChildProcess server;

	private @Nullable Path data;

	private int port;

	PostgresqlStore() {
		super("postgresql");
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return PROGRAM.evaluateExecutionCondition(context);
	}

	@Override
	String start() throws Exception {
		Path postgres = PROGRAM.get().toPath().toRealPath();
		Path directory = Files.createTempDirectory("postgresql");
		this.data = directory;
		boolean root = "root".equals(System.getProperty("user.name"));
		if (root) {
			ChildProcess.run(List.of("chown", USER, directory.toString()));
		}
		this.port = FreePort.find();
		ChildProcess.run(command(root, postgres.resolveSibling("initdb").toString(), "-D", directory.toString(), "-U",
				USER, "--auth=trust", "--encoding=UTF8", "--no-sync"));
		this.server = startServer();
		return "jdbc:postgresql://" + FreePort.HOST + ":" + this.port + "/postgres?user=" + USER;
	}

	private ChildProcess startServer() throws Exception {
		Path postgres = PROGRAM.get().toPath().toRealPath();
		boolean root = "root".equals(System.getProperty("user.name"));
		return ChildProcess.start(
				new ProcessBuilder(command(root, postgres.toString(), "-D", String.valueOf(this.data), "-p",
						Integer.toString(this.port), "-c", "listen_addresses=" + FreePort.HOST, "-c",
						"unix_socket_directories=", "-c", "fsync=off")),
				Pattern.compile("ready to accept connections"));
	}

	/**
	 * Restarts the server, which closes all connections.
	 */
	void restart() throws Exception {
		Objects.requireNonNull(this.server).end("INT");
		this.server = startServer();
	}

	private static List<String> command(boolean root, String... command) {
		List<String> full = new ArrayList<>();
		if (root) {
			full.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
		}
		full.addAll(List.of(command));
		return full;
	}

	@Override
	public void afterAll(ExtensionContext context) throws IOException {
		if (this.server != null) {
			this.server.close();
		}
		FileSystemUtils.deleteRecursively(this.data);
	}

}
