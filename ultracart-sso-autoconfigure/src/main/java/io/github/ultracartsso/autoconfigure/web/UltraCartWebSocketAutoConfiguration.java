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

import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.web.socket.SsoSessionWebSockets;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.simp.config.ChannelRegistration;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketTransportRegistration;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;

/**
 * Auto-configuration that closes the WebSocket connections of users whose SSO session has
 * ended: those of STOMP by itself, and those of other handlers that the application has
 * decorated with the bean {@code ultraCartWebSockets}.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoSessionAutoConfiguration.class)
@ConditionalOnClass(WebSocketHandlerDecoratorFactory.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean({ SsoSessionWatch.class, CurrentSsoSessions.class })
public final class UltraCartWebSocketAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SsoSessionWebSockets ultraCartWebSockets(SsoSessionWatch ssoSessionWatch, CurrentSsoSessions currentSsoSessions) {
		return new SsoSessionWebSockets(ssoSessionWatch, currentSsoSessions);
	}

	/**
	 * Configures the endpoints of STOMP.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ChannelRegistration.class)
	static class StompConfiguration {

		@Bean
		WebSocketMessageBrokerConfigurer ultraCartWebSocketMessageBrokerConfigurer(SsoSessionWebSockets webSockets) {
			return new WebSocketMessageBrokerConfigurer() {

				@Override
				public void configureWebSocketTransport(WebSocketTransportRegistration registration) {
					registration.addDecoratorFactory(webSockets);
				}

			};
		}

	}

}
