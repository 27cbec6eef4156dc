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

package io.github.ultracartsso.config;

import java.io.Serial;

/**
 * Thrown at start when a filter chain is configured in such a way that its users could
 * not sign in with UltraCart, or not safely.
 *
 * @since 0.1
 */
public final class UnsuitableFilterChainException extends IllegalStateException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String description;

	private final String remedy;

	/**
	 * Creates an exception.
	 * @param description tells what of the chain does not fit, and why
	 * @param remedy tells what to do
	 */
	public UnsuitableFilterChainException(String description, String remedy) {
		super(description + " " + remedy);
		this.description = description;
		this.remedy = remedy;
	}

	/**
	 * Returns what of the chain does not fit, and why.
	 * @return the description
	 */
	public String getDescription() {
		return this.description;
	}

	/**
	 * Returns what to do.
	 * @return the remedy
	 */
	public String getRemedy() {
		return this.remedy;
	}

}
