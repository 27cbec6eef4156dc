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

import io.github.ultracartsso.config.UnsuitableFilterChainException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes an {@link UnsuitableFilterChainException}. The report names the bean, because
 * an application may have several filter chains.
 */
final class UnsuitableFilterChainFailureAnalyzer extends AbstractFailureAnalyzer<UnsuitableFilterChainException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnsuitableFilterChainException cause) {
		String chain = chain(rootFailure);
		return new FailureAnalysis(
				cause.getDescription()
						+ ((chain != null) ? " The filter chain is the bean '%s'.".formatted(chain) : ""),
				cause.getRemedy(), cause);
	}

	/**
	 * Returns the name of the innermost bean that could not be created.
	 */
	private static @Nullable String chain(Throwable rootFailure) {
		String name = null;
		for (Throwable ex = rootFailure; ex != null; ex = ex.getCause()) {
			if (ex instanceof BeanCreationException creation && creation.getBeanName() != null) {
				name = creation.getBeanName();
			}
		}
		return name;
	}

}
