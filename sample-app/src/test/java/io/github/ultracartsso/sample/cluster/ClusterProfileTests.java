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

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.core.env.Environment;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the profile {@code cluster} without the settings that other tests override.
 */
@SpringJUnitConfig(initializers = ConfigDataApplicationContextInitializer.class)
@ActiveProfiles("cluster")
@TestPropertySource(properties = "ULTRACART_SESSION_KEYS=" + ClusterProfileTests.KEYS)
class ClusterProfileTests {

	static final String KEYS = "new,old";

	@Autowired
	private Environment environment;

	@Test
	void cookieWhenProfileIsActiveThenNeverSentInClearNorFromOtherSites() {
		assertThat(this.environment.getProperty("server.servlet.session.cookie.secure")).isEqualTo("true");
		assertThat(this.environment.getProperty("server.servlet.session.cookie.same-site")).isEqualTo("lax");
	}

	@Test
	void encryptionKeysWhenProfileIsActiveThenFromTheEnvironment() {
		assertThat(this.environment.getProperty("ultracart.sso.session.encryption-keys")).isEqualTo(KEYS);
	}

	@Test
	void redisWhenProfileIsActiveThenIsConnectedTo() {
		assertThat(this.environment.getProperty("spring.data.redis.host")).isNotEmpty();
		assertThat(this.environment.getProperty("spring.autoconfigure.exclude")).isNull();
	}

	@Test
	void sessionRepositoryWhenProfileIsActiveThenReportsTheEndOfSessions() {
		assertThat(this.environment.getProperty("spring.session.data.redis.repository-type")).isEqualTo("indexed");
	}

}
