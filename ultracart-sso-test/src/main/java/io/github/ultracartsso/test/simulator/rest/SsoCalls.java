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

package io.github.ultracartsso.test.simulator.rest;

import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.http.ErrorResponses;
import io.github.ultracartsso.test.simulator.http.SimulatorRequest;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.state.LoginOperations.Code;
import io.github.ultracartsso.test.simulator.state.LoginOperations.Login;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The single sign-on calls whose credential is of the required kind. Where UltraCart's
 * wording is not published, the messages are invented. Runs under the lock of the
 * simulator's state.
 *
 * @see <a href="https://www.ultracart.com/api/resource_sso.html">UltraCart's single
 * sign-on API</a>
 */
final class SsoCalls {

	/**
	 * The characters that need no quoting in the login page's security policy.
	 */
	private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9._:\\[\\]-]+");

	private final SimulatorState state;

	private final SessionCalls sessionCalls;

	private final LoginPageUrl loginPage;

	SsoCalls(SimulatorState state, SessionCalls sessionCalls, LoginPageUrl loginPage) {
		this.state = state;
		this.sessionCalls = sessionCalls;
		this.loginPage = loginPage;
	}

	SimulatorResponse answer(SimulatedOperation operation, SimulatorRequest request) {
		return switch (operation) {
			case AUTHORIZE -> authorize(request);
			case TOKEN -> token(request);
			case SESSION_USER -> this.sessionCalls.answer(request, this::sessionUser);
			case SESSION_REVOKE -> this.sessionCalls.answer(request, this::revoke);
			case ACCESS_TOKEN, RESOURCE ->
				throw new IllegalArgumentException("Not a call of single sign-on: " + operation);
		};
	}

	private SimulatorResponse authorize(SimulatorRequest request) {
		ObjectNode body = body(request);
		if (body == null) {
			return malformed();
		}
		String redirectUri = text(body, "redirect_uri");
		if (redirectUri == null) {
			return ErrorResponses.error(400, "redirect_uri is required.");
		}
		URI target = target(redirectUri);
		if (target == null) {
			return ErrorResponses.error(400, "redirect_uri is not a valid URL.");
		}
		if (!this.state.logins().register(target) && this.state.shows(SimulatedAlternative.REGISTERED_REDIRECT_URI)) {
			return ErrorResponses.error(400, "redirect_uri is not registered.");
		}
		Login login = this.state.logins().start(target, body.path("state").stringValue(null));
		return SimulatorResponse.json(JsonNodeFactory.instance.objectNode()
			.put("expiration_dts", EasternTime.format(login.expiresAt()))
			.put("login_url", loginPage(target, request) + "?token=" + login.token()));
	}

	private String loginPage(URI target, SimulatorRequest request) {
		return this.state.shows(SimulatedAlternative.OTHER_LOGIN_HOST) ? this.loginPage.onOtherHost()
				: this.loginPage.forLogin(target, request);
	}

	private SimulatorResponse token(SimulatorRequest request) {
		ObjectNode body = body(request);
		if (body == null) {
			return malformed();
		}
		if (!"simple_key".equals(text(body, "grant_type"))) {
			return ErrorResponses.error(400, "grant_type must be simple_key.");
		}
		String value = text(body, "code");
		if (value == null) {
			return ErrorResponses.error(400, "code is required.");
		}
		Code code = this.state.logins().redeem(value);
		if (code == null) {
			return ErrorResponses.error(this.state.shows(SimulatedAlternative.UNAUTHORIZED_CODE) ? 401 : 400,
					"The code is invalid or has expired.");
		}
		Session session = this.state.sessions().start(code.login(), code.ipAddress());
		this.state.issued(session.key(), this.state.applicationOf(request.header(RestApi.KEY_HEADER)));
		return SimulatorResponse.json(JsonNodeFactory.instance.objectNode()
			.put("expiration_dts", EasternTime.format(session.expiresAt()))
			.put("ip_address", session.ipAddress())
			.put("simple_key", session.key()));
	}

	private SimulatorResponse sessionUser(Session session) {
		return SimulatorResponse.json(new UserDocument(this.state).write(this.state.userOf(session),
				session.ipAddress(), session.startedAt()));
	}

	private SimulatorResponse revoke(Session session) {
		this.state.sessions().revoke(session::equals);
		return this.state.shows(SimulatedAlternative.REVOKED_WITH_BODY) ? SimulatorResponse.json(revoked())
				: SimulatorResponse.status(204);
	}

	private static ObjectNode revoked() {
		ObjectNode document = JsonNodeFactory.instance.objectNode().put("success", true);
		document.putObject("metadata");
		return document;
	}

	private static @Nullable ObjectNode body(SimulatorRequest request) {
		try {
			return (JsonMapper.shared().readTree(request.body()) instanceof ObjectNode body) ? body : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static SimulatorResponse malformed() {
		return ErrorResponses.error(400, "The request body is not a valid JSON object.");
	}

	private static @Nullable String text(ObjectNode body, String member) {
		String text = body.path(member).stringValue("");
		return text.isBlank() ? null : text;
	}

	private static @Nullable URI target(String redirectUri) {
		try {
			URI uri = URI.create(redirectUri);
			boolean web = uri.getScheme() != null && Set.of("http", "https").contains(uri.getScheme());
			String authority = uri.getRawAuthority();
			return (web && authority != null && AUTHORITY.matcher(authority).matches() && uri.getRawFragment() == null)
					? uri : null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
