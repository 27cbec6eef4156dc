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

package io.github.ultracartsso.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;

/**
 * Knows the SSO session of whoever a thread acts for: the user in the security context.
 * <p>
 * On the thread of a request it is the one that the request has come with and that the
 * {@link UltraCartSessionGuardFilter} has let through. Threads that the security context
 * is carried to, for instance by a
 * {@link org.springframework.security.concurrent.DelegatingSecurityContextExecutor}, have
 * the SSO session of the request that the context comes from, also after that request is
 * over. There it is found by the authentication that the filter chain has put into the
 * context; one that the application has put in its place is known on the thread of the
 * request alone, and so is that of a user who has proved another factor after
 * UltraCart's. Nothing of this keeps a key in memory: it is opened for whoever asks, and
 * known no longer than somebody holds the authentication.
 * <p>
 * All filter chains and all who ask have to share one object, which is therefore a bean.
 *
 * @since 0.1
 */
public final class CurrentSsoSessions {

	private static final Duration UNDER_WAY = Duration.ofMinutes(1);

	private final WeakIdentityMap<Authentication, Supplier<@Nullable SsoSession>> deferred = new WeakIdentityMap<>();

	/**
	 * Keys of sessions that have ended here, and those that UltraCart has refused.
	 */
	private final KeyMemory over = new KeyMemory();

	/**
	 * Refused keys whose sessions have not ended yet, or a moment ago.
	 */
	private final KeyMemory refused = new KeyMemory();

	// not static: the sessions of two applications in one JVM know nothing of each other
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable GuardedRequest> request = new ThreadLocal<>();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private Clock clock = Clock.systemUTC();

	/**
	 * Sets where the security context of a thread is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Sets the clock that tells whether a key has expired. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Finds the SSO session of the user in the security context of this thread.
	 * @return the SSO session, or {@code null} if nobody is there who has signed in with
	 * UltraCart, or the SSO session is over or not known on this thread
	 */
	public @Nullable SsoSession find() {
		return find(authentication());
	}

	/**
	 * Returns who is in the security context of this thread.
	 */
	@Nullable Authentication authentication() {
		return this.securityContextHolderStrategy.getContext().getAuthentication();
	}

	/**
	 * Finds the SSO session of a user.
	 * @param authentication the authentication of the user, the very object that was in a
	 * security context, or {@code null}
	 * @return the SSO session, or {@code null} if there is none
	 */
	public @Nullable SsoSession find(@Nullable Authentication authentication) {
		if (authentication == null || !UltraCartFactor.isIn(authentication)) {
			return null;
		}
		SsoSession ssoSession = load(authentication);
		return (ssoSession != null && isUsable(ssoSession)) ? ssoSession : null;
	}

	private boolean isUsable(SsoSession ssoSession) {
		Instant now = this.clock.instant();
		return !ssoSession.isExpired(now)
				&& (this.over.isEmpty(now) || !this.over.contains(KeyMemory.fingerprint(ssoSession.simpleKey())));
	}

	private @Nullable SsoSession load(Authentication authentication) {
		GuardedRequest current = this.request.get();
		if (current != null && current.isFor(authentication)) {
			return current.loadSsoSession();
		}
		Supplier<@Nullable SsoSession> found = this.deferred.get(authentication);
		if (found != null) {
			return found.get();
		}
		return (current != null && current.isForUserOf(authentication)) ? current.loadSsoSession() : null;
	}

	/**
	 * Has the SSO session known wherever the authentication is, for as long as somebody
	 * holds that. Filter chains do so with each request; whoever makes authentications
	 * himself, such as a test, may do the same.
	 * @param authentication the authentication of the user
	 * @param ssoSession finds the SSO session; it must not hold the authentication
	 */
	public void remember(Authentication authentication, Supplier<@Nullable SsoSession> ssoSession) {
		Assert.notNull(authentication, "authentication cannot be null");
		Assert.notNull(ssoSession, "ssoSession cannot be null");
		this.deferred.put(authentication, ssoSession);
	}

	/**
	 * Forgets an SSO session that has ended here, wherever its authentication still is.
	 */
	void forget(SsoSession ssoSession) {
		this.over.add(KeyMemory.fingerprint(ssoSession.simpleKey()), ssoSession.expiresAt(), this.clock.instant());
	}

	/**
	 * Ends an SSO session whose key UltraCart has refused: at once on the thread of a
	 * request that has come with it, else with the next request that does.
	 */
	void end(SsoSession ssoSession) {
		String fingerprint = KeyMemory.fingerprint(ssoSession.simpleKey());
		Instant now = this.clock.instant();
		if (!this.over.add(fingerprint, ssoSession.expiresAt(), now)) {
			// the session has ended before
			return;
		}
		this.refused.add(fingerprint, ssoSession.expiresAt(), now);
		GuardedRequest current = this.request.get();
		if (current != null) {
			current.endIfRefused();
		}
	}

	/**
	 * Returns whether there is any reason to look whether a key has been refused.
	 */
	boolean hasRefused() {
		return !this.refused.isEmpty(this.clock.instant());
	}

	/**
	 * Returns whether the session is to end because its key has been refused. Whoever
	 * asks has to end it then: the key is remembered for those requests only that may be
	 * under way with a copy of the session, so that others need not be looked at.
	 */
	boolean isRefused(SsoSession ssoSession) {
		String fingerprint = KeyMemory.fingerprint(ssoSession.simpleKey());
		if (!this.refused.contains(fingerprint)) {
			return false;
		}
		this.refused.forgetAt(fingerprint, this.clock.instant().plus(UNDER_WAY));
		return true;
	}

	/**
	 * Makes this thread that of the request.
	 * @return the request whose thread it was before, to be {@linkplain #leave returned
	 * to}
	 */
	@Nullable GuardedRequest enter(GuardedRequest entered) {
		GuardedRequest outer = this.request.get();
		this.request.set(entered);
		return outer;
	}

	void leave(@Nullable GuardedRequest outer) {
		if (outer != null) {
			this.request.set(outer);
		}
		else {
			this.request.remove();
		}
	}

}
