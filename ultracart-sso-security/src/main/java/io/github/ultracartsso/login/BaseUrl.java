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

import org.springframework.util.Assert;

/**
 * Base URL of the application as a request names it. The host is what the client or a
 * proxy has sent and may be forged.
 *
 * @param url scheme, host, port unless it is the default of the scheme, and context path
 * @param local whether a client on the machine of the application has sent the request to
 * the application itself, without a proxy in between. Only then a loopback host is the
 * application
 * @since 0.1
 */
public record BaseUrl(String url, boolean local) {

	/**
	 * Creates a base URL.
	 * @param url scheme, host, port and context path, not {@code null}
	 * @param local whether the request comes from the same machine without a proxy
	 */
	public BaseUrl {
		Assert.notNull(url, "url cannot be null");
	}

}
