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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Objects as versions of this library have stored them, one file for each version and
 * type. Missing ones are written when asked for, existing ones are never changed.
 */
public final class StoredSamples {

	/**
	 * The version whose samples are written.
	 */
	private static final String VERSION = "0.1";

	private static final boolean WRITE_MISSING = Boolean.getBoolean("samples.write");

	private final Path directory;

	private final String extension;

	private final Function<Object, byte[]> format;

	/**
	 * Creates an instance for a form in which objects are stored.
	 */
	public StoredSamples(String directory, String extension, Function<Object, byte[]> format) {
		this.directory = Path.of("src/test/resources", directory);
		this.extension = "." + extension;
		this.format = format;
	}

	/**
	 * Writes the samples of this version that are missing, if that was asked for with
	 * {@code -Dsamples.write=true}.
	 */
	public void writeMissing(Stream<? extends Class<?>> types) {
		if (WRITE_MISSING) {
			types.filter((type) -> !Files.exists(sampleOf(type))).forEach(this::write);
		}
	}

	private void write(Class<?> type) {
		try {
			Files.createDirectories(this.directory.resolve(VERSION));
			Files.write(sampleOf(type), this.format.apply(StoredObjects.of(type)), StandardOpenOption.CREATE_NEW);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns where the sample of this version of the type is.
	 */
	public Path sampleOf(Class<?> type) {
		return this.directory.resolve(VERSION).resolve(type.getName() + this.extension);
	}

	/**
	 * Returns the samples of all versions and types.
	 */
	public List<Path> all() {
		try (Stream<Path> files = Files.walk(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(this.extension)).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the samples of all versions of the type.
	 */
	public List<Path> of(Class<?> type) {
		return all().stream().filter((sample) -> typeOf(sample) == type).toList();
	}

	/**
	 * Returns the type of which the file is a sample.
	 */
	public static Class<?> typeOf(Path sample) {
		String name = sample.getFileName().toString();
		try {
			return Class.forName(name.substring(0, name.lastIndexOf('.')));
		}
		catch (ClassNotFoundException ex) {
			throw new AssertionError("Sessions hold a type that is gone: " + name, ex);
		}
	}

	/**
	 * Returns the sample as a session store returns it.
	 */
	public static byte[] read(Path sample) {
		try {
			return Files.readAllBytes(sample);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the sample as text, in which any text of Latin letters can be searched for.
	 */
	public static String text(Path sample) {
		return new String(read(sample), StandardCharsets.ISO_8859_1);
	}

}
