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

package io.github.ultracartsso.test.simulator.state;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Logins that were started, and the codes of those that were approved. Both can be used
 * once and expire. Guarded by the lock of {@link SimulatorState}. Not part of the API.
 */
public final class LoginOperations {

	private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);

	/**
	 * How long an expired login is distinguished from an unknown one.
	 */
	private static final Duration MEMORY_OF_EXPIRED = Duration.ofHours(1);

	private final Clock clock;

	private final Secrets secrets;

	private final Duration loginLifetime;

	private final Map<String, Login> logins = new HashMap<>();

	private final Map<String, Code> codes = new HashMap<>();

	private @Nullable URI registered;

	LoginOperations(Clock clock, Secrets secrets, Duration loginLifetime) {
		this.clock = clock;
		this.secrets = secrets;
		this.loginLifetime = loginLifetime;
	}

	/**
	 * Registers the redirect URI, if it is the first one.
	 * @return whether it is registered
	 */
	public boolean register(URI redirectUri) {
		if (this.registered == null) {
			this.registered = redirectUri;
		}
		return this.registered.equals(redirectUri);
	}

	public Login start(URI redirectUri, @Nullable String state) {
		Instant now = this.clock.instant();
		this.logins.values().removeIf((login) -> now.isAfter(login.expiresAt().plus(MEMORY_OF_EXPIRED)));
		this.codes.values().removeIf((code) -> !now.isBefore(code.expiresAt()));
		Instant expiresAt = now.plus(this.loginLifetime).truncatedTo(ChronoUnit.SECONDS);
		Login login = new Login(this.secrets.token(), redirectUri, state, expiresAt);
		this.logins.put(login.token(), login);
		return login;
	}

	/**
	 * Returns a login that was started and is not finished, even if it has expired.
	 */
	public @Nullable Login find(@Nullable String token) {
		return (token != null) ? this.logins.get(token) : null;
	}

	public boolean isExpired(Login login) {
		return !this.clock.instant().isBefore(login.expiresAt());
	}

	/**
	 * Ends the login with the user's approval.
	 * @return the URI to redirect the browser to
	 */
	public URI approve(Login login, String userLogin, String ipAddress) {
		this.logins.remove(login.token());
		String code = this.secrets.token();
		this.codes.put(code, new Code(userLogin, ipAddress, this.clock.instant().plus(CODE_LIFETIME)));
		return login.callback("code", code);
	}

	/**
	 * Ends the login without a redirect.
	 */
	public void abandon(Login login) {
		this.logins.remove(login.token());
	}

	/**
	 * Ends the login with an error.
	 * @return the URI to redirect the browser to
	 */
	public URI fail(Login login, String error) {
		this.logins.remove(login.token());
		return login.callback("error", error);
	}

	/**
	 * Uses up a code.
	 * @return the code, {@code null} where it is unknown, used or expired
	 */
	public @Nullable Code redeem(String value) {
		Code code = this.codes.remove(value);
		return (code != null && this.clock.instant().isBefore(code.expiresAt())) ? code : null;
	}

	/**
	 * Removes the codes of a user.
	 */
	void removeCodesOf(String userLogin) {
		this.codes.values().removeIf((code) -> code.login().equals(userLogin));
	}

	/**
	 * Forgets all logins, codes and the registered redirect URI.
	 */
	void clear() {
		this.logins.clear();
		this.codes.clear();
		this.registered = null;
	}

	/**
	 * A login that was started.
	 */
	public record Login(String token, URI redirectUri, @Nullable String state, Instant expiresAt) {

		private URI callback(String name, String value) {
			String uri = this.redirectUri.toString();
			String separator = (this.redirectUri.getRawQuery() != null) ? "&" : "?";
			String callback = uri + separator + name + "=" + encoded(value);
			return URI.create((this.state != null) ? callback + "&state=" + encoded(this.state) : callback);
		}

		private static String encoded(String value) {
			return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
		}

	}

	/**
	 * The user and the address that a code was issued for.
	 */
	public record Code(String login, String ipAddress, Instant expiresAt) {
	}

}
