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

import java.time.Duration;

import org.springframework.boot.session.autoconfigure.SessionTimeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

/**
 * Keeps sessions in Redis, where every instance finds them. Of Spring Session's two
 * repositories it takes the indexed one, since that alone reports the end of a session,
 * upon which the user's key is revoked at UltraCart.
 */
@Configuration(proxyBeanMethods = false)
@Profile("cluster")
@EnableRedisIndexedHttpSession(redisNamespace = "backoffice")
class ClusterConfiguration {

	/**
	 * The annotation knows nothing of {@code server.servlet.session.timeout}.
	 */
	@Bean
	SessionRepositoryCustomizer<RedisIndexedSessionRepository> sessionTimeoutCustomizer(SessionTimeout timeout) {
		return (sessions) -> {
			Duration maxInactiveInterval = timeout.getTimeout();
			if (maxInactiveInterval != null) {
				sessions.setDefaultMaxInactiveInterval(maxInactiveInterval);
			}
		};
	}

}
