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
import java.time.Duration;
import java.time.Instant;
import io.github.ultracartsso.autoconfigure.AutoConfigurationList;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestEncryptionKeys;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.SmartLifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartSsoSessionAutoConfiguration}.
 */
class UltraCartSsoSessionAutoConfigurationTests {

	/**
	 * The phase in which Spring Boot stops the web server.
	 */
	private static final int WEB_SERVER_PHASE = SmartLifecycle.DEFAULT_PHASE - 2048;

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
	void configurationWhenOwnSealerThenBacksOff() {
		SecretSealer sealer = EncryptionKeys.random().sealer("test");
		TestApplication.configured()
			.withBean("mySealer", SecretSealer.class, () -> sealer)
			.run((context) -> assertThat(context).getBean(SecretSealer.class).isSameAs(sealer));
	}

	@Test
	void configurationWhenOwnRevokerThenBacksOff() {
		SsoSessionRevoker revoker = new SsoSessionRevoker(mock(UltraCartSsoClient.class),
				new SsoSessions(SsoSessionPolicy.DEFAULTS));
		TestApplication.configured()
			.withBean(SsoSessionRevoker.class, () -> revoker)
			.run((context) -> assertThat(context).getBean(SsoSessionRevoker.class).isSameAs(revoker));
	}

	@Test
	void revokerWhenApplicationStartsAndStopsThenFollows() {
		TestApplication.configured().run((context) -> {
			SsoSessionRevoker revoker = context.getBean(SsoSessionRevoker.class);
			assertThat(revoker.isRunning()).isTrue();
			context.getSourceApplicationContext().close();
			assertThat(revoker.isRunning()).isFalse();
		});
	}

	@Test
	void revokerThenStopsAfterTheWebServerAndBeforeConnections() {
		TestApplication.configured()
			.run((context) -> assertThat(context.getBean(SsoSessionRevoker.class).getPhase()).isPositive()
				.isLessThan(WEB_SERVER_PHASE));
	}

	@Test
	void revokerWhenContextIsPausedThenStaysOpen() {
		TestApplication.configured().run((context) -> {
			context.getSourceApplicationContext().pause();
			assertThat(context.getBean(SsoSessionRevoker.class).isRunning()).isTrue();
		});
	}

	@Test
	void configurationWhenOwnSsoSessionsThenBacksOffAndAllUseThem() {
		SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		TestApplication.configured().withBean("mySsoSessions", SsoSessions.class, () -> ssoSessions).run((context) -> {
			assertThat(context).getBean(SsoSessions.class).isSameAs(ssoSessions);
			SsoSession ssoSession = SsoSession.withId("sso-session")
				.simpleKey(SimpleKey.of("user-key"))
				.expiresAt(Instant.MAX)
				.build();
			context.getBean(CurrentSsoSessions.class).endRefused(ssoSession);
			assertThat(ssoSessions.isRefused(ssoSession)).isTrue();
		});
	}

	@Test
	void configurationWhenOwnPolicyThenBacksOffAndLoginsUseIt() {
		SsoSessionPolicy policy = new SsoSessionPolicy(IpLock.PIN, Duration.ZERO, Duration.ofSeconds(1), null,
				Duration.ofMinutes(1));
		TestApplication.configured().withBean("myPolicy", SsoSessionPolicy.class, () -> policy).run((context) -> {
			assertThat(context).getBean(SsoSessionPolicy.class).isSameAs(policy);
			assertThat(context.getBean(SsoSessions.class).policy()).isSameAs(policy);
		});
	}

	@Test
	void configurationWhenOwnCurrentSsoSessionsThenBacksOff() {
		CurrentSsoSessions sessions = new CurrentSsoSessions(new SsoSessions(SsoSessionPolicy.DEFAULTS));
		TestApplication.configured()
			.withBean(CurrentSsoSessions.class, () -> sessions)
			.run((context) -> assertThat(context).getBean(CurrentSsoSessions.class).isSameAs(sessions));
	}

	@Test
	void configurationWhenNoWebApplicationThenNoKeyIsSealedOrRevoked() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasSingleBean(CurrentSsoSessions.class)
				.hasSingleBean(SsoSessions.class)
				.doesNotHaveBean(EncryptionKeys.class)
				.doesNotHaveBean(SecretSealer.class)
				.doesNotHaveBean(SsoSessionRevoker.class));
	}

	@Test
	void configurationWhenReactiveWebApplicationThenKeysAreSealedAndRevoked() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AutoConfigurations.of(AutoConfigurationList.load()))
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(context).hasSingleBean(SecretSealer.class)
				.hasSingleBean(SsoSessionRevoker.class)
				.doesNotHaveBean(SsoSessionRepository.class));
	}

	@Test
	void configurationWhenNoClientThenNothingIsRevoked() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UltraCartSsoPropertiesAutoConfiguration.class,
					UltraCartSsoSessionAutoConfiguration.class))
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(context).hasSingleBean(SecretSealer.class)
				.doesNotHaveBean(SsoSessionRevoker.class));
	}

}
