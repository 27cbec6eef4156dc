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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Java serialization, as a session store does it.
 */
public final class Serialization {

	private Serialization() {
	}

	/**
	 * Returns what is left of an object in another process.
	 */
	public static <T> T roundTrip(T object, Class<T> type) {
		return deserialize(serialize(object), type);
	}

	/**
	 * Returns what was serialized.
	 */
	@SuppressWarnings("BanSerializableRead")
	public static <T> T deserialize(byte[] serialized, Class<T> type) {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized))) {
			return type.cast(in.readObject());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the names of all classes that an object is stored as.
	 */
	@SuppressWarnings("BanSerializableRead")
	public static Set<String> storedClasses(Object object) {
		Set<String> names = new TreeSet<>();
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialize(object))) {
			@Override
			protected Class<?> resolveClass(ObjectStreamClass desc) throws IOException, ClassNotFoundException {
				names.add(desc.getName());
				return super.resolveClass(desc);
			}
		}) {
			in.readObject();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
		return names;
	}

	/**
	 * Returns the stored form, in which any text of Latin letters can be searched for.
	 */
	public static String storedForm(Object object) {
		return new String(serialize(object), StandardCharsets.ISO_8859_1);
	}

	/**
	 * Returns the object as a session store writes it.
	 */
	public static byte[] serialize(Object object) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(object);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
