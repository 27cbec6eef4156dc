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

package io.github.ultracartsso.sample.cluster;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.web.util.HtmlUtils;

/**
 * A value that must not be exposed, in all forms in which it could be.
 */
final class Secret {

	private final String name;

	private final Set<String> forms = new LinkedHashSet<>();

	private Secret(String name, byte[] value) {
		this.name = name;
		this.forms.add(new String(value, StandardCharsets.ISO_8859_1));
		HexFormat hex = HexFormat.of();
		this.forms.add(hex.formatHex(value));
		this.forms.add(hex.withUpperCase().formatHex(value));
		for (int before = 0; before < 3; before++) {
			this.forms.add(within(value, before, Base64.getEncoder()));
			this.forms.add(within(value, before, Base64.getUrlEncoder()));
		}
	}

	/**
	 * A secret that is text.
	 */
	static Secret ofText(String name, String value) {
		Secret secret = new Secret(name, value.getBytes(StandardCharsets.UTF_8));
		secret.addEscaped(value);
		return secret;
	}

	/**
	 * A secret that is bytes, configured in Base64.
	 */
	static Secret ofBase64(String name, String value) {
		Secret secret = new Secret(name, Base64.getDecoder().decode(value));
		secret.forms.add(value);
		secret.addEscaped(value);
		return secret;
	}

	private void addEscaped(String value) {
		this.forms.add(URLEncoder.encode(value, StandardCharsets.UTF_8));
		this.forms.add(HtmlUtils.htmlEscape(value));
	}

	/**
	 * Returns the part that is common to the Base64 of all longer texts that contain the
	 * value after the given number of bytes. The letters at its edges also depend on the
	 * adjacent bytes.
	 */
	private static String within(byte[] value, int before, Base64.Encoder encoder) {
		byte[] longer = new byte[before + value.length];
		System.arraycopy(value, 0, longer, before, value.length);
		String encoded = encoder.encodeToString(longer);
		return encoded.substring((before * 8 + 5) / 6, longer.length * 8 / 6);
	}

	boolean isIn(String text) {
		return this.forms.stream().anyMatch(text::contains);
	}

	/**
	 * Returns the name of the secret, never its value.
	 */
	@Override
	public String toString() {
		return this.name;
	}

}
