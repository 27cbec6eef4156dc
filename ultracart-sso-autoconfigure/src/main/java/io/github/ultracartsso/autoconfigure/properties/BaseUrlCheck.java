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

package io.github.ultracartsso.autoconfigure.properties;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.PlainHttpHosts;

/**
 * Checks the URL of UltraCart's REST API.
 */
final class BaseUrlCheck implements PropertiesCheck {

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		ConfiguredUrl baseUrl = ConfiguredUrl.of(properties.baseUrl());
		if (!baseUrl.isSecure(new PlainHttpHosts(properties.development().plainHttpHosts())) || baseUrl.hasQuery()) {
			mistakes.add(
					"ultracart.sso.base-url is '%s', but must be an absolute https URL without a query (http is accepted"
						.formatted(baseUrl.masked()) + " for a loopback host only)",
					"Remove ultracart.sso.base-url to use UltraCart's own, or set it to an https URL such as"
							+ " https://secure.ultracart.com/rest/v2." + ConfiguredUrl.PLAIN_HTTP_REMEDY);
		}
	}

}
