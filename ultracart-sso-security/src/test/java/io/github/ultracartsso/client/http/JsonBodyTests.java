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

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link JsonBody}.
 */
class JsonBodyTests {

	private static final int MAX_LENGTH = 10_000;

	private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
		.maxDocumentLength(MAX_LENGTH)
		.maxNestingDepth(10)
		.maxStringLength(100)
		.maxTokenCount(100)
		.build();

	private static final Set<String> MEMBERS = Set.of("a", "b");

	private final JsonBody body = new JsonBody(
			JsonMapper.builder(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build())
				.enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
				.build());

	@Test
	void readWhenObjectThenWantedMembersAlone() throws IOException {
		assertThat(read(" {\"x\": {\"a\": [1, {}]}, \"a\": {\"x\": 1}, \"y\": \"2\", \"b\": null} \r\n").toString())
			.isEqualTo("{\"a\":{\"x\":1},\"b\":null}");
	}

	@Test
	void readWhenEmptyObjectThenEmptyObject() throws IOException {
		assertThat(read("{}").toString()).isEqualTo("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "null", "[]", "[{\"a\": 1}]", "5", "\"a\"", "<html>", "\u0000", "{", "{\"a\"",
			"{\"a\": 1", "{\"a\": 1,}", "{a: 1}", "{'a': 1}", "{\"x\": [1, 2}", "{\"a\": 1}}", "{\"a\": 1}{\"b\": 2}",
			"{\"a\": NaN}", "{\"a\": 1} // well" })
	void readWhenAnythingElseThenMissing(String json) throws IOException {
		assertThat(read(json).isMissingNode()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": 1, \"a\": 1}", "{\"a\": null, \"x\": 1, \"a\": 2}",
			"{\"a\": [{\"selected\": false, \"selected\": true}]}" })
	void readWhenMemberTwiceThenMissing(String json) throws IOException {
		assertThat(read(json).isMissingNode()).isTrue();
	}

	@Test
	void readWhenUnwantedMemberTwiceThenRead() throws IOException {
		assertThat(read("{\"x\": 1, \"x\": 2, \"a\": 3}").toString()).isEqualTo("{\"a\":3}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\": \"\u00ff\"}", "{\"a\": \"\u00e2\u0082\"}", "\u00ff\u00fe", "\u00fe\u00ff\u0000",
			"\u0000\u0000\u0000{\u0011\u0000\u0000\u0000", "\u00ef\u00bb\u00bf\u0080" })
	void readWhenNoUnicodeThenMissing(String bytes) throws IOException {
		assertThat(this.body.read(new ByteArrayInputStream(bytes.getBytes(StandardCharsets.ISO_8859_1)), MEMBERS)
			.isMissingNode()).isTrue();
	}

	// G2
	@ParameterizedTest
	@ValueSource(strings = { "a", "x" })
	void readWhenTooDeepThenThrowConstraintsException(String member) {
		tooLarge("{\"" + member + "\": " + "[".repeat(10) + "]".repeat(10) + "}");
	}

	// G2: what is not wanted is read past, however long
	@Test
	void readWhenStringTooLongThenThrowConstraintsExceptionIfWanted() throws IOException {
		tooLarge("{\"a\": \"" + "s".repeat(101) + "\"}");
		assertThat(read("{\"x\": \"" + "s".repeat(9000) + "\"}").toString()).isEqualTo("{}");
	}

	// G2
	@Test
	void readWhenTooManyTokensThenThrowConstraintsException() {
		tooLarge("{\"x\": [" + "1,".repeat(100) + "1]}");
	}

	// G2
	@Test
	void readWhenEndlessThenThrowConstraintsException() {
		EndlessSpaces spaces = new EndlessSpaces();
		assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> this.body.read(
				new SequenceInputStream(new ByteArrayInputStream("{\"a\":".getBytes(StandardCharsets.UTF_8)), spaces),
				MEMBERS));
		assertThat(spaces.taken).isLessThan(3 * MAX_LENGTH);
		assertThat(spaces.closed).isFalse();
	}

	@Test
	void readWhenStreamFailsThenItsException() throws IOException {
		InputStream closed = InputStream.nullInputStream();
		closed.close();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.body.read(closed, MEMBERS))
			.withMessage("Stream closed");
	}

	private void tooLarge(String json) {
		assertThatExceptionOfType(StreamConstraintsException.class).isThrownBy(() -> read(json));
	}

	private JsonNode read(String json) throws IOException {
		return this.body.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), MEMBERS);
	}

	/**
	 * Must not be read to its end, nor closed by somebody who would do so.
	 */
	private static final class EndlessSpaces extends InputStream {

		private int taken;

		private boolean closed;

		@Override
		public int read() {
			this.taken++;
			return ' ';
		}

		@Override
		public int read(byte[] bytes, int offset, int length) {
			this.taken += length;
			Arrays.fill(bytes, offset, offset + length, (byte) ' ');
			return length;
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
