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

import java.io.Serializable;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.SsoSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JacksonModule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything that can be in a session which an earlier version has written is read by
 * this one.
 */
class SerializedSamplesTests {

	private static final StoredSamples samples = new StoredSamples("serialized", "serialized",
			Serialization::serialize);

	private static final List<Class<?>> types = findSerializableTypes();

	@BeforeAll
	static void writeMissingSamples() {
		samples.writeMissing(storableTypes());
	}

	@ParameterizedTest // I2
	@MethodSource("serializableTypes")
	void serializableTypeThenHasAnExplicitVersion(Class<?> type) {
		assertThat(type.getDeclaredFields()).anySatisfy((field) -> {
			assertThat(field.getName()).isEqualTo("serialVersionUID");
			assertThat(field.getType()).isEqualTo(long.class);
			assertThat(Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())).isTrue();
		});
	}

	@ParameterizedTest // I2
	@MethodSource("storableTypes")
	void storableTypeThenHasASample(Class<?> type) {
		assertThat(samples.sampleOf(type)).exists();
	}

	@ParameterizedTest // I2
	@MethodSource("samples")
	void sampleWhenReadThenEqual(Path sample) {
		Class<?> type = StoredSamples.typeOf(sample);
		Object stored = Serialization.deserialize(StoredSamples.read(sample), type);
		assertThat(stored).usingRecursiveComparison()
			.ignoringFieldsMatchingRegexes(".*stackTrace", ".*suppressedExceptions")
			.ignoringFields("simpleKey")
			.isEqualTo(StoredObjects.of(type));
	}

	@ParameterizedTest // F1, F2
	@MethodSource("samples")
	void sampleThenHoldsNoKeyInClear(Path sample) {
		assertThat(StoredSamples.text(sample)).doesNotContain(StoredObjects.CLEAR_KEY);
	}

	@Test // I2
	void sealedSsoSessionWhenStoredByAnEarlierVersionThenCanBeOpened() {
		assertThat(samples.of(SealedSsoSession.class)).isNotEmpty().allSatisfy((sample) -> {
			SealedSsoSession stored = Serialization.deserialize(StoredSamples.read(sample), SealedSsoSession.class);
			assertThat(stored.open(StoredObjects.SEALER)).isEqualTo(StoredObjects.ssoSession())
				.returns(SimpleKey.of(StoredObjects.CLEAR_KEY), SsoSession::simpleKey);
		});
	}

	static Stream<Path> samples() {
		return samples.all().stream();
	}

	static Stream<Class<?>> storableTypes() {
		return serializableTypes().filter((type) -> Modifier.isPublic(type.getModifiers()));
	}

	static Stream<Class<?>> serializableTypes() {
		return types.stream();
	}

	/**
	 * Enums have no version, and nobody stores a Jackson module.
	 */
	private static List<Class<?>> findSerializableTypes() {
		return new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
			.importPackages("io.github.ultracartsso")
			.stream()
			.filter((type) -> type.isAssignableTo(Serializable.class) && !type.isInterface() && !type.isEnum()
					&& !type.isAssignableTo(JacksonModule.class))
			.<Class<?>>map(JavaClass::reflect)
			.toList();
	}

}
