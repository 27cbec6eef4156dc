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

import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Decides what becomes of a request of a signed-in user, and ends SSO sessions that are
 * over, each once, however many of its requests are under way. Not part of the API.
 */
public final class SsoSessionGuard {

	private static final Log logger = LogFactory.getLog(SsoSessionGuard.class);

	private final SsoSessions ssoSessions;

	private final SsoSessionRevoker revoker;

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a guard.
	 * @param ssoSessions decides about SSO sessions
	 * @param revoker revokes the keys of those that end before them
	 */
	public SsoSessionGuard(SsoSessions ssoSessions, SsoSessionRevoker revoker) {
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		this.ssoSessions = ssoSessions;
		this.revoker = revoker;
	}

	/**
	 * Sets the publisher of an {@link SsoSessionEndedEvent} for each session that ends
	 * here. By default none is published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Decides about a request with an authenticated user.
	 * @param authentication the authentication with which the user signed in
	 * @param ssoSession the SSO session that the request came with, or {@code null}
	 * @param clientAddress the address that the request came from
	 * @return the decision
	 */
	public Decision decide(Authentication authentication, @Nullable SsoSession ssoSession, String clientAddress) {
		if (!UltraCartFactor.isIn(authentication)) {
			return new OtherMechanism(ssoSession);
		}
		UltraCartUser user = user(authentication, ssoSession);
		if (ssoSession == null || user == null) {
			return Over.of(Reason.KEY_LOST, authentication, ssoSession);
		}
		Verdict verdict = this.ssoSessions.judge(ssoSession, user, clientAddress);
		if (verdict instanceof Verdict.Over over) {
			return new Over(over.reason(), user, ssoSession);
		}
		if (verdict instanceof Verdict.GoesOn goesOn) {
			Authentication bound = this.ssoSessions.bind(authentication, ssoSession);
			boolean storable = this.ssoSessions.bindBetweenRequests(bound, ssoSession) == bound;
			return new GoesOn(bound, user, ssoSession, goesOn.refreshDue(), storable);
		}
		return new Foreign();
	}

	private static @Nullable UltraCartUser user(@Nullable Authentication authentication,
			@Nullable SsoSession ssoSession) {
		if (authentication != null && authentication.getPrincipal() instanceof UltraCartUser user) {
			return user;
		}
		return (ssoSession != null) ? ssoSession.user() : null;
	}

	/**
	 * Returns whether UltraCart has refused the key with which a request came, and no
	 * login has replaced it since.
	 * @param ssoSession the SSO session that the request came with
	 * @param stored loads the SSO session that is stored now
	 * @return {@code true} if the session is to be ended
	 */
	public boolean isRefused(SsoSession ssoSession, Supplier<@Nullable SsoSession> stored) {
		if (!this.ssoSessions.isRefused(ssoSession)) {
			return false;
		}
		SsoSession current = stored.get();
		return current == null || current.equals(ssoSession);
	}

	/**
	 * Returns whether another request has ended the session of which a request still has
	 * a copy.
	 * @param ssoSession the SSO session that the request came with
	 * @param stored loads the SSO session that the request has stored now
	 * @return {@code true} if the copy is to be dropped
	 */
	public boolean hasEnded(SsoSession ssoSession, Supplier<@Nullable SsoSession> stored) {
		return this.ssoSessions.hasEnded(ssoSession) && ssoSession.equals(stored.get());
	}

	/**
	 * Ends a session: revokes the key unless UltraCart has refused it, signs the user
	 * out, and publishes the end. Only the first request to end it publishes.
	 * @param over what ends, and why
	 * @param ids the ids by which other requests know the HTTP session
	 * @param signOut signs the user out of this request and its HTTP session
	 * @param <T> the type of the security context
	 * @return what {@code signOut} returns
	 */
	public <T> T end(Over over, SessionIds ids, Supplier<T> signOut) {
		boolean first = isFirstToEnd(over, ids);
		if (over.ssoSession() != null && over.reason() != Reason.REFUSED) {
			// before the session store is used, which may fail; a key is revoked once
			this.revoker.revoke(over.ssoSession());
		}
		UltraCartUser user = over.user();
		if (first) {
			logger.debug(LogMessage.format("The SSO session of %s is over [%s]", (user != null) ? user : "a user",
					over.reason()));
		}
		T signedOut = signOut.get();
		if (first && user != null) {
			this.eventPublisher.publishEvent(new SsoSessionEndedEvent(user, over.reason()));
		}
		return signedOut;
	}

