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

package io.github.ultracartsso.autoconfigure;

import java.util.stream.StreamSupport;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.util.ClassUtils;

/**
 * The auto-configurations of this module, as Spring Boot finds them.
 */
public final class AutoConfigurationList {

	private static final ClassLoader CLASS_LOADER = AutoConfigurationList.class.getClassLoader();

	private AutoConfigurationList() {
	}

	/**
	 * Returns all auto-configurations of this module.
	 */
	public static Class<?>[] load() {
		return StreamSupport.stream(ImportCandidates.load(AutoConfiguration.class, CLASS_LOADER).spliterator(), false)
			.filter((name) -> name.startsWith(AutoConfigurationList.class.getPackageName() + "."))
			.map((name) -> ClassUtils.resolveClassName(name, CLASS_LOADER))
			.toArray(Class<?>[]::new);
	}

}
