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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.ultracartsso.client.PlainHttpHosts;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.login.StateDigest;
import io.github.ultracartsso.session.BoundedMemory;
import io.github.ultracartsso.session.sealing.SecretSealer;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Stores each pending login in its own encrypted cookie, which is the default. No HTTP
 * session is needed before a login succeeds, and every instance of the application with
 * the same encryption keys can complete it.
 * <p>
 * The cookies are named {@code __Host-ultracart-login-…} and are {@code Secure},
 * {@code HttpOnly} and {@code SameSite=Lax}. They live ten minutes longer than the login,
 * so that an expired login can be reported as expired. If the request is plain http to a
 * loopback host, as in development, the name has no {@code __Host-} and the cookie is not
 * {@code Secure}, because browsers would reject it. Behind a proxy that terminates TLS,
 * the server must evaluate forwarded headers.
 * <p>
 * A browser has at most sixteen of these cookies; the oldest is evicted. Together they
 * are limited to 4096 bytes, as far as a request shows them, because servers reject
 * requests with larger headers. A target that does not fit, of more than about 180
 * characters, is remembered by this instance instead. If the login is completed at
 * another instance, or too many others have long targets, it ends on the default page.
 * <p>
 * Removing a login deletes its cookie, but not a copy of the cookie. The instance that
 * has removed the login rejects the copy for as long as the login would be valid. On
 * another instance the copy leads to a call to UltraCart, which exchanges each code only
 * once. Someone who has both the cookie and the callback URL of a login that is not
 * completed yet can complete it. The same is true of the session cookie and
 * {@link HttpSessionPendingLoginRepository}.
 *
 * @since 0.1
 */
public final class CookiePendingLoginRepository implements PendingLoginRepository {

	private static final String NAME_PREFIX = "ultracart-login-";

	private static final int MAX_PENDING_LOGINS = 16;

	/**
	 * Limit for forged cookies. Tabs that start at the same time can exceed
	 * {@link #MAX_PENDING_LOGINS}.
	 */
	private static final int MAX_OPENED = 2 * MAX_PENDING_LOGINS;

	/**
	 * Browsers ignore a larger cookie, and common servers reject requests with 8192 bytes
	 * of headers.
	 */
	private static final int MAX_LENGTH = 4096;

	/**
	 * So that a dozen tabs that start at the same time, and know nothing of each other's
	 * cookies, do not exceed what servers accept either.
	 */
	private static final int MAX_COOKIE_LENGTH = 480;

	private static final int MAX_LONG_TARGETS = 1000;

	/**
	 * How long the cookie outlives the login.
	 */
	private static final Duration LATE = Duration.ofMinutes(10);

	/**
	 * No URL contains a line break, so a URL that the application has encrypted for
	 * another purpose cannot be used as a pending login.
	 */
	private static final String SEPARATOR = "\n";

	private static final int PARTS_WITHOUT_TARGET = 4;

	private static final int ALL_PARTS = 7;

	private static final String SIGNED_IN = "!";

	private final SecretSealer sealer;

	private final BoundedMemory<ReturnTarget> longTargets = new BoundedMemory<>(MAX_LONG_TARGETS, LATE.multipliedBy(2));

	private Clock clock = Clock.systemUTC();

	private final LoginCookies cookies = new LoginCookies();

	/**
	 * Creates a repository.
	 * @param sealer encrypts the logins. It should have its own keys for this purpose,
	 * see {@link io.github.ultracartsso.session.sealing.EncryptionKeys#sealer(String)}
	 */
	public CookiePendingLoginRepository(SecretSealer sealer) {
		Assert.notNull(sealer, "sealer cannot be null");
		this.sealer = sealer;
	}

