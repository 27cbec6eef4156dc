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

package io.github.ultracartsso;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Inputs for a fuzz test without a fuzzer, so that every build tries some: the seeds of
 * the test, altered in ways that are the same each time.
 */
public final class GeneratedInputs {

	private static final int COUNT = 1000;

	private static final int MOST_ALTERATIONS = 6;

	private static final String[] TOKENS = { "\0", "\n", "\r\n", "\t", " ", "\"", "\\", "/", "//", ":", "@", "?", "#",
			"&", "=", "%", "%00", "%0d%0a", "%2f", "{", "}", "[", "]", "null", "true", "-1", "9999999999", "1e999",
			"\u007f", "\u0085", "\u00e9", "_", ".", "..", ";" };

	private final Random random = new Random(20261121);

	private final List<byte[]> seeds;

	private GeneratedInputs(List<byte[]> seeds) {
		this.seeds = seeds;
	}

	/**
	 * Has the test check a thousand inputs made of its seeds.
	 * @param testClass the class of the test
	 * @param method the name of the test, which is that of its directory of seeds
	 * @param test the test
	 */
	public static void check(Class<?> testClass, String method, Test test) {
		GeneratedInputs inputs = new GeneratedInputs(seeds(testClass, method));
		for (int i = 0; i < COUNT; i++) {
			byte[] input = inputs.next();
			try {
				test.check(input);
			}
			catch (Exception | AssertionError ex) {
				throw new AssertionError("Failed with the input that is, in Base64, "
						+ Base64.getEncoder().encodeToString(input) + "; keep it among the seeds of " + method, ex);
			}
		}
	}

	private static List<byte[]> seeds(Class<?> testClass, String method) {
		URL directory = testClass.getResource(testClass.getSimpleName() + "Inputs/" + method);
		assertThat(directory).as("seeds of %s", method).isNotNull();
		try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
			List<byte[]> seeds = new ArrayList<>();
			for (Path file : files.sorted().toList()) {
				seeds.add(Files.readAllBytes(file));
			}
			return seeds;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private byte[] next() {
		byte[] input = seed();
		int alterations = 1 + this.random.nextInt(MOST_ALTERATIONS);
		for (int i = 0; i < alterations; i++) {
			input = alter(input);
		}
		return input;
	}

	private byte[] seed() {
		return this.seeds.get(this.random.nextInt(this.seeds.size()));
	}

	private byte[] alter(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		int to = Math.min(input.length, from + this.random.nextInt(8));
		return switch (this.random.nextInt(6)) {
			case 0 -> join(input, from, new byte[0], to);
			case 1 -> join(input, from, new byte[] { (byte) this.random.nextInt(256) }, to);
			case 2 -> join(input, from, token(), from);
			case 3 -> join(input, from, token(), to);
			case 4 -> join(input, to, Arrays.copyOfRange(input, from, to), to);
			default -> join(input, from, tail(seed()), input.length);
		};
	}

	private byte[] token() {
		return TOKENS[this.random.nextInt(TOKENS.length)].getBytes(StandardCharsets.UTF_8);
	}

	private byte[] tail(byte[] input) {
		int from = this.random.nextInt(input.length + 1);
		return Arrays.copyOfRange(input, from, input.length);
	}

	private static byte[] join(byte[] input, int head, byte[] middle, int tail) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		joined.write(input, 0, head);
		joined.writeBytes(middle);
		joined.write(input, tail, input.length - tail);
		return joined.toByteArray();
	}

	/**
	 * What a fuzz test does with one input.
	 */
	@FunctionalInterface
	public interface Test {

		/**
		 * Checks what becomes of the input.
		 */
		void check(byte[] input) throws Exception;

	}

}
