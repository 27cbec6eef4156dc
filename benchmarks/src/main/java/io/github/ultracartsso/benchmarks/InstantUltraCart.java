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

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.UserGroupMembership;

/**
 * An UltraCart client that answers at once, without a network.
 */
final class InstantUltraCart implements UltraCartSsoClient {

	private volatile String lastState = "";

	private final AtomicInteger exchanges = new AtomicInteger();

	private final AtomicInteger users = new AtomicInteger();

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		this.lastState = request.state();
		return new SingleSignOnAuthorizeResponse("https://secure.ultracart.com/sso/login?opid=1", null);
	}

	/**
	 * Returns the state of the login that was started last.
	 */
	String lastState() {
		return this.lastState;
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		return new SingleSignOnTokenResponse(SimpleKey.of("%048x".formatted(this.exchanges.incrementAndGet())), null,
				"127.0.0.1");
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		return newUser(this.users.incrementAndGet());
	}

	static User newUser(int userId) {
		return new User(userId, "clerk" + userId, "Casey Clerk " + userId, "clerk" + userId + "@example.com",
				Permissions.create(), List.of(new UserGroupMembership(1, "Warehouse " + userId % 3, true),
						new UserGroupMembership(2, "Support", false)));
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
	}

}
