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

package io.github.ultracartsso.test.simulator.state;

import org.jspecify.annotations.Nullable;

/**
 * What is set once for a merchant. Not part of the API.
 *
 * @param id the merchant id
 * @param applicationKey the application's simple key, {@code null} for a random one
 * @param lifetimes how long what the simulator issues is valid
 * @param refreshTokenRotation whether each use of the OAuth refresh token replaces it
 */
public record MerchantSettings(String id, @Nullable String applicationKey, Lifetimes lifetimes,
		boolean refreshTokenRotation) {

	/**
	 * Returns the id only, because the key is a secret.
	 */
	@Override
	public String toString() {
		return "MerchantSettings[" + this.id + "]";
	}

}
