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

package io.github.ultracartsso.client.http;

import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads selected members of the JSON object in a response within bounds on size, depth
 * and length. Other members are skipped without being held in memory.
 */
final class JsonBody {

	private static final int MAX_BODY_BYTES = 1024 * 1024;

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxDocumentLength(MAX_BODY_BYTES)
		.maxTokenCount(200_000)
		.maxNestingDepth(50)
		.maxStringLength(64 * 1024)
		.build();

	private static final int MAX_DEPTH_OF_LARGE_BODY = 500;

	private final JsonMapper mapper;

	private final ObjectReader reader;

	/**
	 * Creates a reader.
	 * @param mapper the mapper, whose constraints bound what is read
	 */
	JsonBody(JsonMapper mapper) {
		this.mapper = mapper;
		// the owner of the stream closes it: closing an endless one here would read on
		this.reader = mapper.reader()
			.without(StreamReadFeature.AUTO_CLOSE_SOURCE)
			.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Returns a mapper that reads responses leniently, but within bounds.
	 */
	static JsonMapper newMapper() {
		return newMapper(CONSTRAINTS);
	}

	/**
	 * Returns such a mapper for responses whose length is known to be bounded.
	 * @param maxBytes the maximum length of a response
	 */
	static JsonMapper newMapper(int maxBytes) {
		return newMapper(StreamReadConstraints.builder()
			.maxDocumentLength(maxBytes)
			.maxNestingDepth(MAX_DEPTH_OF_LARGE_BODY)
			.maxStringLength(maxBytes)
			.build());
	}

	private static JsonMapper newMapper(StreamReadConstraints constraints) {
		return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
			.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			// only a JSON true grants anything
			.withCoercionConfig(LogicalType.Boolean,
					(booleans) -> booleans.setCoercion(CoercionInputShape.String, CoercionAction.AsNull)
						.setCoercion(CoercionInputShape.Integer, CoercionAction.AsNull))
			.build();
	}

	/**
	 * Reads the stream to its end.
	 * @param members the names of the members to read
	 * @return the object, or a missing node if the stream holds anything else than one
	 * JSON object
	 * @throws IOException if the stream cannot be read
	 * @throws StreamConstraintsException if the object is too large
	 */
	JsonNode read(InputStream stream, Set<String> members) throws IOException {
		try (JsonParser parser = this.reader.createParser(stream)) {
			if (parser.nextToken() == JsonToken.START_OBJECT) {
				JsonNode object = readMembers(parser, members);
				return (parser.nextToken() == null) ? object : MissingNode.getInstance();
			}
			return MissingNode.getInstance();
		}
		catch (StreamConstraintsException ex) {
			throw ex;
		}
		catch (JacksonIOException ex) {
			if (ex.getCause() instanceof CharConversionException) {
				return MissingNode.getInstance();
			}
			throw ex.getCause();
		}
		catch (JacksonException ex) {
			return MissingNode.getInstance();
		}
	}

	private JsonNode readMembers(JsonParser parser, Set<String> members) {
		ObjectNode object = this.mapper.createObjectNode();
		while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
			String name = parser.currentName();
			parser.nextToken();
			if (!members.contains(name)) {
				parser.skipChildren();
			}
			else if (object.has(name)) {
				// which of the two is meant is unknown
				return MissingNode.getInstance();
			}
			else {
				object.set(name, this.reader.readTree(parser));
			}
		}
		return object;
	}

}
