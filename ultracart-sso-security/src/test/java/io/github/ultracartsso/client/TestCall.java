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

import org.jspecify.annotations.Nullable;

/**
 * The four calls, each with what it is made of.
 */
public enum TestCall {

	AUTHORIZE("ssoAuthorize", "PUT", "/sso/authorize", TestAnswers.AUTHORIZE),

	EXCHANGE("ssoToken", "PUT", "/sso/token", TestAnswers.TOKEN),

	SESSION_USER("getSsoSessionUser", "GET", "/sso/session/user", TestAnswers.USER),

	REVOKE("ssoSessionRevoke", "DELETE", "/sso/session/revoke", "{\"success\": true, \"metadata\": {}}");

	private final String operation;

	private final String method;

	private final String path;

	private final String answer;

	TestCall(String operation, String method, String path, String answer) {
		this.operation = operation;
		this.method = method;
		this.path = path;
		this.answer = answer;
	}

	/**
	 * Returns UltraCart's name of the call.
	 */
	public String operation() {
		return this.operation;
	}

	public String method() {
		return this.method;
	}

	public String path() {
		return this.path;
	}

	/**
	 * Returns what UltraCart answers if all is well.
	 */
	public String answer() {
		return this.answer;
	}

	/**
	 * Makes the call.
	 * @return what the client made of the answer, if anything
	 */
	public @Nullable Object make(UltraCartSsoClient client) {
		return switch (this) {
			case AUTHORIZE -> client.authorize(
					new SingleSignOnAuthorizeRequest("https://app.example.com/login/ultracart", TestSecrets.STATE));
			case EXCHANGE -> client.exchange(TestSecrets.CODE);
			case SESSION_USER -> client.sessionUser(TestSecrets.USER_KEY);
			case REVOKE -> {
				client.revoke(TestSecrets.USER_KEY);
				yield null;
			}
		};
	}

}
