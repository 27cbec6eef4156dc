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

import java.util.regex.Pattern;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.PlainHttpHosts;

import org.springframework.util.StringUtils;

/**
 * Checks the logo of the sign-in page.
 */
final class SignInCheck implements PropertiesCheck {

	private static final Pattern PATH = Pattern.compile("/(?![/\\\\]).*");

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		String logoUrl = properties.signIn().logoUrl();
		if (!StringUtils.hasText(logoUrl)) {
			return;
		}
		ConfiguredUrl url = ConfiguredUrl.of(logoUrl.strip());
		PlainHttpHosts plainHttpHosts = new PlainHttpHosts(properties.development().plainHttpHosts());
		boolean path = url.uri() != null && PATH.matcher(url.text()).matches();
		if (!path && !(url.isSecure(plainHttpHosts) && url.uri() != null && url.uri().getRawUserInfo() == null)) {
			mistakes.add(
					"ultracart.sso.sign-in.logo-url is '%s', but must be a path that begins with /, or an absolute https URL"
						.formatted(url.masked()),
					"Write ultracart.sso.sign-in.logo-url as in /logo.svg or https://cdn.example.com/logo.svg.");
		}
	}

}
