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

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.TestSecrets;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;

/**
 * As whom a call that is not part of single sign-on is made.
 */
enum TestCaller {

	USER(null, TestSecrets.USER_KEY.value()),

	APPLICATION(new SimpleKeyCredential(TestSecrets.APPLICATION_KEY), TestSecrets.APPLICATION_KEY.value()),

	APPLICATION_WITH_TOKEN((headers) -> headers.setBearerAuth("access-token-4711"), "access-token-4711");

	@SuppressWarnings("ImmutableEnumChecker") // has no state
	private final @Nullable ApplicationCredential applicationCredential;

	private final String secret;

	TestCaller(@Nullable ApplicationCredential applicationCredential, String secret) {
		this.applicationCredential = applicationCredential;
		this.secret = secret;
	}

	/**
	 * Returns what the caller sends in a header to authenticate itself.
	 */
	String secret() {
		return this.secret;
	}

	/**
	 * Returns the name of a call of this caller in logs and exceptions.
	 */
	String nameOf(String call) {
		return (this.applicationCredential != null) ? call + " as the application" : call;
	}

	UltraCartApiResponse make(UltraCartApiTransport transport) {
		return send(transport, TestUserCall.request(transport));
	}

	UltraCartApiResponse send(UltraCartApiTransport transport, HttpRequest request) {
		return (this.applicationCredential != null) ? transport.send(request, new byte[0], this.applicationCredential)
				: transport.send(request, new byte[0], TestSecrets.USER_KEY);
	}

}
