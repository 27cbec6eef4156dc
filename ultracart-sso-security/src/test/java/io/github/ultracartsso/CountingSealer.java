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

package io.github.ultracartsso;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import org.jspecify.annotations.Nullable;

/**
 * Seals with a random key and counts how often something is opened.
 */
public final class CountingSealer implements SecretSealer {

	private final SecretSealer delegate = EncryptionKeys.random().sealer("test");

	private final AtomicInteger opened = new AtomicInteger();

	/**
	 * Returns how often something was opened, or tried to.
	 */
	public int opened() {
		return this.opened.get();
	}

	@Override
	public String seal(String secret) {
		return this.delegate.seal(secret);
	}

	@Override
	public @Nullable String open(String sealed) {
		this.opened.incrementAndGet();
		return this.delegate.open(sealed);
	}

	@Override
	public boolean canOpen(String sealed) {
		return this.delegate.canOpen(sealed);
	}

}
