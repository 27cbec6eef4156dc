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

package io.github.ultracartsso.autoconfigure.permissions;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to write an annotation that does not say what it requires.
 */
final class MalformedRequirementsFailureAnalyzer extends AbstractFailureAnalyzer<MalformedRequirementsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, MalformedRequirementsException cause) {
		return new FailureAnalysis(String.valueOf(cause.getMessage()),
				"Set one of value, anyOf and allOf to names of UltraCart, as in @RequiresPermission(\"Edit Items\") or"
						+ " @RequiresGroup(anyOf = { \"Warehouse\", \"Office\" }). To permit every user of UltraCart,"
						+ " use @PreAuthorize(\"hasRole('ULTRACART_USER')\").",
				cause);
	}

}
