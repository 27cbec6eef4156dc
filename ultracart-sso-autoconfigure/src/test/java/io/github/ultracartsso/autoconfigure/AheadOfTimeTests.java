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

package io.github.ultracartsso.autoconfigure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GeneratedFiles.Kind;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.core.io.InputStreamSource;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with UltraCart logins can be processed ahead of time.
 */
class AheadOfTimeTests {

	private final InMemoryGeneratedFiles files = new InMemoryGeneratedFiles();

	private final DefaultGenerationContext generation = new DefaultGenerationContext(
			new ClassNameGenerator(ClassName.get("com.example", "Application")), this.files);

	@Test
	void processWhenNoKeyYetThenBeansAreGenerated() {
		process();
		assertThat(this.files.getGeneratedFiles(Kind.SOURCE).keySet())
			.anyMatch((name) -> name.endsWith("UltraCartLoginConfiguration__BeanDefinitions.java"))
			.anyMatch((name) -> name.endsWith("UltraCartSecurityFilterChainConfiguration__BeanDefinitions.java"));
	}

	@Test
	// F1
	void processWhenKeySetThenItIsNotGeneratedIntoTheProgram() throws IOException {
		process("ultracart.sso.simple-key=" + TestApplication.KEY);
		for (Kind kind : Kind.values()) {
			for (Map.Entry<String, InputStreamSource> file : this.files.getGeneratedFiles(kind).entrySet()) {
				assertThat(new String(file.getValue().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
					.as(file.getKey())
					.doesNotContain(TestApplication.KEY);
			}
		}
	}

	@Test
	void processThenPropertiesCanBeBoundInNativeImage() {
		process();
		assertThat(RuntimeHintsPredicates.reflection().onType(UltraCartSsoProperties.class))
			.accepts(this.generation.getRuntimeHints());
		assertThat(RuntimeHintsPredicates.reflection().onType(UltraCartSsoProperties.Http.class))
			.accepts(this.generation.getRuntimeHints());
	}

	private void process(String... properties) {
		try (AnnotationConfigServletWebServerApplicationContext context = new AnnotationConfigServletWebServerApplicationContext()) {
			TestPropertyValues.of(properties).applyTo(context);
			context.register(TestApplication.Everything.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
		}
	}

}
