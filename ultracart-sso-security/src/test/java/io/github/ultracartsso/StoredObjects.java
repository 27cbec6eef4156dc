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

package io.github.ultracartsso;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.config.CollidingLoginUrlsException;
import io.github.ultracartsso.config.UnsuitableFilterChainException;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.UltraCartAuthorizationDecision;
import io.github.ultracartsso.authorization.UltraCartAuthorizationManager;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartForbiddenException;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * What lies in the stored samples. A sample is written once and never again, so what is
 * here may only be added to.
 */
public final class StoredObjects {

	/**
	 * The user's key, which must be in no sample.
	 */
	public static final String CLEAR_KEY = "5a1e5a1e-the-users-key-in-clear";

	/**
	 * What seals and opens keys in the samples.
	 */
	public static final SecretSealer SEALER = EncryptionKeys.of(List.of(key())).sealer("simple-key");

	/**
	 * {@link #CLEAR_KEY} as version 0.1 has sealed it.
	 */
	private static final String SEALED_KEY = "23r20KByyy2O8egj7TguV57lgZ-gP4sCQMfsmbEDtRqiRRkDFFdhEDbXBVG7pHyfRXl8jPk6"
			+ "OE6Uxnby6gwYMGWLGexf";

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456789Z");

	private static final Map<Class<?>, Object> OBJECTS = Map.ofEntries(Map.entry(UltraCartUser.class, user()),
			Map.entry(UltraCartAuthenticationToken.class, authenticationToken()),
			Map.entry(UltraCartLoginAuthenticationToken.class, loginAuthenticationToken()),
			Map.entry(ReturnTarget.class, new ReturnTarget("/items?page=2&sort=näme", NOW, true)),
			Map.entry(PendingLogin.class,
					new PendingLogin("warehouse", "s7Yp-3kQ_state", NOW.minusSeconds(600), NOW,
							new ReturnTarget("/items?page=2&sort=näme", NOW.minusSeconds(601), false))),
			Map.entry(SealedSsoSession.class, SealedSsoSession.seal(ssoSession(), new SealedBefore())),
			Map.entry(UltraCartAuthorizationDecision.class,
					UltraCartAuthorizationManager.hasAnyPermission("Edit Items", "Edit Users")
						.authorize(StoredObjects::authenticationToken, "")),
			Map.entry(UltraCartLoginException.class,
					withoutStackTrace(
							new UltraCartLoginException(UltraCartLoginError.INVALID_CODE, "message", apiException()))),
			Map.entry(UltraCartLoginServiceException.class,
					withoutStackTrace(
							new UltraCartLoginServiceException(UltraCartLoginError.BUSY, "message", apiException()))),
			Map.entry(CollidingLoginUrlsException.class,
					withoutStackTrace(new CollidingLoginUrlsException(List.of("/login is the path of both")))),
			Map.entry(UnsuitableFilterChainException.class,
					withoutStackTrace(new UnsuitableFilterChainException("description", "remedy"))),
			Map.entry(SsoSessionEndedException.class,
					withoutStackTrace(new SsoSessionEndedException("message", "req-3"))),
			Map.entry(UltraCartApiException.class, apiException()),
			Map.entry(UltraCartForbiddenException.class, apiException(UltraCartApiFailure.REFUSED, 403)),
			Map.entry(UltraCartRateLimitException.class, apiException(UltraCartApiFailure.RATE_LIMITED, 429)),
			Map.entry(UltraCartUnavailableException.class, apiException(UltraCartApiFailure.SERVER_ERROR, 503)));

	private StoredObjects() {
	}

	/**
	 * Returns what is or will be stored in the sample of the type.
	 */
	public static <T> T of(Class<T> type) {
		Object object = OBJECTS.get(type);
		if (object == null) {
			throw new AssertionError("Put an instance of " + type.getName() + " into " + StoredObjects.class.getName());
		}
		return type.cast(object);
	}

	/**
	 * Returns what {@link #SEALER} is to make of the sealed SSO session.
	 */
	public static SsoSession ssoSession() {
		return SsoSession.withId("0d5c6f0e-6f5c-4d0b-9a55-7a2f3c1e8b4d")
			.registrationId("warehouse")
			.userId(184223)
			.simpleKey(SimpleKey.of(CLEAR_KEY))
			.expiresAt(NOW.plusSeconds(3600))
			.ipAddress("203.0.113.7")
			.clientAddress("198.51.100.9")
			.beganAt(NOW)
			.userReadAt(NOW.plusSeconds(60))
			.user(user())
			.build();
	}

	private static UltraCartUser user() {
		return UltraCartUser.with(184223, "Jane!ops")
			.registrationId("warehouse")
			.fullName("Jane Example")
			.email("jane@merchant.example")
			.permissions(List.of("View Items", "Level 1 - Standard Access (No PII)"))
			.groups(List.of("Warehouse"))
			.authorities(AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE"))
			.build();
	}

	private static UltraCartAuthenticationToken authenticationToken() {
		List<GrantedAuthority> authorities = AuthorityUtils.createAuthorityList("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE");
		authorities.add(FactorGrantedAuthority.withFactor("ULTRACART_SSO").issuedAt(NOW).build());
		UltraCartAuthenticationToken token = new UltraCartAuthenticationToken(user(), authorities,
				"0d5c6f0e-6f5c-4d0b-9a55-7a2f3c1e8b4d");
		token.setDetails(new WebAuthenticationDetails("203.0.113.7", "session-id"));
		return token;
	}

	private static UltraCartLoginAuthenticationToken loginAuthenticationToken() {
		UltraCartLoginAuthenticationToken token = new UltraCartLoginAuthenticationToken("warehouse",
				SimpleKey.of(CLEAR_KEY));
		token.setDetails(new WebAuthenticationDetails("203.0.113.7", "session-id"));
		return token;
	}

	private static UltraCartApiException apiException() {
		return withoutStackTrace(UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "message")
			.call("ssoToken")
			.status(429)
			.errorCode("too_many")
			.requestId("req-1")
			.retryAfter(Duration.ofSeconds(30))
			.build());
	}

	private static UltraCartApiException apiException(UltraCartApiFailure failure, int status) {
		return withoutStackTrace(UltraCartApiException.withFailure(failure, "message")
			.call("GET /order/orders")
			.status(status)
			.userMessage("user message")
			.requestId("req-2")
			.build());
	}

	private static <T extends Throwable> T withoutStackTrace(T ex) {
		ex.setStackTrace(new StackTraceElement[0]);
		return ex;
	}

	private static byte[] key() {
		byte[] key = new byte[32];
		IntStream.range(0, key.length).forEach((i) -> key[i] = (byte) i);
		return key;
	}

	/**
	 * Sealing gives something else each time, so here it is done already.
	 */
	private static final class SealedBefore implements SecretSealer {

		@Override
		public String seal(String secret) {
			return SEALED_KEY;
		}

		@Override
		public String open(String sealed) {
			throw new UnsupportedOperationException();
		}

	}

}
