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

import java.util.function.Consumer;

import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Customizes an {@code HttpClient} for calls to UltraCart: adds the time limit of calls,
 * and disables defaults that are unsafe here:
 * <ul>
 * <li>retries: a {@code PUT} is sent again on 503 and 429 by default, and a code is valid
 * for one exchange only;</li>
 * <li>redirects: the header with the key would be sent along;</li>
 * <li>cookies and cached authentication state: the calls of many users share the
 * client.</li>
 * </ul>
 *
 * @since 0.1
 */
public final class UltraCartHttpClientCustomizer implements Consumer<HttpClientBuilder> {

	private final @Nullable CallTimeLimit timeLimit;

	/**
	 * Creates a customizer without a time limit.
	 */
	public UltraCartHttpClientCustomizer() {
		this.timeLimit = null;
	}

	/**
	 * Creates a customizer.
	 * @param timeLimit the time limit of calls
	 */
	public UltraCartHttpClientCustomizer(CallTimeLimit timeLimit) {
		Assert.notNull(timeLimit, "timeLimit cannot be null");
		this.timeLimit = timeLimit;
	}

	@Override
	public void accept(HttpClientBuilder builder) {
		if (this.timeLimit != null) {
			builder.addExecInterceptorFirst(CallTimeLimit.class.getName(), this.timeLimit);
		}
		builder.disableAutomaticRetries().disableRedirectHandling().disableCookieManagement().disableAuthCaching();
	}

}
