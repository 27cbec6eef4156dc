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

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Says how to enable method security for beans whose annotations need it.
 */
final class UnguardedMethodsFailureAnalyzer extends AbstractFailureAnalyzer<UnguardedMethodsException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, UnguardedMethodsException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Add @EnableMethodSecurity to a configuration of the application, or remove"
						+ " ultracart.sso.method-security.enabled=false or ultracart.sso.enabled=false. With"
						+ " @EnableMethodSecurity and ultracart.sso.enabled=false, the annotations deny all calls. Or"
						+ " remove the annotations.",
				cause);
	}

}
