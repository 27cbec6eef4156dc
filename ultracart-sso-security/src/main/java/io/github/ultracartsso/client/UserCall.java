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

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;

/**
 * A call that an application makes with the key of a user, of whatever it needs. A
 * success shows that UltraCart can be reached; a failure may be about what was asked for,
 * and shows nothing.
 *
 * @param callName the method and the path, without the query, which may tell of people
 */
record UserCall(String callName) implements GatedCall {

	private static final int MAX_NAME_LENGTH = 200;

	static UserCall of(HttpMethod method, URI url, Redaction redaction) {
		return new UserCall(redaction.clean(method.name() + " " + url.getRawPath(), MAX_NAME_LENGTH));
	}

	@Override
	public boolean isSingleSignOn() {
		return false;
	}

	@Override
	public boolean isMadeByApplication() {
		return false;
	}

	@Override
	public Health healthAfter(@Nullable UltraCartApiFailure failure) {
		return (failure == null) ? Health.GOOD : Health.UNKNOWN;
	}

}
