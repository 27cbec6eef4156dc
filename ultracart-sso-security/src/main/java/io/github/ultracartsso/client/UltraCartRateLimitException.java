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

import java.io.Serial;

/**
 * UltraCart has had too many calls of this application or its IP address, or concurrent
 * calls (429), or the call was rejected to prevent that. {@link #getRetryAfter()} is how
 * long to wait before the next call. For calls that are not part of single sign-on it is
 * never {@code null}, and at most how long no call will be made.
 *
 * @since 0.1
 */
public final class UltraCartRateLimitException extends UltraCartApiException {

	@Serial
	private static final long serialVersionUID = 1L;

	UltraCartRateLimitException(Builder builder) {
		super(builder);
	}

}
