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
import java.security.Principal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSsoSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.timeout;

/**
 * Tests for {@link SsoSessionWebSockets}.
 */
class SsoSessionWebSocketsTests {

	private static final TextMessage MESSAGE = new TextMessage("hello");

	private static final long SOON = 20_000;

	private final TestClock clock = new TestClock(TestSsoSessions.NOW);

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final SsoSessionWatch watch = new SsoSessionWatch(this.ssoSessions);

	private final SsoSessionWebSockets webSockets = new SsoSessionWebSockets(this.watch,
			new CurrentSsoSessions(this.ssoSessions));

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	private final UltraCartAuthenticationToken jane = (UltraCartAuthenticationToken) this.ssoSessions
		.bind(new UltraCartAuthenticationToken(UltraCartUser.with(42, "Jane!ops").build(), List.of()), this.ssoSession);

	private final Map<String, Object> attributes = new HashMap<>();

	private final WebSocketHandler delegate = mock(WebSocketHandler.class);

	private final WebSocketHandler handler = this.webSockets.decorate(this.delegate);

	@BeforeEach
	void setClock() {
		this.ssoSessions.setClock(this.clock);
	}

	@AfterEach
	void close() {
		this.watch.destroy();
		SecurityContextHolder.clearContext();
	}

	@Test
	void connectionWhenSsoSessionEndsThenClosed() throws Exception {
		WebSocketSession session = established(this.jane);
		this.ssoSessions.end(this.ssoSession.id(), null);
		then(session).should(timeout(SOON)).close(SsoSessionWebSockets.SSO_SESSION_ENDED);
	}

	@Test // it may have ended during the handshake
	void connectionWhenSsoSessionHasEndedAlreadyThenClosed() throws Exception {
		this.ssoSessions.end(this.ssoSession.id(), null);
		then(established(this.jane)).should(timeout(SOON)).close(SsoSessionWebSockets.SSO_SESSION_ENDED);
	}

	@Test
	void messageWhenSsoSessionHasExpiredThenNotHandledAndClosed() throws Exception {
		WebSocketSession session = established(this.jane);
		this.handler.handleMessage(session, MESSAGE);
		then(this.delegate).should().handleMessage(session, MESSAGE);
		this.clock.advance(Duration.ofHours(1));
		this.handler.handleMessage(session, new TextMessage("late"));
		then(session).should().close(CloseStatus.POLICY_VIOLATION.withReason("The session of the user has ended"));
		then(this.delegate).should(never()).handleMessage(session, new TextMessage("late"));
	}

	@Test
	void connectionWhenClosedThenForgotten() throws Exception {
		WebSocketSession session = established(this.jane);
		this.handler.afterConnectionClosed(session, CloseStatus.NORMAL);
		then(this.delegate).should().afterConnectionClosed(session, CloseStatus.NORMAL);
		assertThat(this.attributes).isEmpty();
		this.ssoSessions.end(this.ssoSession.id(), null);
		this.watch.destroy();
		then(session).should(never()).close(any());
	}

	@Test
	void connectionWhenOfNoSsoSessionThenNotClosed() throws Exception {
		for (Principal principal : new Principal[] { null, () -> "jane",
				new TestingAuthenticationToken("jane", null) }) {
			WebSocketSession session = established(principal);
			this.handler.handleMessage(session, MESSAGE);
			then(this.delegate).should().handleMessage(session, MESSAGE);
			this.handler.afterConnectionClosed(session, CloseStatus.NORMAL);
			then(session).should(never()).close(any());
		}
	}

	@Test
	void connectionWhenPrincipalIsAnotherThenInterceptorHasFoundTheSsoSession() throws Exception {
		SecurityContextHolder.getContext().setAuthentication(this.jane);
		assertThat(handshake()).isTrue();
		SecurityContextHolder.clearContext();
		WebSocketSession session = established(() -> "jane");
		this.ssoSessions.end(this.ssoSession.id(), null);
		then(session).should(timeout(SOON)).close(SsoSessionWebSockets.SSO_SESSION_ENDED);
	}

	@Test
	void handshakeWhenNoSsoSessionThenGoesOn() {
		assertThat(handshake()).isTrue();
		assertThat(this.attributes).isEmpty();
	}

	@Test
	void connectionWhenClosingFailsThenNothingIsThrown() throws Exception {
		WebSocketSession session = session(this.jane);
		willThrow(new IOException("broken pipe")).given(session).close(any());
		this.handler.afterConnectionEstablished(session);
		this.ssoSessions.end(this.ssoSession.id(), null);
		then(session).should(timeout(SOON)).close(any());
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowsIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SsoSessionWebSockets(null, new CurrentSsoSessions(this.ssoSessions)))
			.withMessage("ssoSessionWatch cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new SsoSessionWebSockets(this.watch, null))
			.withMessage("currentSsoSessions cannot be null");
	}

	private boolean handshake() {
		ServerHttpRequest request = mock(ServerHttpRequest.class);
		ServerHttpResponse response = mock(ServerHttpResponse.class);
		boolean accepted = this.webSockets.beforeHandshake(request, response, this.handler, this.attributes);
		this.webSockets.afterHandshake(request, response, this.handler, null);
		return accepted;
	}

	private WebSocketSession established(@Nullable Principal principal) throws Exception {
		WebSocketSession session = session(principal);
		this.handler.afterConnectionEstablished(session);
		then(this.delegate).should().afterConnectionEstablished(session);
		return session;
	}

	private WebSocketSession session(@Nullable Principal principal) {
		WebSocketSession session = mock(WebSocketSession.class);
		given(session.getAttributes()).willReturn(this.attributes);
		given(session.getPrincipal()).willReturn(principal);
		return session;
	}

}
