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

package io.github.ultracartsso.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpSession;

/**
 * Determines how large a session is after a login.
 *
 * @param serializedBytes the bytes of all attributes in Java serialization, each
 * attribute by itself, as session stores write them
 * @param heapBytes the bytes of heap that one more session occupies
 */
record SessionSize(long serializedBytes, long heapBytes) {

	/**
	 * Determines the size from the sessions of as many logins. What all sessions refer to
	 * is not counted, since it exists once.
	 */
	static SessionSize of(LoginMechanism mechanism, int logins) {
		// records hide their field offsets, which JOL then works out by itself
		System.setProperty("jol.magicFieldOffset", "true");
		System.setProperty("jol.skipDynamicAttach", "true");
		try (BenchmarkApplication application = new BenchmarkApplication(mechanism)) {
			List<HttpSession> sessions = Stream.generate(() -> application.signIn().session()).limit(logins).toList();
			long serializedBytes = attributes(sessions.get(0)).mapToLong(SessionSize::serializedBytes).sum();
			long heapBytes = heapBytes(sessions) - heapBytes(sessions.subList(0, 1));
			return new SessionSize(serializedBytes, heapBytes / (logins - 1));
		}
	}

	private static long heapBytes(List<HttpSession> sessions) {
		return HeapSize.of(sessions.stream().flatMap(SessionSize::attributes).toList());
	}

	private static Stream<Object> attributes(HttpSession session) {
		return Collections.list(session.getAttributeNames()).stream().map(session::getAttribute);
	}

	private static long serializedBytes(Object attribute) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(attribute);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.size();
	}

}
