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

package io.github.ultracartsso.test.simulator;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Alters the JSON object of a response, for the faults that are about JSON. A body that
 * is not a JSON object stays as it is.
 */
@FunctionalInterface
interface DocumentAlteration extends Function<ObjectNode, String> {

	/**
	 * Alters a body.
	 */
	default String alter(String body) {
		ObjectNode document = document(body);
		return (document != null) ? apply(document) : body;
	}

	private static @Nullable ObjectNode document(String body) {
		try {
			return (JsonMapper.shared().readTree(body) instanceof ObjectNode document) ? document : null;
		}
		catch (JacksonException ex) {
			// a resource may respond with anything
			return null;
		}
	}

	static DocumentAlteration omitting(List<String> members) {
		return (document) -> document.remove(members).toString();
	}

	static DocumentAlteration nulls() {
		JsonNode listOfNull = JsonNodeFactory.instance.arrayNode().addNull();
		return replacing((name, value) -> value.isArray() ? listOfNull : NullNode.getInstance());
	}

	static DocumentAlteration wrongTypes() {
		return replacing((name, value) -> value.isContainer() ? StringNode.valueOf("a text")
				: JsonNodeFactory.instance.objectNode());
	}

	static DocumentAlteration duplicates() {
		DocumentAlteration others = replacingTexts((text) -> "another", NullNode.getInstance());
		return (document) -> {
			String other = others.apply(document.deepCopy());
			return document.toString().replaceFirst("}$", ",") + other.substring(1);
		};
	}

	static DocumentAlteration unreadableDates() {
		return replacing((name, value) -> name.endsWith("_dts") ? StringNode.valueOf("half past ten") : value);
	}

	static DocumentAlteration texts(Function<String, String> replacement) {
		return replacingTexts(replacement, null);
	}

	static DocumentAlteration deeplyNested(int depth) {
		return (document) -> "{\"nested\":" + "[".repeat(depth) + "]".repeat(depth) + ","
				+ document.toString().substring(1);
	}

	private static DocumentAlteration replacingTexts(Function<String, String> replacement, @Nullable JsonNode other) {
		return replacing((name, value) -> {
			if (value.isString()) {
				return StringNode.valueOf(replacement.apply(value.stringValue()));
			}
			return (other != null) ? other : value;
		});
	}

	private static DocumentAlteration replacing(BiFunction<String, JsonNode, JsonNode> replacement) {
		return (document) -> {
			for (String name : List.copyOf(document.propertyNames())) {
				document.set(name, replacement.apply(name, document.path(name)));
			}
			return document.toString();
		};
	}

}
