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

package io.github.ultracartsso.autoconfigure.api;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown at start if an HTTP service group for calls to UltraCart is configured in a way
 * that cannot be followed.
 */
final class UnsuitableHttpServiceGroupException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final String remedy;

	/**
	 * Creates the exception for one mistake.
	 * @param description what is wrong, without a full stop
	 * @param remedy what to do
	 */
	UnsuitableHttpServiceGroupException(String description, String remedy) {
		this(List.of(new Mistake(description, remedy)));
	}

	/**
	 * Creates the exception for several mistakes.
	 * @param mistakes the mistakes, at least one
	 */
	UnsuitableHttpServiceGroupException(List<Mistake> mistakes) {
		super(mistakes.stream().map(Mistake::description).collect(Collectors.joining(".\n")));
		this.remedy = mistakes.stream().map(Mistake::remedy).collect(Collectors.joining("\n"));
	}

	String remedy() {
		return this.remedy;
	}

	/**
	 * A mistake in the configuration.
	 *
	 * @param description what is wrong, without a full stop
	 * @param remedy what to do
	 */
	record Mistake(String description, String remedy) {

	}

}
