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

import java.util.Arrays;
import java.util.List;

import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Checks that each encryption key is an AES-256 key in Base64 and is not repeated.
 */
final class EncryptionKeysCheck implements PropertiesCheck {

	private static final String ENCRYPTION_KEY = "ultracart.sso.session.encryption-keys[%d]";

	private static final String MAKE_KEY = " This makes a key: openssl rand -base64 32";

	@Override
	public void check(UltraCartSsoProperties properties, Mistakes mistakes) {
		List<String> texts = properties.session().encryptionKeys();
		List<byte @Nullable []> keys = texts.stream().map(EncryptionKeyReader::read).toList();
		for (int index = 0; index < texts.size(); index++) {
			String property = ENCRYPTION_KEY.formatted(index);
			if (!mistakes.addIfPlaceholder(property, texts.get(index), "key", MAKE_KEY)) {
				checkKey(property, texts.get(index), keys.get(index), mistakes);
				checkNotRepeated(property, keys.get(index), keys.subList(0, index), mistakes);
			}
		}
	}

	private static void checkKey(String property, String text, byte @Nullable [] key, Mistakes mistakes) {
		if (!StringUtils.hasText(text)) {
			mistakes.add(property + " is empty", "Remove it, or set it to a key." + MAKE_KEY);
		}
		else if (key == null) {
			mistakes.add(property + " is not Base64",
					"Copy the key again, without quotes, or make another." + MAKE_KEY);
		}
		else if (key.length != EncryptionKeyReader.KEY_BYTES) {
			mistakes.add("%s is Base64 of %d bytes, but an AES-256 key has exactly %d".formatted(property, key.length,
					EncryptionKeyReader.KEY_BYTES), "Set %s to another key.%s".formatted(property, MAKE_KEY));
		}
	}

	private static void checkNotRepeated(String property, byte @Nullable [] key, List<byte @Nullable []> before,
			Mistakes mistakes) {
		if (key == null || key.length != EncryptionKeyReader.KEY_BYTES) {
			return;
		}
		for (int index = 0; index < before.size(); index++) {
			if (Arrays.equals(key, before.get(index))) {
				mistakes.add("%s is the same key as %s".formatted(property, ENCRYPTION_KEY.formatted(index)),
						"Remove %s. To replace a key, put the new one before it.%s".formatted(property, MAKE_KEY));
				return;
			}
		}
	}

}
