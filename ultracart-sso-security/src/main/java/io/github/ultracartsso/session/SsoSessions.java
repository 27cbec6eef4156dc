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

package io.github.ultracartsso.session;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.session.event.SsoSessionAddressMismatchEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Decides whether SSO sessions may be used, and remembers by their ids which of them have
 * ended at this instance of the application. All filter chains share one.
 *
 * @since 0.1
 */
public final class SsoSessions {

	private final BoundedMemory<Set<Mark>> marks = BoundedMemory.ofSsoSessions();

	private final List<Consumer<String>> endListeners = new CopyOnWriteArrayList<>();

	private final SsoSessionPolicy policy;

	private final AddressLock addressLock;

	private Clock clock = Clock.systemUTC();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates an instance.
	 * @param policy the bounds of sessions
	 */
	public SsoSessions(SsoSessionPolicy policy) {
		Assert.notNull(policy, "policy cannot be null");
		this.policy = policy;
		this.addressLock = new AddressLock(policy.ipLock());
	}

	/**
	 * Sets the clock that sessions expire by. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.marks.setClock(clock);
		this.addressLock.setClock(clock);
	}

	/**
	 * Sets the publisher of {@link SsoSessionAddressMismatchEvent}s. By default they are
	 * not published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Returns the bounds of sessions.
	 * @return the policy
	 */
	public SsoSessionPolicy policy() {
		return this.policy;
	}

	/**
	 * Decides about the SSO session of a request.
	 * @param ssoSession the SSO session that the request came with
	 * @param user the user of it
	 * @param clientAddress the address that the request came from
	 * @return the verdict. A foreign address comes first, so that it cannot end the
	 * session of its owner
	 */
	public Verdict judge(SsoSession ssoSession, UltraCartUser user, String clientAddress) {
		if (this.addressLock.rejects(ssoSession, user, clientAddress, this.eventPublisher)) {
			return new Verdict.Foreign();
		}
		if (!ssoSession.isOf(user)) {
			return new Verdict.Over(Reason.OTHER_USER);
		}
		if (this.policy.isOver(ssoSession, this.clock.instant())) {
			return new Verdict.Over(Reason.EXPIRED);
		}
		if (isMarked(ssoSession, Mark.REFUSED)) {
			return new Verdict.Over(Reason.REFUSED);
		}
		return new Verdict.GoesOn(this.policy.isRefreshDue(ssoSession, this.clock.instant()));
	}

	/**
	 * Returns whether the key of an SSO session may be used now.
	 */
	boolean isUsable(SsoSession ssoSession) {
		return !this.policy.isOver(ssoSession, this.clock.instant()) && !isOver(ssoSession.id());
	}

	/**
	 * Returns how long the key of an SSO session may still be used.
	 */
	Duration timeLeft(SsoSession ssoSession) {
		Duration left = Duration.between(this.clock.instant(), this.policy.endsAt(ssoSession));
		return (left.isNegative() || isOver(ssoSession.id())) ? Duration.ZERO : left;
	}

	/**
	 * Returns whether anything but its age keeps the key of an SSO session from being
	 * used.
	 */
	boolean isOver(String id) {
		return this.marks.get(id) != null;
	}

	/**
	 * Adds a listener to the ids of SSO sessions whose keys must not be used any more. It
	 * is called on the thread that ends the session, and neither blocks nor throws.
	 */
	void onEnd(Consumer<String> listener) {
		this.endListeners.add(listener);
	}

	/**
	 * Gives an authentication access to its SSO session.
	 * @param authentication the authentication of a user
	 * @param ssoSession the user's SSO session
	 * @return an authentication with access to the key, or the same one if it has that
	 * already or is no {@link UltraCartAuthenticationToken}
	 */
	public Authentication bind(Authentication authentication, SsoSession ssoSession) {
		if (!(authentication instanceof UltraCartAuthenticationToken token)
				|| (token.simpleKeySupplier() instanceof SsoSessionKey key && key.ssoSession().equals(ssoSession)
						&& key.ssoSessions() == this)) {
			return authentication;
		}
		return token.withSsoSession(ssoSession.id(), new SsoSessionKey(ssoSession, this));
	}

