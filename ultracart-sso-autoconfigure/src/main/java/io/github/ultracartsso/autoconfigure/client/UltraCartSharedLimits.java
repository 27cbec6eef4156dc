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

package io.github.ultracartsso.autoconfigure.client;

import java.util.Arrays;
import java.util.HexFormat;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.traffic.ResilientLimitStore;
import io.github.ultracartsso.session.sealing.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * Where the instances of an application share UltraCart's limits, and under which name.
 * This type is shared between packages of this module and is no API for applications.
 *
 * @param store the store, or {@code null} if each instance has its own limits
 * @param group the name
 */
public record UltraCartSharedLimits(@Nullable ResilientLimitStore store, String group) implements AutoCloseable {

	private static final int DIGEST_BYTES = 8;

	static UltraCartSharedLimits none() {
		return new UltraCartSharedLimits(null, "");
	}

	@Override
	public void close() {
		if (this.store != null) {
			this.store.close();
		}
	}

	/**
	 * Names a group after the URL of the API and the credential of the application. A
	 * credential that is neither a simple key nor in the properties has no part in it,
	 * because it may change.
	 */
	static String defaultGroup(UltraCartSsoProperties properties, @Nullable UltraCartSsoConnectionDetails connection) {
		String baseUrl = (connection != null) ? connection.getBaseUrl().toString() : properties.baseUrl();
		String credential = (connection != null) ? simpleKey(connection.getApplicationCredential()) : "";
		UltraCartSsoProperties.Oauth oauth = properties.oauth();
		// safe to store: credentials are random and long, so none can be found by trying,
		// and 64 bits of a digest that also depends on the URL identify none elsewhere
		byte[] digest = Sha256.digest(String.join("\n", "ultracart.sso.limits.group", baseUrl,
				credential.isEmpty() ? oauth.clientId() + "\n" + oauth.refreshToken() : credential));
		return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
	}

	private static String simpleKey(ApplicationCredential credential) {
		HttpHeaders headers = new HttpHeaders();
		if (credential instanceof SimpleKeyCredential) {
			credential.authenticate(headers);
		}
		String key = headers.getFirst(SimpleKeyCredential.SIMPLE_KEY_HEADER);
		return (key != null) ? key : "";
	}

}
