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

import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ultracartsso.jackson.UltraCartSecurityJacksonModules;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.data.redis.serializer.GenericJacksonJsonRedisSerializer;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.web.servlet.FlashMap;

/**
 * Keeps the sessions of the back office as JSON. Whatever an application puts into
 * sessions besides logins it has to allow by type: one value that is not allowed makes
 * the whole session unreadable.
 */
@TestConfiguration(proxyBeanMethods = false)
class JsonSessions {

	@Bean
	RedisSerializer<Object> springSessionDefaultRedisSerializer() {
		BasicPolymorphicTypeValidator.Builder types = BasicPolymorphicTypeValidator.builder()
			// what Spring Session tells other nodes of a new session
			.allowIfSubType(Long.class)
			// what Spring MVC keeps for the page after a redirect
			.allowIfSubType(CopyOnWriteArrayList.class)
			.allowIfSubType(FlashMap.class);
		return new GenericJacksonJsonRedisSerializer(JsonMapper.builder()
			.addModules(UltraCartSecurityJacksonModules.getModules(getClass().getClassLoader(), types))
			.build());
	}

}
