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

package io.github.ultracartsso.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * An UltraCart simple key. Its holder acts as its owner, so it masks itself in
 * {@link #toString()} and in JSON, and it is deliberately not
 * {@link java.io.Serializable}: a key leaves the memory of the JVM only sealed, or as a
 * request header to UltraCart.
 *
 * @since 0.1
 */
public final class SimpleKey {

	private static final String MASK = "******";

	private final String value;

	private SimpleKey(String value) {
		this.value = value;
	}

	/**
	 * Returns the given key. UltraCart does not document its format; only what cannot be
	 * sent as a header is rejected.
	 * @param value the key as issued by UltraCart
	 * @return the key
	 * @throws IllegalArgumentException if the value is blank or contains anything but
	 * visible ASCII characters; the message does not contain the value
	 */
	@JsonCreator
	public static SimpleKey of(String value) {
		Assert.hasText(value, "A simple key must not be blank");
		Assert.isTrue(value.chars().allMatch((ch) -> ch > 0x20 && ch < 0x7f),
				"A simple key must consist of visible ASCII characters");
		return new SimpleKey(value);
	}

	/**
	 * Returns the key in clear. Send it to UltraCart only.
	 * @return the key in clear
	 */
	public String value() {
		return this.value;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof SimpleKey other && MessageDigest.isEqual(bytes(), other.bytes()));
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	private byte[] bytes() {
		return this.value.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Returns a mask, never the key.
	 * @return the mask
	 */
	@Override
	@JsonValue
	public String toString() {
		return MASK;
	}

}
