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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionRevocationFailedEvent;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.RevocationClaims;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionDestroyedListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.web.session.HttpSessionDestroyedEvent;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.session.MapSession;
import org.springframework.session.events.SessionExpiredEvent;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * Tests for {@link UltraCartSessionExpiryAutoConfiguration}. An application that is
 * closed has made its revocations.
 */
class UltraCartSessionExpiryAutoConfigurationTests {

	private static final SimpleKey KEY = SimpleKey.of("user-key");

	private static final Instant EXPIRY = Instant.parse("2100-01-01T00:00:00Z");

	private final UltraCartSsoClient client = mock(UltraCartSsoClient.class);

	@Test
	void configurationWhenNoWebApplicationThenNothing() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartSessionExpiryAutoConfiguration.class));
	}

	@Test
	// D7
	void sessionWhenItEndsThenKeyIsRevoked() {
		signedIn().run(UltraCartSessionExpiryAutoConfigurationTests::endSession);
		then(this.client).should().revoke(KEY);
	}

	@Test
	void sessionWhenItEndsAndNeedNotBeRevokedThenItIsNot() {
		signedIn().withPropertyValues("ultracart.sso.logout.revoke-on-session-expiry=false")
			.run(UltraCartSessionExpiryAutoConfigurationTests::endSession);
		then(this.client).should(never()).revoke(any());
	}

	@Test
	void sessionWhenKeyHasExpiredByTheClockOfTheApplicationThenItIsNotRevoked() {
		signedIn().withBean(Clock.class, () -> Clock.fixed(EXPIRY, ZoneOffset.UTC))
			.run(UltraCartSessionExpiryAutoConfigurationTests::endSession);
		then(this.client).should(never()).revoke(any());
	}

	@Test
	// D7
	void sessionWhenAnotherInstanceHasClaimedItThenItIsNotRevoked() {
		signedIn().withBean(RevocationClaims.class, () -> (fingerprint) -> false)
			.run(UltraCartSessionExpiryAutoConfigurationTests::endSession);
		then(this.client).should(never()).revoke(any());
	}

	@Test
	void sessionWhenItCannotBeRevokedThenListenersAreTold() {
		willThrow(new IllegalStateException("Broken")).given(this.client).revoke(any());
		CountDownLatch told = new CountDownLatch(1);
		signedIn().withBean(RevocationFailures.class, () -> new RevocationFailures(told)).run((context) -> {
			endSession(context);
			assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
		});
	}

	@Test
	// D7
	void sessionWhenSpringSessionReportsItsEndThenKeyIsRevoked() {
		signedIn().withUserConfiguration(TestApplication.SpringSession.class).run((context) -> {
			context.getBean(ServletContext.class)
				.setAttribute(WebApplicationContext.ROOT_WEB_APPLICATION_CONTEXT_ATTRIBUTE, context);
			context.publishEvent(new SessionExpiredEvent(this, new MapSession()));
		});
		then(this.client).should().revoke(KEY);
	}

	@Test
	void listenerWhenApplicationHasItsOwnThenBacksOff() {
		UltraCartSessionDestroyedListener listener = mock(UltraCartSessionDestroyedListener.class);
		signedIn().withBean("myListener", UltraCartSessionDestroyedListener.class, () -> listener)
			.run((context) -> assertThat(context).getBean(UltraCartSessionDestroyedListener.class).isSameAs(listener));
	}

	@Test
	void listenerWhenSeveralSessionRepositoriesThenApplicationStartsWithoutIt() {
		signedIn().withBean("another", SsoSessionRepository.class, () -> mock(SsoSessionRepository.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartSessionDestroyedListener.class));
	}

	/**
	 * An application with one user, whose key is found in whichever session ends.
	 */
	private WebApplicationContextRunner signedIn() {
		SsoSessionRepository repository = mock(SsoSessionRepository.class);
		given(repository.findSsoSession(any())).willReturn(new SsoSession(KEY, EXPIRY, null));
		return TestApplication.unconfigured()
			.withBean(UltraCartSsoClient.class, () -> this.client)
			.withBean(SsoSessionRepository.class, () -> repository);
	}

	private static void endSession(WebApplicationContext context) {
		context.publishEvent(new HttpSessionDestroyedEvent(new MockHttpSession()));
	}

	@Test
	// D7
	void publisherWhenNothingSetThenSessionEndsAreReported() {
		TestApplication.configured()
			.run((context) -> assertThat(context).hasSingleBean(HttpSessionEventPublisher.class)
				.hasSingleBean(HttpSessionListener.class));
	}

	@Test
	void publisherWhenSessionsNeedNotBeRevokedThenNone() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.logout.revoke-on-session-expiry=false")
			.run((context) -> assertThat(context).doesNotHaveBean(HttpSessionListener.class));
	}

	@Test
	void publisherWhenApplicationHasItsOwnThenBacksOff() {
		HttpSessionEventPublisher publisher = new HttpSessionEventPublisher();
		TestApplication.configured()
			.withBean("myPublisher", HttpSessionEventPublisher.class, () -> publisher)
			.run((context) -> assertThat(context).getBean(HttpSessionEventPublisher.class).isSameAs(publisher));
	}

	@Test
	void publisherWhenApplicationRegistersItsOwnThenBacksOff() {
		TestApplication.configured()
			.withUserConfiguration(RegisteredPublisher.class)
			.run((context) -> assertThat(context).doesNotHaveBean(HttpSessionEventPublisher.class));
	}

	/**
	 * Hears of keys that could not be revoked.
	 */
	record RevocationFailures(CountDownLatch told)
			implements
				ApplicationListener<PayloadApplicationEvent<SsoSessionRevocationFailedEvent>> {

		@Override
		public void onApplicationEvent(PayloadApplicationEvent<SsoSessionRevocationFailedEvent> event) {
			assertThat(event.getPayload().expiresAt()).isEqualTo(EXPIRY);
			this.told.countDown();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class RegisteredPublisher {

		@Bean
		ServletListenerRegistrationBean<HttpSessionEventPublisher> publisher() {
			return new ServletListenerRegistrationBean<>(new HttpSessionEventPublisher());
		}

	}

}
