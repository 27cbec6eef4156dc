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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The YAML in the documents has properties that exist, and an application starts with
 * them.
 */
@ExtendWith(OutputCaptureExtension.class)
class DocumentedPropertiesTests {

	private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"");

	private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";

	/**
	 * Values of the environment variables that the documents use.
	 */
	private static final Map<String, Object> ENVIRONMENT = Map.of("ULTRACART_SIMPLE_KEY", "1234567890",
			"ULTRACART_SESSION_KEY", KEY, "REDIS_HOST", "redis.internal");

	/**
	 * Properties of modules that are not on the class path here, and of the application
	 * that a page makes.
	 */
	private static final Set<String> ELSEWHERE = Set.of("spring.session.", "spring.data.redis.", "management.",
			"programs.");

	private static final Set<String> KNOWN = known();

	@ParameterizedTest
	@MethodSource("blocks")
	void yamlThenHasPropertiesThatExist(Block block) {
		Set<String> names = new TreeSet<>(List.of(block.source().getPropertyNames()));
		names.removeIf((name) -> ELSEWHERE.stream().anyMatch(name::startsWith));
		assertThat(names).allSatisfy((name) -> assertThat(KNOWN).as(name).anyMatch((known) -> matches(known, name)));
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void yamlThenAcceptedByTheConfigurationCheck(Block block, CapturedOutput output) {
		new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(SslAutoConfiguration.class, UltraCartSsoPropertiesAutoConfiguration.class))
			.withInitializer((context) -> {
				var sources = context.getEnvironment().getPropertySources();
				sources.addLast(block.source());
				sources.addLast(new MapPropertySource("variables", ENVIRONMENT));
				sources.addLast(new MapPropertySource("defaults", Map.of("ultracart.sso.simple-key", "1234567890")));
			})
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain("have no effect");
	}

	static Stream<Block> blocks() {
		return MarkdownPage.readAll()
			.stream()
			.flatMap((page) -> YAML.matcher(page.text())
				.results()
				// that is a Docker Compose file
				.filter((match) -> !match.group(1).startsWith("services:"))
				.map((match) -> new Block(page.file() + ": " + match.group(1).lines().limit(3).toList(),
						load(match.group(1)))));
	}

	private static boolean matches(String known, String name) {
		String plain = name.replaceAll("\\[\\d+]", "");
		return plain.equals(known) || plain.startsWith(known + ".");
	}

	private static EnumerablePropertySource<?> load(String yaml) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("yaml",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
			return (EnumerablePropertySource<?>) sources.get(0);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Set<String> known() {
		try {
			Set<String> names = Stream
				.of(new PathMatchingResourcePatternResolver()
					.getResources("classpath*:META-INF/*spring-configuration-metadata.json"))
				.flatMap((metadata) -> properties(metadata).stream())
				.collect(Collectors.toSet());
			assertThat(names).contains("ultracart.sso.simple-key", "server.port");
			return names;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the names of properties, and not those of groups, whose members would
	 * otherwise all be known.
	 */
	private static List<String> properties(Resource metadata) {
		try {
			String json = metadata.getContentAsString(StandardCharsets.UTF_8);
			int from = json.indexOf("\"properties\"");
			return (from < 0) ? List.of()
					: NAME.matcher(json.substring(from)).results().map((match) -> match.group(1)).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A block of YAML.
	 */
	record Block(String title, EnumerablePropertySource<?> source) {

		@Override
		public String toString() {
			return this.title;
		}

	}

}
