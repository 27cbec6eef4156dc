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

package io.github.ultracartsso.sample.cluster;

import io.github.ultracartsso.jackson.UltraCartSecurityJacksonModules;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.convert.support.GenericConversionService;

/**
 * Stores the attributes of sessions in a database as JSON.
 */
@TestConfiguration(proxyBeanMethods = false)
class JdbcJsonSessions {

	@Bean
	GenericConversionService springSessionConversionService() {
		JsonMapper mapper = JsonMapper.builder()
			.addModules(UltraCartSecurityJacksonModules.getModules(getClass().getClassLoader()))
			.build();
		GenericConversionService conversionService = new GenericConversionService();
		conversionService.addConverter(Object.class, byte[].class,
				(attribute) -> mapper.writerFor(Object.class).writeValueAsBytes(attribute));
		conversionService.addConverter(byte[].class, Object.class, (json) -> mapper.readValue(json, Object.class));
		return conversionService;
	}

}
