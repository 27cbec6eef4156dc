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

package io.github.ultracartsso.jackson;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.security.jackson.SecurityJacksonModules;

/**
 * Returns the Jackson modules for sessions that are stored as JSON: Spring Security's
 * own, and {@link UltraCartSecurityJacksonModule}, with one type validator for all.
 *
 * <pre class="code">
 * &#064;Bean
 * RedisSerializer&lt;Object&gt; springSessionDefaultRedisSerializer() {
 *     ClassLoader loader = getClass().getClassLoader();
 *     return new GenericJacksonJsonRedisSerializer(JsonMapper.builder()
 *         .addModules(UltraCartSecurityJacksonModules.getModules(loader))
 *         .build());
 * }
 * </pre>
 *
 * @since 0.1
 * @see SecurityJacksonModules
 */
public final class UltraCartSecurityJacksonModules {

	/**
	 * Spring MVC may be absent.
	 */
	private static final String FLASH_MAP = "org.springframework.web.servlet.FlashMap";

	private UltraCartSecurityJacksonModules() {
	}

	/**
	 * Returns the modules. A mapper with them writes the types of values, and reads only
	 * types that Spring Security, Spring MVC, Spring Session and this library store in
	 * sessions.
	 * @param loader the class loader to find Spring Security's modules with
	 * @return the modules, all of which the mapper needs
	 */
	public static List<JacksonModule> getModules(ClassLoader loader) {
		return getModules(loader, BasicPolymorphicTypeValidator.builder());
	}

	/**
	 * Returns the modules for an application that stores its own types in sessions, such
	 * as authorities or authentication details.
	 * @param loader the class loader to find Spring Security's modules with
	 * @param typeValidatorBuilder a builder that allows those types; what Spring Security
	 * and this library need is added to it
	 * @return the modules, all of which the mapper needs
	 */
	public static List<JacksonModule> getModules(ClassLoader loader,
			BasicPolymorphicTypeValidator.Builder typeValidatorBuilder) {
		UltraCartSecurityJacksonModule module = new UltraCartSecurityJacksonModule();
		module.configurePolymorphicTypeValidator(typeValidatorBuilder);
		// timestamps in Spring Session's messages about new sessions, and flash maps
		typeValidatorBuilder.allowIfSubType(Long.class)
			.allowIfSubType(CopyOnWriteArrayList.class)
			.allowIfSubType(FLASH_MAP);
		List<JacksonModule> modules = new ArrayList<>(SecurityJacksonModules.getModules(loader, typeValidatorBuilder));
		modules.add(module);
		return List.copyOf(modules);
	}

}