	/**
	 * A session that the request came with and that is gone was ended by another request,
	 * which has published that. The HTTP session is remembered too: another request may
	 * find it without its SSO session already, or send its remember-me cookie once more.
	 */
	private boolean isFirstToEnd(Over over, SessionIds ids) {
		return (ids.current() != null) ? ids.end(over.ssoSessionId(), this.ssoSessions) : ids.requested() == null;
	}

	/**
	 * Revokes the SSO session of a user over whose session another user has signed in by
	 * another mechanism.
	 * @param ssoSession the SSO session, removed from the HTTP session
	 */
	public void revoke(SsoSession ssoSession) {
		this.revoker.revoke(ssoSession);
	}

	/**
	 * Decision about a request with an authenticated user.
	 */
	public sealed interface Decision {

	}

	/**
	 * The user has not signed in with UltraCart.
	 *
	 * @param replaced the SSO session over which the user has signed in, to be removed
	 * and revoked, or {@code null}
	 */
	public record OtherMechanism(@Nullable SsoSession replaced) implements Decision {

	}

	/**
	 * The request goes on as the user.
	 *
	 * @param authentication the user's authentication with access to the key
	 * @param user the user at UltraCart behind it
	 * @param ssoSession the user's SSO session
	 * @param refreshDue whether the user is to be read again
	 * @param storable whether the authentication may be stored between requests as it is
	 */
	public record GoesOn(Authentication authentication, UltraCartUser user, SsoSession ssoSession, boolean refreshDue,
			boolean storable) implements Decision {

	}

	/**
	 * The session is over and to be {@linkplain #end ended}.
	 *
	 * @param reason why
	 * @param user the user, or {@code null} if not known
	 * @param ssoSession the SSO session, or {@code null} if it is missing or its key
	 * cannot be decrypted
	 * @param ssoSessionId the id of the SSO session, or {@code null} if not known
	 */
	public record Over(Reason reason, @Nullable UltraCartUser user, @Nullable SsoSession ssoSession,
			@Nullable String ssoSessionId) implements Decision {

		/**
		 * Creates the decision about a known user.
		 * @param reason why
		 * @param user the user
		 * @param ssoSession the user's SSO session
		 */
		public Over(Reason reason, UltraCartUser user, SsoSession ssoSession) {
			this(reason, user, ssoSession, ssoSession.id());
		}

		/**
		 * Finds user and id in what there is.
		 * @param reason why
		 * @param authentication the authentication with which the user signed in, or
		 * {@code null}
		 * @param ssoSession the SSO session, or {@code null}
		 * @return the decision
		 */
		public static Over of(Reason reason, @Nullable Authentication authentication, @Nullable SsoSession ssoSession) {
			String id = (ssoSession != null) ? ssoSession.id()
					: (authentication instanceof UltraCartAuthenticationToken token) ? token.getSsoSessionId() : null;
			return new Over(reason, SsoSessionGuard.user(authentication, ssoSession), ssoSession, id);
		}

	}

	/**
	 * The request comes from an address that must not use the session, and is
	 * unauthenticated. The session stays as it is.
	 */
	public record Foreign() implements Decision {

	}

	/**
	 * Ids by which the requests of a browser know an HTTP session.
	 *
	 * @param current the id of the HTTP session that a request has, or {@code null}
	 * @param requested the id that the browser has sent, unless the current session is
	 * another one, or {@code null}
	 */
	public record SessionIds(@Nullable String current, @Nullable String requested) {

		/**
		 * Remembers that the session of a user has ended, also by the id that the browser
		 * sends. Jetty appends the name of the server to that one.
		 * @param ssoSessionId the id of the SSO session, or {@code null} if not known
		 * @param ssoSessions remembers it
		 * @return whether this request is the first to end it
		 */
		public boolean end(@Nullable String ssoSessionId, SsoSessions ssoSessions) {
			if (this.current != null && this.requested != null && !this.requested.equals(this.current)) {
				ssoSessions.end(null, this.requested);
			}
			return ssoSessions.end(ssoSessionId, this.current);
		}

	}

}
