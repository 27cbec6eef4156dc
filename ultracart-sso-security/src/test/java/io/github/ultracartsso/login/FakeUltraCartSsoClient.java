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

package io.github.ultracartsso.login;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;

/**
 * Client without a network. Every call succeeds unless a test sets another response, and
 * all calls are recorded. The key for a code is {@code key-of-<code>}, and all keys
 * belong to the same user.
 */
public final class FakeUltraCartSsoClient implements UltraCartSsoClient {

	public static final String LOGIN_URL = "https://secure.ultracart.com/sso/login?opid=1";

	public static final User USER = jane("View Items");

	private final List<SingleSignOnAuthorizeRequest> authorized = Collections.synchronizedList(new ArrayList<>());

	private final List<String> exchanged = Collections.synchronizedList(new ArrayList<>());

	private final List<String> read = Collections.synchronizedList(new ArrayList<>());

	private final List<String> revoked = Collections.synchronizedList(new ArrayList<>());

	private final List<String> revokedInTurn = Collections.synchronizedList(new ArrayList<>());

	private Function<SingleSignOnAuthorizeRequest, SingleSignOnAuthorizeResponse> authorize = (
			request) -> new SingleSignOnAuthorizeResponse(LOGIN_URL, null);

	private Function<String, SingleSignOnTokenResponse> exchange = (code) -> new SingleSignOnTokenResponse(keyOf(code),
			null, null);

	private Function<SimpleKey, User> sessionUser = (key) -> USER;

	private Runnable revoke = () -> {
	};

	private Runnable checkStart = () -> {
	};

	private int knownStarts;

	private int knownExchanges;

	/**
	 * Creates one whose login page has the state of the login in its URL, where browsers
	 * in tests look for it.
	 */
	public static FakeUltraCartSsoClient forBrowsers() {
		FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();
		client.onAuthorize((request) -> new SingleSignOnAuthorizeResponse(
				"https://secure.ultracart.com/sso/login?opid=" + request.state(), null));
		return client;
	}

	/**
	 * Returns the key that is given for a code.
	 */
	public static SimpleKey keyOf(String code) {
		return SimpleKey.of("key-of-" + code);
	}

	/**
	 * Returns the user of every key, as one who was granted the permissions.
	 */
	public static User jane(String... permissions) {
		return new User(42, "Jane!ops", "Jane Doe", "jane@example.com",
				Stream.of(permissions).map((name) -> new Permission("Items", name, true)).toList(), List.of());
	}

	/**
	 * Returns what a call throws that UltraCart answers in such a way.
	 */
	public static UltraCartApiException failure(UltraCartApiFailure failure) {
		return UltraCartApiException.withFailure(failure, "the call failed: " + failure).requestId("req-1").build();
	}

	/**
	 * Sets the answer to requests for a login.
	 */
	public void onAuthorize(Function<SingleSignOnAuthorizeRequest, SingleSignOnAuthorizeResponse> answer) {
		this.authorize = answer;
	}

	/**
	 * Sets the answer to exchanges.
	 */
	public void onExchange(Function<String, SingleSignOnTokenResponse> answer) {
		this.exchange = answer;
	}

	/**
	 * Sets the answer to readings of the user.
	 */
	public void onSessionUser(Function<SimpleKey, User> answer) {
		this.sessionUser = answer;
	}

	/**
	 * Sets what a revocation does.
	 */
	public void onRevoke(Runnable answer) {
		this.revoke = answer;
	}

	/**
	 * Sets what happens before a login is started.
	 */
	public void onCheckStart(Runnable answer) {
		this.checkStart = answer;
	}

	/**
	 * Returns how many logins were started by known browsers.
	 */
	public int knownStarts() {
		return this.knownStarts;
	}

	/**
	 * Returns how many codes were exchanged in known browsers.
	 */
	public int knownExchanges() {
		return this.knownExchanges;
	}

	/**
	 * Returns the requests for a login.
	 */
	public List<SingleSignOnAuthorizeRequest> authorized() {
		return this.authorized;
	}

	/**
	 * Returns the codes that were exchanged.
	 */
	public List<String> exchanged() {
		return this.exchanged;
	}

	/**
	 * Returns the keys whose users were read.
	 */
	public List<String> read() {
		return this.read;
	}

	/**
	 * Returns the {@linkplain #revoked() revoked} keys whose calls waited for their turn.
	 */
	public List<String> revokedInTurn() {
		return List.copyOf(this.revokedInTurn);
	}

	/**
	 * Returns the keys that were revoked.
	 */
	public List<String> revoked() {
		return this.revoked;
	}

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		this.authorized.add(request);
		return this.authorize.apply(request);
	}

	@Override
	public SingleSignOnAuthorizeResponse authorizeKnown(SingleSignOnAuthorizeRequest request) {
		this.knownStarts++;
		return authorize(request);
	}

	@Override
	public void checkStart(boolean known) {
		this.checkStart.run();
	}

	@Override
	public SingleSignOnTokenResponse exchange(String code) {
		this.exchanged.add(code);
		return this.exchange.apply(code);
	}

	@Override
	public SingleSignOnTokenResponse exchangeKnown(String code) {
		this.knownExchanges++;
		return exchange(code);
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		this.read.add(simpleKey.value());
		return this.sessionUser.apply(simpleKey);
	}

	@Override
	public void revokeInTurn(SimpleKey simpleKey) {
		this.revokedInTurn.add(simpleKey.value());
		revoke(simpleKey);
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		this.revoked.add(simpleKey.value());
		this.revoke.run();
	}

}
