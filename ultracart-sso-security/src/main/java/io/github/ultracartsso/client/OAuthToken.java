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
 * An OAuth access token or refresh token. Its holder acts as the application, so like a
 * {@link SimpleKey} it masks itself in {@link #toString()}, and it is deliberately not
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
	 * @param value the token as issued by UltraCart
	 * @return the token
	 * @throws IllegalArgumentException if the value is blank or contains anything but
	 * visible ASCII characters; the message does not contain the value
	 */
	public static OAuthToken of(String value) {
		Assert.isTrue(StringUtils.hasLength(value) && value.chars().allMatch((ch) -> ch > 0x20 && ch < 0x7f),
				"A token must consist of visible ASCII characters");
		return new OAuthToken(value);
	}

	/**
	 * Returns the token in clear. Send it to UltraCart or keep it in a store for secrets,
	 * and nothing else.
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
