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

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.ultracartsso.authorization.RequiresGroup;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.authorization.UltraCartMethodSecurity;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Fails the start if an annotation does not say what it requires, and warns of
 * annotations that have no effect because calls of their method do not go through a
 * proxy.
 */
final class AnnotationCheck {

	private static final Log logger = LogFactory.getLog(AnnotationCheck.class);

	private final UltraCartSsoWarnings warnings;

	AnnotationCheck(UltraCartSsoWarnings warnings) {
		this.warnings = warnings;
	}

	void check(List<AnnotatedMethod> methods) {
		Set<String> mistakes = new LinkedHashSet<>();
		Set<String> withoutEffect = new LinkedHashSet<>();
		for (AnnotatedMethod method : methods) {
			try {
				checkRequirement(method);
			}
			catch (IllegalStateException ex) {
				mistakes.add(String.valueOf(ex.getMessage()));
			}
			String message = method.withoutEffect();
			if (message != null) {
				withoutEffect.add(message);
			}
		}
		if (!mistakes.isEmpty()) {
			throw new MalformedRequirementsException(mistakes);
		}
		withoutEffect.forEach((message) -> this.warnings.give(logger, message));
	}

	private static void checkRequirement(AnnotatedMethod method) {
		if (method.annotation() instanceof RequiresPermission permission) {
			UltraCartMethodSecurity.check(permission, method.method());
		}
		else if (method.annotation() instanceof RequiresGroup group) {
			UltraCartMethodSecurity.check(group, method.method());
		}
	}

}
