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

package io.github.ultracartsso.web;

import java.io.IOException;
import java.util.Collections;

import jakarta.servlet.http.HttpSession;

import org.springframework.core.serializer.DefaultDeserializer;
import org.springframework.core.serializer.DefaultSerializer;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockServletContext;

/**
 * Does to HTTP sessions what session stores do to them.
 */
public final class TestHttpSessions {

	private TestHttpSessions() {
	}

	/**
	 * Returns the session as a request gets it whose session store has written it
	 * somewhere and read it from there.
	 */
	public static MockHttpSession copyOf(HttpSession session) {
		MockHttpSession copy = new MockHttpSession(new MockServletContext(), session.getId());
		for (String name : Collections.list(session.getAttributeNames())) {
			copy.setAttribute(name, deserialize(serialize(session.getAttribute(name))));
		}
		return copy;
	}

	/**
	 * Returns the attribute as a session store writes it.
	 */
	public static byte[] serialize(Object attribute) {
		try {
			return new DefaultSerializer().serializeToByteArray(attribute);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static Object deserialize(byte[] bytes) {
		try {
			return new DefaultDeserializer().deserializeFromByteArray(bytes);
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

}
