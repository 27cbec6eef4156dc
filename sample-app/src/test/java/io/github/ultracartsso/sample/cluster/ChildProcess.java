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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A program that runs in a child process until the test ends.
 */
public final class ChildProcess implements AutoCloseable {

	private static final int PATIENCE_IN_SECONDS = 60;

	private final Process process;

	private final CompletableFuture<MatchResult> ready = new CompletableFuture<>();

	private ChildProcess(Process process) {
		this.process = process;
	}

	/**
	 * Returns a Java program on the class path of the tests, without the tests
	 * themselves.
	 * @param main the class to run
	 * @param arguments the arguments of the program
	 * @return what to start
	 */
	public static ProcessBuilder java(Class<?> main, List<String> arguments) {
		return java(List.of("-cp", classPathWithoutTests(), main.getName()), arguments);
	}

	/**
	 * Returns the program of an executable jar.
	 * @param jar the jar
	 * @param arguments the arguments of the program
	 * @return what to start
	 */
	public static ProcessBuilder java(Path jar, List<String> arguments) {
		return java(List.of("-jar", jar.toString()), arguments);
	}

	private static ProcessBuilder java(List<String> program, List<String> arguments) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
		command.addAll(program);
		command.addAll(arguments);
		return new ProcessBuilder(command);
	}

	private static String classPathWithoutTests() {
		try {
			Path tests = Path.of(ChildProcess.class.getProtectionDomain().getCodeSource().getLocation().toURI());
			return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
				.filter((entry) -> !Path.of(entry).equals(tests))
				.collect(Collectors.joining(File.pathSeparator));
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Starts a program and waits until it is ready.
	 * @param program what to start
	 * @param ready matches the output line that says so
	 * @return the process
	 * @throws IOException if it cannot be started
	 */
	public static ChildProcess start(ProcessBuilder program, Pattern ready) throws IOException {
		ChildProcess child = new ChildProcess(program.redirectErrorStream(true).start());
		Thread reader = new Thread(() -> child.read(ready), "output of " + program.command().get(0));
		reader.setDaemon(true);
		reader.start();
		try {
			child.ready.get(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
			return child;
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			child.close();
			throw new IllegalStateException(program.command().get(0) + " does not get ready", ex);
		}
	}

	/**
	 * Runs a program to its end.
	 */
	static void run(List<String> command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output;
		try (BufferedReader lines = process.inputReader()) {
			output = lines.lines().collect(Collectors.joining("\n"));
		}
		assertThat(process.waitFor()).as("exit of %s, which said: %s", command, output).isZero();
	}

	/**
	 * Returns the match in the output line that has said that the program is ready.
	 * @return the match
	 */
	public MatchResult ready() {
		return this.ready.join();
	}

	private void read(Pattern awaited) {
		StringBuilder output = new StringBuilder();
		try (BufferedReader lines = this.process.inputReader()) {
			for (String line = lines.readLine(); line != null; line = lines.readLine()) {
				Matcher matcher = awaited.matcher(line);
				if (!this.ready.isDone()) {
					output.append(line).append('\n');
					if (matcher.find()) {
						this.ready.complete(matcher.toMatchResult());
					}
				}
			}
		}
		catch (IOException ex) {
			this.ready.completeExceptionally(new UncheckedIOException(ex));
		}
		this.ready.completeExceptionally(new IllegalStateException("It ended, having said:\n" + output));
	}

	/**
	 * Ends the program with a signal, and waits until it has ended.
	 */
	void end(String signal) throws IOException, InterruptedException {
		run(List.of("kill", "-" + signal, Long.toString(this.process.pid())));
		awaitEnd();
	}

	void awaitEnd() throws InterruptedException {
		assertThat(this.process.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS)).as("end of the program").isTrue();
	}

	/**
	 * Kills the program, without an orderly shutdown.
	 */
	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
