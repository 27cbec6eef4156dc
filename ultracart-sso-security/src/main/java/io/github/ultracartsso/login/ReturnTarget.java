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

import java.io.Serial;
import java.io.Serializable;
import java.time.Instant;

import org.springframework.util.Assert;

/**
 * URL that a user requested and returns to after the login.
 *
 * @param url the URL, relative to the context path
 * @param requestedAt when it was requested
 * @param signedIn whether the request was rejected although the user was signed in with
 * UltraCart, so that only a newer login helps
 * @since 0.1
 */
public record ReturnTarget(String url, Instant requestedAt, boolean signedIn) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates a target.
	 * @param url the URL, not {@code null}
	 * @param requestedAt the time, not {@code null}
	 * @param signedIn whether the user was signed in
	 */
	public ReturnTarget {
		Assert.notNull(url, "url cannot be null");
		Assert.notNull(requestedAt, "requestedAt cannot be null");
	}

	/**
	 * Returns since when a user must have signed in to need no other login.
	 * @return the time of the request if they were signed in then, else the epoch
	 */
	public Instant signedInSince() {
		return this.signedIn ? this.requestedAt : Instant.EPOCH;
	}

}
