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

package io.github.ultracartsso.autoconfigure.security;

import java.util.Objects;

import io.github.ultracartsso.config.CollidingLoginUrlsException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a {@link CollidingLoginUrlsException}.
 */
final class CollidingLoginUrlsFailureAnalyzer extends AbstractFailureAnalyzer<CollidingLoginUrlsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, CollidingLoginUrlsException cause) {
		return new FailureAnalysis(Objects.requireNonNull(cause.getMessage()) + ".",
				"Give each of them a path of its own, with the property or, in a filter chain of the application, with"
						+ " the option of ultraCartLogin() or logout() that is named in parentheses. By default the"
						+ " callback has the path of ultracart.sso.redirect-uri.",
				cause);
	}

}
