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
 * @param since a user who has signed in since then needs no other login to go there: the
 * epoch if they were not signed in with UltraCart, else the time of the request, which
 * was rejected nevertheless
 * @since 0.1
 */
public record ReturnTarget(String url, Instant since) implements Serializable {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates a target.
	 * @param url the URL, not {@code null}
	 * @param since the time, not {@code null}
	 */
	public ReturnTarget {
		Assert.notNull(url, "url cannot be null");
		Assert.notNull(since, "since cannot be null");
	}

}
