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

package io.github.ultracartsso.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;

/**
 * An UltraCart that answers the one call that is made for a user's key.
 */
final class StubClient implements UltraCartSsoClient {

	private final List<SimpleKey> keys = new ArrayList<>();

	private final Supplier<User> user;

	StubClient(Supplier<User> user) {
		this.user = user;
	}

	/**
	 * Returns the keys whose users were read.
	 */
	List<SimpleKey> keys() {
		return this.keys;
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		this.keys.add(simpleKey);
		return this.user.get();
	}

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		throw new UnsupportedOperationException();
	}

}
