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

import java.io.Serial;
import java.util.List;

/**
 * Thrown at start if beans have {@code @RequiresPermission} or {@code @RequiresGroup} and
 * method security is off.
 */
final class UnguardedMethodsException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	UnguardedMethodsException(List<String> beanNames) {
		super("@RequiresPermission or @RequiresGroup of the beans " + beanNames
				+ " has no effect, because method security is off. Their methods would be open to all users");
	}

}
