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

import io.github.ultracartsso.session.ClientAddress;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A browser that starts or completes a login.
 *
 * @param address the address of the client
 * @param knownAs what distinguishes the browser from others in which a login has been
 * completed before, or {@code null} if none has
 * @since 0.1
 */
public record StartingBrowser(String address, @Nullable String knownAs) {

	private static final String KNOWN = "known:";

	private static final String NEW = "new:";

	/**
	 * Creates a browser.
	 * @param address the address, not {@code null}
	 * @param knownAs what distinguishes it, or {@code null} if it is new
	 */
	public StartingBrowser {
		Assert.notNull(address, "address cannot be null");
	}

	/**
	 * Returns whether a login has been completed in this browser before.
	 * @return {@code true} if it is known
	 */
	public boolean isKnown() {
		return this.knownAs != null;
	}

	/**
	 * Returns what the starts of this browser are counted by: a known browser by itself,
	 * a new one by its network, because a stranger can open as many new browsers as they
	 * want. Both are digests.
	 */
	String source() {
		return (this.knownAs != null) ? KNOWN + StateDigest.of(this.knownAs)
				: NEW + StateDigest.of(ClientAddress.networkOf(this.address));
	}

	/**
	 * Returns whether a source is a known browser.
	 */
	static boolean isKnown(String source) {
		return source.startsWith(KNOWN);
	}

}
