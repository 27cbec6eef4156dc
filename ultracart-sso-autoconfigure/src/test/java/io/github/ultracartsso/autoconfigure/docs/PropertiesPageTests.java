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

package io.github.ultracartsso.autoconfigure.docs;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of properties lists those of the configuration metadata.
 */
class PropertiesPageTests {

	private static final String PREFIX = "ultracart.sso.";

	private static final Map<String, String> TYPES = Map.of(Boolean.class.getName(), "`true`, `false`",
			Integer.class.getName(), "number", Double.class.getName(), "number", Duration.class.getName(), "duration",
			String.class.getName(), "text");

	@Test
	void pageThenListsEveryPropertyOfTheMetadata() throws IOException {
		Map<String, List<JsonNode>> groups = properties();
		assertThat(new GeneratedPage("reference/properties.md")
			.verify((group) -> table(groups.getOrDefault(group, List.of()))))
			.containsExactlyInAnyOrderElementsOf(groups.keySet());
	}

	private static String table(List<JsonNode> properties) {
		StringBuilder table = new StringBuilder("| property | type | default | |\n| --- | --- | --- | --- |\n");
		properties.forEach((property) -> table
			.append("| `%s` | %s | %s | %s |\n".formatted(name(property), type(property.required("type").asString()),
					defaultValue(property), property.required("description").asString().replaceAll("\\s+", " "))));
		return table.toString();
	}

	private static String type(String type) {
		if (TYPES.containsKey(type)) {
			return TYPES.get(type);
		}
		if (type.startsWith("java.util.")) {
			return type.startsWith("java.util.Map") ? "map of lists" : "list";
		}
		Object[] values = ClassUtils.resolveClassName(type, null).getEnumConstants();
		return Arrays.stream(values)
			.map((value) -> "`" + value.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
			.collect(Collectors.joining(", "));
	}

	private static String defaultValue(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		if (value.isMissingNode()) {
			return "";
		}
		return "`" + (value.isArray() ? value.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
				: value.asString()) + "`";
	}

	private static String name(JsonNode property) {
		String name = property.required("name").asString();
		return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
	}

	/**
	 * Returns the properties by their group, such as {@code session}.
	 */
	private static Map<String, List<JsonNode>> properties() throws IOException {
		TreeSet<JsonNode> properties = new TreeSet<>(
				(a, b) -> a.required("name").asString().compareTo(b.required("name").asString()));
		for (URL url : Collections.list(PropertiesPageTests.class.getClassLoader()
			.getResources("META-INF/spring-configuration-metadata.json"))) {
			try (InputStream stream = url.openStream()) {
				JsonMapper.shared()
					.readTree(stream)
					.path("properties")
					.valueStream()
					.filter((property) -> property.required("name").asString().contains("ultracart"))
					.forEach(properties::add);
			}
		}
		return properties.stream().collect(Collectors.groupingBy(PropertiesPageTests::group));
	}

	private static String group(JsonNode property) {
		String name = name(property);
		if (!property.required("name").asString().startsWith(PREFIX)) {
			return "other";
		}
		return name.contains(".") ? name.substring(0, name.indexOf('.')) : "general";
	}

}
