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

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * An access token or a refresh token. Whoever holds it acts as the application, so like a
 * {@link SimpleKey} it shows itself to nobody who does not ask for it by name:
 * {@link #toString()} gives a mask, and it is deliberately not
 * {@link java.io.Serializable}.
 *
 * @since 0.1
 */
public final class OAuthToken {

	private static final String MASK = "******";

	private final String value;

	private OAuthToken(String value) {
		this.value = value;
	}

	/**
	 * Returns the given token.
	 * @param value the token as UltraCart gave it
	 * @return the token
	 * @throws IllegalArgumentException if the value is blank or holds anything but
	 * visible ASCII characters; the message does not repeat the value
	 */
	public static OAuthToken of(String value) {
		Assert.isTrue(isToken(value), "A token must consist of visible ASCII characters");
		return new OAuthToken(value);
	}

	/**
	 * Returns whether this could be a token: it can be sent as a header.
	 */
	static boolean isToken(@Nullable String value) {
		return StringUtils.hasLength(value) && value.chars().allMatch((ch) -> ch > 0x20 && ch < 0x7f);
	}

	/**
	 * Returns the token in clear. Pass it on to UltraCart, or to where secrets are kept,
	 * alone.
	 * @return the token in clear
	 */
	public String value() {
		return this.value;
	}

	@Override
	public boolean equals(@Nullable Object obj) {
		return this == obj || (obj instanceof OAuthToken other && MessageDigest.isEqual(bytes(), other.bytes()));
	}

	@Override
	public int hashCode() {
		return this.value.hashCode();
	}

	private byte[] bytes() {
		return this.value.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Returns a mask, never the token.
	 * @return the mask
	 */
	@Override
	public String toString() {
		return MASK;
	}

}
