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

import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.session.SessionRepository;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that nothing of the profile {@code cluster} is active without it.
 */
@BackofficeTest
class WithoutClusterTests {

	@Autowired
	private ListableBeanFactory beans;

	@Test
	void startWhenProfileIsNotActiveThenNothingConnectsToRedis() {
		assertThat(this.beans.getBeanNamesForType(RedisConnectionFactory.class)).isEmpty();
		assertThat(this.beans.getBeanNamesForType(HealthContributor.class)).isNotEmpty()
			.noneMatch((name) -> name.contains("edis"));
	}

	@Test
	void startWhenProfileIsNotActiveThenSessionsStayInMemory() {
		assertThat(this.beans.getBeanNamesForType(SessionRepository.class)).isEmpty();
	}

}
