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

package io.github.ultracartsso.authorization;

import java.io.Serial;
import java.util.List;

import org.springframework.security.authorization.AuthorizationDecision;

/**
 * Decision of a check by names of UltraCart, with what the user lacks. An
 * {@link org.springframework.security.authorization.AuthorizationDeniedException} has it
 * as its result.
 *
 * @since 0.1
 */
public final class UltraCartAuthorizationDecision extends AuthorizationDecision {

	static final UltraCartAuthorizationDecision GRANTED = new UltraCartAuthorizationDecision(true, List.of(), false);

	@Serial
	private static final long serialVersionUID = 1L;

	@SuppressWarnings("serial")
	private final List<String> missing;

	private final boolean anyEnough;

	private final boolean allRequired;

	UltraCartAuthorizationDecision(boolean granted, List<String> missing, boolean anyEnough) {
		this(granted, missing, anyEnough, !anyEnough);
	}

	UltraCartAuthorizationDecision(boolean granted, List<String> missing, boolean anyEnough, boolean allRequired) {
		super(granted);
		this.missing = missing;
		this.anyEnough = anyEnough;
		this.allRequired = allRequired;
	}

	/**
	 * Returns what the user lacks.
	 * @return names of permissions, and of groups as {@code group:<name>}, spelled as in
	 * UltraCart. Empty if access is granted
	 */
	public List<String> getMissing() {
		return this.missing;
	}

	/**
	 * Returns whether one of {@linkplain #getMissing() what is missing} is enough.
	 * @return {@code false} if more is required, or if the check does not tell
	 */
	public boolean isAnyEnough() {
		return this.anyEnough;
	}

	/**
	 * Returns whether all of {@linkplain #getMissing() what is missing} is required.
	 * @return {@code false} if less is enough, or if the check does not tell
	 */
	public boolean isAllRequired() {
		return this.allRequired;
	}

	@Override
	public String toString() {
		return "UltraCartAuthorizationDecision [granted=" + isGranted() + ", missing=" + this.missing + "]";
	}

}
