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

package io.github.ultracartsso.autoconfigure.web;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.socket.SsoSessionWebSockets;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.messaging.Message;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartWebSocketAutoConfiguration}.
 */
class UltraCartWebSocketAutoConfigurationTests {

	@Test
	void stompWhenWebSocketsThenItsConnectionsClose() {
		TestApplication.configured().run((context) -> {
			WebSocketTransportRegistration registration = mock(WebSocketTransportRegistration.class);
			context.getBean(WebSocketMessageBrokerConfigurer.class).configureWebSocketTransport(registration);
			then(registration).should().addDecoratorFactory(context.getBean(SsoSessionWebSockets.class));
		});
	}

	@Test
	void webSocketsWhenNoMessagingThenForOtherHandlersOnly() {
		TestApplication.configured()
			.withClassLoader(new FilteredClassLoader(Message.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SsoSessionWebSockets.class)
				.doesNotHaveBean(WebSocketMessageBrokerConfigurer.class));
	}

	@Test
	void webSocketsWhenNotOnTheClassPathThenNone() {
		TestApplication.configured()
			.withClassLoader(new FilteredClassLoader(WebSocketHandler.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(SsoSessionWatch.class)
				.doesNotHaveBean("ultraCartWebSockets"));
	}

	@Test
	void webSocketsWhenApplicationHasItsOwnThenBacksOff() {
		SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);
		SsoSessionWebSockets own = new SsoSessionWebSockets(new SsoSessionWatch(ssoSessions),
				new CurrentSsoSessions(ssoSessions));
		TestApplication.configured()
			.withBean(SsoSessionWebSockets.class, () -> own)
			.run((context) -> assertThat(context).getBean(SsoSessionWebSockets.class).isSameAs(own));
	}

	@Test
	void webSocketsWhenNoSsoSessionsThenNone() {
		TestApplication.without(UltraCartSsoSessionAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SsoSessionWebSockets.class));
	}

	@Test
	void webSocketsWhenNoWebApplicationThenNone() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(SsoSessionWebSockets.class));
	}

}
