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

package io.github.ultracartsso.web.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.login.StateDigest;
import io.github.ultracartsso.session.sealing.SecretSealer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Recognizes browsers in which a login has been completed before, because a part of the
 * {@link LoginStartBudget} is reserved for them. A completed login adds an encrypted
 * cookie that contains its time and nothing about the user. It lives for 180 days and is
 * no proof of anything else.
 * <p>
 * The cookie is named {@code __Host-ultracart-known-browser} and is {@code Secure},
 * {@code HttpOnly} and {@code SameSite=Lax}. For plain http to a loopback host, as in
 * development, the name has no {@code __Host-} and the cookie is not {@code Secure}. With
 * other encryption keys, as after a restart without configured keys, browsers are new
 * again.
 *
 * @since 0.1
 */
public final class KnownBrowsers {

	private static final String NAME = "ultracart-known-browser";

	private static final Duration MEMORY = Duration.ofDays(180);

	private static final int MAX_LENGTH = 200;

	private final SecretSealer sealer;

	private final LoginCookies cookies = new LoginCookies();

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates an instance.
	 * @param sealer encrypts the cookie. It should have its own keys for this purpose,
	 * see {@link io.github.ultracartsso.session.sealing.EncryptionKeys#sealer(String)}
	 */
	public KnownBrowsers(SecretSealer sealer) {
		Assert.notNull(sealer, "sealer cannot be null");
		this.sealer = sealer;
	}

	/**
	 * Sets the clock that the age of the cookie is computed with. Defaults to the system
	 * clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Sets the hosts that are treated like loopback hosts, for development. By default
	 * there are none.
	 * @param plainHttpHosts the hosts
	 */
	public void setPlainHttpHosts(PlainHttpHosts plainHttpHosts) {
		Assert.notNull(plainHttpHosts, "plainHttpHosts cannot be null");
		this.cookies.setPlainHttpHosts(plainHttpHosts);
	}

	/**
	 * Returns the browser that sent a request.
	 * @param request the request
	 * @return the browser
	 */
	public StartingBrowser browser(HttpServletRequest request) {
		return new StartingBrowser(request.getRemoteAddr(), knownAs(request));
	}

	void remember(HttpServletRequest request, HttpServletResponse response) {
		this.cookies.add(request, response, this.cookies.name(NAME, request),
				this.sealer.seal(Long.toString(this.clock.millis())), MEMORY);
	}

	private @Nullable String knownAs(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		String name = this.cookies.name(NAME, request);
		return (cookies != null) ? Arrays.stream(cookies)
			.filter((cookie) -> cookie.getName().equals(name))
			.findFirst()
			.map(Cookie::getValue)
			.filter(this::isValid)
			.map(StateDigest::of)
			.orElse(null) : null;
	}

	private boolean isValid(String value) {
		String opened = (value.length() <= MAX_LENGTH) ? this.sealer.open(value) : null;
		try {
			return opened != null
					&& Instant.ofEpochMilli(Long.parseLong(opened)).plus(MEMORY).isAfter(this.clock.instant());
		}
		catch (NumberFormatException ex) {
			// encrypted by this application, but for something else
			return false;
		}
	}

}
