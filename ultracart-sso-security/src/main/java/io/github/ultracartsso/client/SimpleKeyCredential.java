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

import org.springframework.http.HttpHeaders;

/**
 * Authenticates calls with a simple key: the application's own, or, on calls that concern
 * an SSO session, the user's.
 *
 * @since 0.1
 */
public final class SimpleKeyCredential implements ApplicationCredential {

	/**
	 * The header that carries a simple key, raw and without a prefix.
	 */
	public static final String SIMPLE_KEY_HEADER = "x-ultracart-simple-key";

	private final SimpleKey simpleKey;

	/**
	 * Creates a credential.
	 * @param simpleKey the key
	 */
	public SimpleKeyCredential(SimpleKey simpleKey) {
		this.simpleKey = simpleKey;
	}

	@Override
	public void authenticate(HttpHeaders headers) {
		headers.set(SIMPLE_KEY_HEADER, this.simpleKey.value());
	}

	@Override
	public String toString() {
		return "SimpleKeyCredential[" + this.simpleKey + "]";
	}

}
