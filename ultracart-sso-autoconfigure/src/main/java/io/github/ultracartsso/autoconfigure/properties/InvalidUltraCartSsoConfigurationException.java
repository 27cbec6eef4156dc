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

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when the configuration properties hold mistakes with which users could not sign
 * in, or not safely. It holds all mistakes, not only the first.
 */
final class InvalidUltraCartSsoConfigurationException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final transient List<Mistake> mistakes;

	InvalidUltraCartSsoConfigurationException(List<Mistake> mistakes) {
		super(mistakes.stream().map(Mistake::description).collect(Collectors.joining("; ")));
		this.mistakes = List.copyOf(mistakes);
	}

	List<Mistake> getMistakes() {
		return this.mistakes;
	}

	/**
	 * A mistake.
	 *
	 * @param description which property it is about, and what is wrong
	 * @param remedy what to do
	 */
	record Mistake(String description, String remedy) {

	}

}
