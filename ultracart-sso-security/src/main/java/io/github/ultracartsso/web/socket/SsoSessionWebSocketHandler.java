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

import io.github.ultracartsso.session.SsoSessionWatch;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Handles the messages of WebSocket connections until the SSO session of their user has
 * ended.
 */
final class SsoSessionWebSocketHandler extends WebSocketHandlerDecorator {

	private static final String ATTRIBUTE = SsoSessionWebSocketHandler.class.getName() + ".WATCH";

	private final SsoSessionWebSockets webSockets;

	SsoSessionWebSocketHandler(WebSocketHandler delegate, SsoSessionWebSockets webSockets) {
		super(delegate);
		this.webSockets = webSockets;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		SsoSessionWatch.Watch watch = this.webSockets.watch(session);
		if (watch != null) {
			session.getAttributes().put(ATTRIBUTE, watch);
		}
		super.afterConnectionEstablished(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) throws Exception {
		if (session.getAttributes().get(ATTRIBUTE) instanceof SsoSessionWatch.Watch watch && watch.isOver()) {
			session.close(SsoSessionWebSockets.SSO_SESSION_ENDED);
			return;
		}
		super.handleMessage(session, message);
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus closeStatus) throws Exception {
		if (session.getAttributes().remove(ATTRIBUTE) instanceof SsoSessionWatch.Watch watch) {
			watch.close();
		}
		super.afterConnectionClosed(session, closeStatus);
	}

}