	/**
	 * Sets the clock that the lifetime of the cookies is computed with. Defaults to the
	 * system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.longTargets.setClock(clock);
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

	@Override
	public void savePendingLogin(PendingLogin pendingLogin, HttpServletRequest request, HttpServletResponse response) {
		String name = cookieName(pendingLogin.state(), request);
		int room = makeRoom(request, response) - name.length();
		String value = this.sealer.seal(write(pendingLogin));
		ReturnTarget target = pendingLogin.target();
		if (target != null && value.length() > Math.min(room, MAX_COOKIE_LENGTH - name.length())) {
			this.longTargets.compute(StateDigest.of(pendingLogin.state()), (other) -> target);
			value = this.sealer.seal(write(pendingLogin.withTarget(null)));
		}
		this.cookies.add(request, response, name, value,
				Duration.between(this.clock.instant(), pendingLogin.expiresAt()).plus(LATE));
	}

	/**
	 * Deletes the oldest logins if there are too many.
	 * @return the number of bytes that are left for another
	 */
	private int makeRoom(HttpServletRequest request, HttpServletResponse response) {
		List<Cookie> cookies = cookies(request).toList();
		int room = MAX_LENGTH - cookies.stream().mapToInt(CookiePendingLoginRepository::length).sum();
		if (cookies.size() < MAX_PENDING_LOGINS) {
			return room;
		}
		// a cookie that cannot be decrypted must not evict a login
		List<StoredLogin> logins = cookies.stream()
			.limit(MAX_OPENED)
			.map(this::open)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparing((login) -> login.pendingLogin().startedAt()))
			.toList();
		for (StoredLogin login : logins.subList(0, Math.max(0, logins.size() - MAX_PENDING_LOGINS + 1))) {
			deleteCookie(request, response, login.cookie().getName());
			room += length(login.cookie());
		}
		return room;
	}

	private static int length(Cookie cookie) {
		return cookie.getName().length() + cookie.getValue().length();
	}

	@Override
	public @Nullable PendingLogin removePendingLogin(String state, HttpServletRequest request,
			HttpServletResponse response) {
		String name = cookieName(state, request);
		StoredLogin stored = cookies(request).filter((cookie) -> cookie.getName().equals(name))
			.limit(MAX_OPENED)
			.map(this::open)
			.filter((login) -> login != null && login.pendingLogin().hasState(state))
			.findFirst()
			.orElse(null);
		if (stored == null) {
			return null;
		}
		deleteCookie(request, response, name);
		if (cookies(request).count() > MAX_PENDING_LOGINS) {
			makeRoom(request, response);
		}
		return (stored.pendingLogin().target() != null) ? stored.pendingLogin()
				: stored.pendingLogin().withTarget(this.longTargets.get(StateDigest.of(state)));
	}

	/**
	 * Returns the browser's pending logins.
	 */
	List<PendingLogin> pendingLogins(HttpServletRequest request) {
		return cookies(request).limit(MAX_OPENED)
			.map(this::open)
			.filter(Objects::nonNull)
			.map(StoredLogin::pendingLogin)
			.toList();
	}

	private Stream<Cookie> cookies(HttpServletRequest request) {
		Cookie[] cookies = request.getCookies();
		String prefix = namePrefix(request);
		return (cookies != null) ? Arrays.stream(cookies).filter((cookie) -> cookie.getName().startsWith(prefix))
				: Stream.empty();
	}

	private @Nullable StoredLogin open(Cookie cookie) {
		String opened = (cookie.getValue().length() <= MAX_LENGTH) ? this.sealer.open(cookie.getValue()) : null;
		PendingLogin login = (opened != null) ? read(opened) : null;
		return (login != null) ? new StoredLogin(cookie, login) : null;
	}

	private void deleteCookie(HttpServletRequest request, HttpServletResponse response, String name) {
		this.cookies.add(request, response, name, "", Duration.ZERO);
	}

	private String cookieName(String state, HttpServletRequest request) {
		return namePrefix(request) + StateDigest.of(state);
	}

	private String namePrefix(HttpServletRequest request) {
		return this.cookies.name(NAME_PREFIX, request);
	}

	private static String write(PendingLogin login) {
		String text = String.join(SEPARATOR, write(login.startedAt()), write(login.expiresAt()), login.registrationId(),
				login.state());
		ReturnTarget target = login.target();
		return (target != null) ? String.join(SEPARATOR, text, write(target.requestedAt()),
				target.signedIn() ? SIGNED_IN : "", target.url()) : text;
	}

	private static String write(Instant time) {
		return Long.toString(time.toEpochMilli(), Character.MAX_RADIX);
	}

	private static Instant readTime(String text) {
		return Instant.ofEpochMilli(Long.parseLong(text, Character.MAX_RADIX));
	}

	private static @Nullable PendingLogin read(String text) {
		String[] parts = text.split(SEPARATOR, ALL_PARTS);
		if (parts.length != PARTS_WITHOUT_TARGET && parts.length != ALL_PARTS) {
			return null;
		}
		try {
			ReturnTarget target = (parts.length == ALL_PARTS)
					? new ReturnTarget(parts[6], readTime(parts[4]), SIGNED_IN.equals(parts[5])) : null;
			return new PendingLogin(parts[2], parts[3], readTime(parts[0]), readTime(parts[1]), target);
		}
		catch (NumberFormatException ex) {
			// encrypted by this application, but not a pending login
			return null;
		}
	}

	private record StoredLogin(Cookie cookie, PendingLogin pendingLogin) {

	}

}
