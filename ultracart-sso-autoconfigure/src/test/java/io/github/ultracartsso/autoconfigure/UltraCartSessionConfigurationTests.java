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

import java.time.Duration;

import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.SecretSealer;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSessionConfiguration}.
 */
class UltraCartSessionConfigurationTests {

	@Test
	void policyWhenNothingSetThenDefaults() {
		TestApplication.configured().run((context) -> {
			SsoSessionPolicy policy = policy(context);
			assertThat(policy.ipLock()).isEqualTo(IpLock.OFF);
			assertThat(policy.refreshInterval()).isEqualTo(Duration.ofMinutes(30));
			assertThat(policy.maxAge()).isNull();
			assertThat(policy.unknownExpiryMaxAge()).isEqualTo(Duration.ofHours(1));
		});
	}

	@Test
	void policyWhenPropertiesSetThenOfThem() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.ip-lock=enforce", "ultracart.sso.session.refresh-interval=0",
					"ultracart.sso.session.max-age=8h", "ultracart.sso.session.unknown-expiry-max-age=20m")
			.run((context) -> {
				SsoSessionPolicy policy = policy(context);
				assertThat(policy.ipLock()).isEqualTo(IpLock.ENFORCE);
				assertThat(policy.refreshInterval()).isZero();
				assertThat(policy.maxAge()).isEqualTo(Duration.ofHours(8));
				assertThat(policy.unknownExpiryMaxAge()).isEqualTo(Duration.ofMinutes(20));
			});
	}

	@Test
	void policyWhenReadTimeoutSetThenNoRequestWaitsLonger() {
		TestApplication.configured()
			.run((context) -> assertThat(policy(context).refreshTimeout()).isEqualTo(Duration.ofSeconds(5)));
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.http.read-timeout=3s")
			.run((context) -> assertThat(policy(context).refreshTimeout()).isEqualTo(Duration.ofSeconds(3)));
	}

	private static SsoSessionPolicy policy(ApplicationContext context) {
		return context.getBean(UltraCartLoginSettings.class).sessionPolicy();
	}

	@Test
	// F2
	void sealerWhenKeysSetThenFirstSealsAndAllOpen() {
		SecretSealer oldest = TestEncryptionKeys.of(2).sealer("simple-key");
		SecretSealer newest = TestEncryptionKeys.of(1).sealer("simple-key");
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.encryption-keys=%s,%s".formatted(TestEncryptionKeys.text(1),
					TestEncryptionKeys.text(2)))
			.run((context) -> {
				SecretSealer sealer = context.getBean(SecretSealer.class);
				assertThat(newest.open(sealer.seal("hush"))).isEqualTo("hush");
				assertThat(sealer.open(newest.seal("hush"))).isEqualTo("hush");
				assertThat(sealer.open(oldest.seal("hush"))).isEqualTo("hush");
			});
	}

	@ParameterizedTest
	@MethodSource("io.github.ultracartsso.autoconfigure.TestEncryptionKeys#spellings")
	void sealerWhenKeyInAnyBase64ThenItIsTheSameKey(String key) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.encryption-keys[0]=" + key)
			.run((context) -> assertThat(TestEncryptionKeys.of(TestEncryptionKeys.OF_ALL_LETTERS)
				.sealer("simple-key")
				.open(context.getBean(SecretSealer.class).seal("hush"))).isEqualTo("hush"));
	}

	@Test
	// F2
	void sealerWhenNoKeysSetThenNoOtherApplicationOpensWhatItSeals() {
		TestApplication.configured().run((one) -> TestApplication.configured().run((another) -> {
			String sealed = one.getBean(SecretSealer.class).seal("hush");
			assertThat(one.getBean(SecretSealer.class).open(sealed)).isEqualTo("hush");
			assertThat(another.getBean(SecretSealer.class).open(sealed)).isNull();
		}));
	}

	@Test
	void configurationWhenOwnEncryptionKeysThenBacksOffAndSealerUsesThem() {
		EncryptionKeys keys = TestEncryptionKeys.of(1);
		TestApplication.configured().withBean("myKeys", EncryptionKeys.class, () -> keys).run((context) -> {
			assertThat(context).getBean(EncryptionKeys.class).isSameAs(keys);
			assertThat(keys.sealer("simple-key").open(context.getBean(SecretSealer.class).seal("hush")))
				.isEqualTo("hush");
		});
	}

	@Test
	void configurationWhenOwnSessionRepositoryThenBacksOff() {
		SsoSessionRepository repository = mock(SsoSessionRepository.class);
		TestApplication.configured()
			.withBean("myRepository", SsoSessionRepository.class, () -> repository)
			.run((context) -> assertThat(context).getBean(SsoSessionRepository.class).isSameAs(repository));
	}

}
