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

package io.github.ultracartsso.autoconfigure.session;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RedisRevocationClaims} with a real Redis.
 */
class RedisRevocationClaimsTests {

	@RegisterExtension
	static final TestRedis redis = new TestRedis();

	private final LettuceConnectionFactory connectionFactory = redis.newConnectionFactory();

	private final StringRedisTemplate operations = new StringRedisTemplate(this.connectionFactory);

	@AfterEach
	void disconnect() {
		this.connectionFactory.destroy();
	}

	@Test
	// D7
	void claimWhenTwoInstancesThenFirstOnly() {
		assertThat(new RedisRevocationClaims(this.operations).claim("one")).isTrue();
		assertThat(new RedisRevocationClaims(this.operations).claim("one")).isFalse();
		assertThat(new RedisRevocationClaims(this.operations).claim("another")).isTrue();
	}

	@Test
	// D7
	void claimWhenManyAtOnceThenOneHasIt() throws Exception {
		RedisRevocationClaims claims = new RedisRevocationClaims(this.operations);
		List<Callable<Boolean>> claimants = IntStream.range(0, 16)
			.<Callable<Boolean>>mapToObj((number) -> () -> claims.claim("contended"))
			.toList();
		ExecutorService executor = Executors.newFixedThreadPool(claimants.size());
		try {
			int winners = 0;
			for (Future<Boolean> claim : executor.invokeAll(claimants)) {
				winners += claim.get() ? 1 : 0;
			}
			assertThat(winners).isEqualTo(1);
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void claimThenItIsForgottenAfterTenMinutes() {
		new RedisRevocationClaims(this.operations).claim("timed");
		assertThat(this.operations.opsForValue().get("ultracart:sso:revoked:timed")).isEqualTo("1");
		assertThat(this.operations.getExpire("ultracart:sso:revoked:timed")).isBetween(590L, 600L);
	}

	@Test
	void claimWhenRedisDoesNotAnswerThenCallerLearnsOfIt() {
		LettuceConnectionFactory nowhere = new LettuceConnectionFactory("127.0.0.1", 1);
		nowhere.afterPropertiesSet();
		nowhere.start();
		try {
			RedisRevocationClaims claims = new RedisRevocationClaims(new StringRedisTemplate(nowhere));
			assertThatExceptionOfType(RedisConnectionFailureException.class).isThrownBy(() -> claims.claim("lost"));
		}
		finally {
			nowhere.destroy();
		}
	}

	@Test
	// D7
	void claimWhenTwoNodesKeepTheirSessionsInOneRedisThenFirstOnly() {
		node().run((one) -> node().run((another) -> {
			assertThat(one.getBean(RedisRevocationClaims.class).claim("shared")).isTrue();
			assertThat(another.getBean(RedisRevocationClaims.class).claim("shared")).isFalse();
		}));
	}

	private static WebApplicationContextRunner node() {
		return TestApplication.configured()
			.withBean(RedisConnectionFactory.class, redis::newConnectionFactory)
			.withUserConfiguration(SessionsInRedis.class);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisIndexedHttpSession
	static class SessionsInRedis {

	}

}
