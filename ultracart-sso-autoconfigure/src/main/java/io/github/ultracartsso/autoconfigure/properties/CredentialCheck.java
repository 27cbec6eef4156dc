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
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks that there is exactly one credential of the application, a simple key or OAuth.
 */
final class CredentialCheck implements PropertiesCheck {

	private static final String SIMPLE_KEY = "ultracart.sso.simple-key";

	private static final String CLIENT_ID = "ultracart.sso.oauth.client-id";

	private static final String REFRESH_TOKEN = "ultracart.sso.oauth.refresh-token";

	private static final Pattern QUOTATION_MARKS = Pattern.compile("[\"'`\\x{2018}-\\x{201f}\\x{ab}\\x{bb}]");

	private static final Pattern SCHEME = Pattern.compile("(?i)((bearer|basic)[\\s:=]|x-ultracart-simple-key).*");

	/**
	 * What templates, encrypted configurations and instructions have in place of a value.
	 */
	private static final Pattern STAND_IN = Pattern.compile(".*[<>{}()].*|\\$\\w+|%\\w+%|@[\\w.-]+@|\\*+");

	private final @Nullable String keyElsewhere;

	/**
	 * Creates the check.
	 * @param keyElsewhere a property or variable that may hold the key, but is not read,
	 * or {@code null} if there is none
	 */
	CredentialCheck(@Nullable String keyElsewhere) {
		this.keyElsewhere = keyElsewhere;
	}

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		UltraCartSsoProperties.Oauth oauth = properties.oauth();
		boolean hasSimpleKey = StringUtils.hasText(properties.simpleKey());
		boolean hasOauth = StringUtils.hasText(oauth.clientId()) || StringUtils.hasText(oauth.refreshToken());
		if (hasSimpleKey && hasOauth) {
			mistakes.add(
					"ultracart.sso.simple-key and ultracart.sso.oauth.* are both set, but the application can"
							+ " authenticate itself in one way only",
					"Remove ultracart.sso.oauth.* and keep the simple key, or remove ultracart.sso.simple-key and keep"
							+ " OAuth.");
		}
		else if (!hasSimpleKey && !hasOauth) {
			mistakes.add(
					"ultracart.sso.simple-key is not set, so the application cannot authenticate itself to UltraCart"
							+ ((this.keyElsewhere != null)
									? " (%s is, but is not read unless ultracart.sso.simple-key refers to it)"
										.formatted(this.keyElsewhere)
									: ""),
					"Set ultracart.sso.simple-key to the key of an authorized application with the Single Sign-on write"
							+ " permission (in UltraCart: Configuration, Development, Authorized Applications / API"
							+ " Keys), or set ultracart.sso.oauth.client-id and ultracart.sso.oauth.refresh-token of a"
							+ " developer application that has it, or define an UltraCartSsoConnectionDetails bean, as"
							+ " the UltraCart simulator does. To start without UltraCart, set"
							+ " ultracart.sso.enabled=false.");
		}
		if (hasSimpleKey) {
			checkSecret(SIMPLE_KEY, "key", properties.simpleKey(), mistakes);
		}
		if (hasOauth) {
			checkPair(CLIENT_ID, oauth.clientId(), REFRESH_TOKEN, mistakes);
			checkPair(REFRESH_TOKEN, oauth.refreshToken(), CLIENT_ID, mistakes);
			checkSecret(CLIENT_ID, "client id", oauth.clientId(), mistakes);
			checkSecret(REFRESH_TOKEN, "token", oauth.refreshToken(), mistakes);
		}
	}

	private static void checkPair(String property, @Nullable String value, String other, Mistakes mistakes) {
		if (!StringUtils.hasText(value)) {
			mistakes.add("%s is not set, but %s is, and OAuth takes both".formatted(property, other),
					"Set %s, or remove %s and set ultracart.sso.simple-key.".formatted(property, other));
		}
	}

	private static void checkSecret(String property, String kind, @Nullable String secret, Mistakes mistakes) {
		if (!StringUtils.hasText(secret) || mistakes.addIfPlaceholder(property, secret, kind, "")) {
			return;
		}
		String withoutMarks = QUOTATION_MARKS.matcher(secret).replaceAll("");
		if (SCHEME.matcher(withoutMarks.strip()).matches()) {
			mistakes.add("%s begins with the name of a header or of a scheme such as Bearer".formatted(property),
					"Write the %s alone, without what precedes it in a request.".formatted(kind));
		}
		else if (STAND_IN.matcher(withoutMarks).matches()) {
			mistakes.add(
					"%s has something in place of a %s that was not replaced or decrypted".formatted(property, kind),
					"Set %s to the %s itself, or have it replaced or decrypted.".formatted(property, kind));
		}
		else if (!withoutMarks.chars().allMatch((ch) -> ch > 0x20 && ch < 0x7f)) {
			mistakes.add("%s has characters that cannot be part of a %s, such as blanks".formatted(property, kind),
					"Copy the %s again, without quotes, blanks or line ends.".formatted(kind));
		}
		else if (!withoutMarks.equals(secret)) {
			mistakes.add("%s has quotation marks, which are not part of a %s".formatted(property, kind),
					"Write the %s without quotes. They belong to the value in .properties files, in env files and in YAML within other quotes."
						.formatted(kind));
		}
	}

}
