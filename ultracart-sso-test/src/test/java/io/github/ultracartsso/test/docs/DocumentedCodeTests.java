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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.oauth.RefreshTokenRepository;
import io.github.ultracartsso.test.docs.RefreshTokenConfiguration.Vault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.data.redis.serializer.RedisSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code in the README and in {@code docs} is that of this package.
 */
class DocumentedCodeTests {

	private static final Path DOCUMENTS = Path.of("..", "docs");

	private static final Path README = Path.of("..", "README.md");

	private static final Path SOURCES = Path.of("src", "test", "java", "io", "github", "ultracartsso", "test", "docs");

	private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	@ParameterizedTest
	@MethodSource
	void codeWhenInADocumentThenCompiledHere(String code) {
		assertThat(read(SOURCES, ".java")).anyMatch((source) -> withoutLayout(source).contains(code));
	}

	static Stream<String> codeWhenInADocumentThenCompiledHere() {
		return Stream.concat(Stream.of(read(README)), read(DOCUMENTS, ".md").stream())
			.flatMap((document) -> JAVA.matcher(document).results())
			.map((match) -> withoutLayout(match.group(1)));
	}

	@ParameterizedTest
	@MethodSource
	void stepThenHasAFileWithItsImports(Path page) {
		assertThat(JAVA.matcher(read(page)).results().map((match) -> match.group(1)))
			.allSatisfy((code) -> assertThat(code).startsWith("package com.example.backoffice;\n"));
	}

	static Stream<Path> stepThenHasAFileWithItsImports() {
		return Stream.of("start", "how-to")
			.flatMap((folder) -> files(DOCUMENTS.resolve(folder), ".md"))
			// they have fragments too, which go into classes that the reader has
			.filter((page) -> !page.endsWith("developing-without-ultracart.md") && !page.endsWith("testing.md"));
	}

	@Test
	void jsonSessionsThenHoldAUser() {
		UltraCartUser user = UltraCartUser.with(42, "Jane!ops").build();
		RedisSerializer<Object> serializer = new JsonSessionConfiguration().springSessionDefaultRedisSerializer();
		assertThat(serializer.deserialize(serializer.serialize(user))).isEqualTo(user);
	}

	@Test
	void refreshTokenRepositoryThenKeepsTheToken() {
		RefreshTokenRepository repository = new RefreshTokenConfiguration().refreshTokens(new Vault() {

			private Optional<String> kept = Optional.empty();

			@Override
			public Optional<String> read(String name) {
				return this.kept;
			}

			@Override
			public void write(String name, String secret) {
				this.kept = Optional.of(secret);
			}

		});
		assertThat(repository.load()).isNull();
		repository.save(OAuthToken.of("next"));
		assertThat(repository.load()).isEqualTo(OAuthToken.of("next"));
	}

	private static List<String> read(Path folder, String suffix) {
		return files(folder, suffix).map(DocumentedCodeTests::read).toList();
	}

	private static Stream<Path> files(Path folder, String suffix) {
		try (Stream<Path> files = Files.walk(folder)) {
			return files.filter((file) -> file.toString().endsWith(suffix)).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String withoutLayout(String code) {
		return code.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("package "))
			.collect(Collectors.joining("\n"));
	}

}
