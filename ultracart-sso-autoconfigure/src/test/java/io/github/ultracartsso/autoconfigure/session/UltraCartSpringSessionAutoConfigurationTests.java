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

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestEncryptionKeys;
import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.RedisOperations;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.session.data.redis.RedisIndexedSessionRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSpringSessionAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartSpringSessionAutoConfigurationTests {

	private static final String WARNING = "ultracart.sso.session.encryption-keys is not set";

	@Test
	void configurationWhenNoWebApplicationThenNothing() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartSpringSessionAutoConfiguration.class));
	}

	@Test
	// F2
	void startWhenSpringSessionAndNoKeyThenWarnsOnceOfWhatWillHappen(CapturedOutput output) {
		withSpringSession().run((context) -> assertThat(output.getAll()).containsOnlyOnce(WARNING)
			.containsOnlyOnce(
					"Users are signed out at each restart, and whenever another instance serves their request.")
			.contains("'openssl rand -base64 32'"));
	}

	@Test
	void startWhenSpringSessionAndKeyThenDoesNotWarn(CapturedOutput output) {
		withSpringSession().withPropertyValues("ultracart.sso.session.encryption-keys=" + TestEncryptionKeys.text(1))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void startWhenSpringSessionAndOwnEncryptionKeysThenDoesNotWarn(CapturedOutput output) {
		withSpringSession().withBean(EncryptionKeys.class, () -> TestEncryptionKeys.of(1))
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	@Test
	void startWhenSpringSessionAndOwnSealerThenWarnsOfLoginsOnly(CapturedOutput output) {
		withSpringSession().withBean(SecretSealer.class, () -> mock(SecretSealer.class))
			.withPropertyValues("ultracart.sso.login.pending-store=session")
			.run((context) -> assertThat(output.getAll()).containsOnlyOnce(WARNING)
				.contains("does not return to the page they requested")
				.doesNotContain("signed out"));
	}

	@Test
	void startWhenSpringSessionAndOwnSessionRepositoryThenWarnsOfLoginsOnly(CapturedOutput output) {
		withSpringSession().withBean(SsoSessionRepository.class, () -> mock(SsoSessionRepository.class))
			.withPropertyValues("ultracart.sso.login.pending-store=session")
			.run((context) -> assertThat(output.getAll()).containsOnlyOnce(WARNING)
				.contains("does not return to the page they requested")
				.doesNotContain("signed out"));
	}

	@Test
	void startWhenSpringSessionAndOwnSealerThenWarnsThatLoginsFail(CapturedOutput output) {
		withSpringSession().withBean(SecretSealer.class, () -> mock(SecretSealer.class))
			.run((context) -> assertThat(output.getAll()).containsOnlyOnce(WARNING)
				.contains("cannot be completed at another")
				.doesNotContain("signed out"));
	}

	@Test
	void startWhenContainersOwnSessionsThenDoesNotWarn(CapturedOutput output) {
		TestApplication.configured().run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).doesNotContain(WARNING);
	}

	private static WebApplicationContextRunner withSpringSession() {
		return TestApplication.configured().withUserConfiguration(TestApplication.SpringSession.class);
	}

	@Test
	void claimsWhenSessionsInIndexedRedisThenThere() {
		withRedis().run((context) -> assertThat(context).hasSingleBean(RedisRevocationClaims.class));
	}

	@Test
	void claimsWhenSessionsElsewhereThenNone() {
		withSpringSession().run((context) -> assertThat(context).doesNotHaveBean(RevocationClaims.class));
	}

	@Test
	void claimsWhenApplicationHasItsOwnThenBacksOff() {
		withRedis().withBean("myClaims", RevocationClaims.class, () -> (fingerprint) -> true)
			.run((context) -> assertThat(context).hasSingleBean(RevocationClaims.class)
				.doesNotHaveBean(RedisRevocationClaims.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.session.data", "org.springframework.data.redis" })
	void claimsWhenRedisAbsentThenApplicationStarts(String packageName) {
		withSpringSession().withClassLoader(new FilteredClassLoader(packageName))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(RevocationClaims.class));
	}

	private static WebApplicationContextRunner withRedis() {
		return TestApplication.configured().withUserConfiguration(IndexedRedis.class);
	}

	/**
	 * What {@code @EnableRedisIndexedHttpSession} defines, without the connections it
	 * opens at start.
	 */
	@Configuration(proxyBeanMethods = false)
	static class IndexedRedis {

		@Bean
		@SuppressWarnings("unchecked")
		RedisIndexedSessionRepository sessionRepository() {
			RedisIndexedSessionRepository repository = new RedisIndexedSessionRepository(mock(RedisOperations.class));
			repository.setCleanupCron(Scheduled.CRON_DISABLED);
			return repository;
		}

	}

}