	/**
	 * Prepares an authentication to be stored between requests. In the memory of the
	 * application it keeps access to the key, so that a security context taken from a
	 * session acts for the user outside a request too. Not so where sessions are locked
	 * to an address: only a request can show that it may use the session.
	 * @param authentication the authentication of a user
	 * @param ssoSession the user's SSO session
	 * @return the authentication to store
	 */
	public Authentication bindBetweenRequests(Authentication authentication, SsoSession ssoSession) {
		if (this.policy.ipLock() == IpLock.OFF || this.policy.ipLock() == IpLock.WARN) {
			return bind(authentication, ssoSession);
		}
		return (authentication instanceof UltraCartAuthenticationToken token)
				? token.withSsoSession(ssoSession.id(), null) : authentication;
	}

	/**
	 * Rejects a login that is completed from another address than UltraCart saw, if the
	 * policy says so.
	 * @param ssoSession the SSO session of the login
	 * @throws UltraCartLoginException if the login is rejected
	 */
	public void checkLogin(SsoSession ssoSession) {
		this.addressLock.checkLogin(ssoSession);
	}

	/**
	 * Reports a completed login that a stricter policy would reject.
	 * @param ssoSession the SSO session of the login
	 * @param user the user who signed in
	 */
	public void reportLogin(SsoSession ssoSession, UltraCartUser user) {
		this.addressLock.reportLogin(ssoSession, user, this.eventPublisher);
	}

	/**
	 * Remembers that UltraCart does not know the key any more. The key is not used again,
	 * and the session ends with its next request.
	 * @param ssoSession the SSO session
	 */
	public void refuse(SsoSession ssoSession) {
		mark(ssoSession, Mark.REFUSED);
	}

	/**
	 * Returns whether UltraCart has refused the key of an SSO session.
	 * @param ssoSession the SSO session
	 * @return {@code true} if it has
	 */
	public boolean isRefused(SsoSession ssoSession) {
		return isMarked(ssoSession, Mark.REFUSED);
	}

	/**
	 * Remembers that the session of a user has ended.
	 * @param ssoSessionId the id of the SSO session, or {@code null} if it is missing
	 * @param httpSessionId the id of the HTTP session, by which another request knows it
	 * that finds no SSO session there any more, or {@code null}
	 * @return {@code true} for the first caller, who publishes the end
	 */
	public synchronized boolean end(@Nullable String ssoSessionId, @Nullable String httpSessionId) {
		boolean first = httpSessionId == null || mark(httpSessionId, Mark.ENDED);
		return (ssoSessionId == null || mark(ssoSessionId, Mark.ENDED)) && first;
	}

	/**
	 * Returns whether the session of a user has ended at this instance, not long ago.
	 * @param id the id that {@link #end} was called with
	 * @return {@code true} if it has
	 */
	public boolean hasEnded(String id) {
		return isMarked(id, Mark.ENDED);
	}

	/**
	 * Returns whether the session of a user has ended.
	 * @param ssoSession the user's SSO session
	 * @return {@code true} if it has
	 */
	public boolean hasEnded(SsoSession ssoSession) {
		return isMarked(ssoSession, Mark.ENDED);
	}

	/**
	 * Remembers that the key of an SSO session is being revoked.
	 * @return {@code true} for the first caller, who revokes it
	 */
	boolean revoke(SsoSession ssoSession) {
		return mark(ssoSession, Mark.REVOKED);
	}

	/**
	 * Remembers that the key of an SSO session must not be used any more.
	 */
	void close(SsoSession ssoSession) {
		mark(ssoSession, Mark.CLOSED);
	}

	private boolean isMarked(SsoSession ssoSession, Mark mark) {
		return isMarked(ssoSession.id(), mark);
	}

	private boolean isMarked(String id, Mark mark) {
		Set<Mark> marked = this.marks.get(id);
		return marked != null && marked.contains(mark);
	}

	private boolean mark(SsoSession ssoSession, Mark mark) {
		return mark(ssoSession.id(), mark);
	}

	/**
	 * Adds a mark, with which all of them are remembered for the full time again.
	 * @return {@code true} if it was not there
	 */
	private boolean mark(String id, Mark mark) {
		AtomicBoolean added = new AtomicBoolean();
		this.marks.compute(id, (marked) -> {
			if (marked != null && marked.contains(mark)) {
				return marked;
			}
			added.set(true);
			Set<Mark> more = EnumSet.of(mark);
			if (marked != null) {
				more.addAll(marked);
			}
			return more;
		});
		if (added.get()) {
			this.endListeners.forEach((listener) -> listener.accept(id));
		}
		return added.get();
	}

	/**
	 * What is remembered of an SSO session. Each mark keeps the key from being used.
	 */
	private enum Mark {

		REFUSED, ENDED, CLOSED, REVOKED

	}

}
