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

package io.github.ultracartsso.web.socket;

import java.io.IOException;
import java.util.Map;

import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.web.session.Impersonation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;
import org.springframework.web.socket.server.HandshakeInterceptor;

/**
 * Closes the WebSocket connections of users whose SSO session has ended, with
 * {@link #SSO_SESSION_ENDED}. Connections of other SSO sessions of the same user stay
 * open. A message that arrives after the end is not handled.
 * <p>
 * The SSO session is that of the principal of the handshake. As a
 * {@link HandshakeInterceptor}, which is optional, it finds the SSO session also where
 * the principal is not the authentication of the UltraCart login, as after a second
 * factor.
 *
 * @since 0.1
 */
public final class SsoSessionWebSockets implements WebSocketHandlerDecoratorFactory, HandshakeInterceptor {

	/**
	 * The status that connections are closed with: 1008, a violation of policy.
	 */
	public static final CloseStatus SSO_SESSION_ENDED = CloseStatus.POLICY_VIOLATION
		.withReason("The session of the user has ended");

	private static final String ATTRIBUTE = SsoSessionWebSockets.class.getName() + ".SSO_SESSION";

	private static final Log logger = LogFactory.getLog(SsoSessionWebSockets.class);

	private final SsoSessionWatch ssoSessionWatch;

	private final CurrentSsoSessions currentSsoSessions;

	/**
	 * Creates an instance.
	 * @param ssoSessionWatch notices the end of SSO sessions
	 * @param currentSsoSessions finds the SSO session of a handshake
	 */
	public SsoSessionWebSockets(SsoSessionWatch ssoSessionWatch, CurrentSsoSessions currentSsoSessions) {
		Assert.notNull(ssoSessionWatch, "ssoSessionWatch cannot be null");
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.ssoSessionWatch = ssoSessionWatch;
		this.currentSsoSessions = currentSsoSessions;
	}

	@Override
	public WebSocketHandler decorate(WebSocketHandler handler) {
		return new SsoSessionWebSocketHandler(handler, this);
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		SsoSession ssoSession = this.currentSsoSessions.find();
		if (ssoSession != null) {
			attributes.put(ATTRIBUTE, ssoSession);
		}
		return true;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception ex) {
	}

	/**
	 * Watches the SSO session of a connection.
	 * @return the watch, or {@code null} if the connection belongs to no SSO session
	 */
	SsoSessionWatch.@Nullable Watch watch(WebSocketSession session) {
		if (session.getAttributes().get(ATTRIBUTE) instanceof SsoSession ssoSession) {
			return this.ssoSessionWatch.watch(ssoSession, () -> close(session));
		}
		return (session.getPrincipal() instanceof Authentication authentication)
				? this.ssoSessionWatch.watch(Impersonation.original(authentication), () -> close(session)) : null;
	}

	private static void close(WebSocketSession session) {
		try {
			session.close(SSO_SESSION_ENDED);
		}
		catch (IOException ex) {
			logger.debug(LogMessage.format("The WebSocket connection %s could not be closed", session.getId()), ex);
		}
	}

}
