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

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One refresh of a signed-in user, shared by all requests of the session that need it
 * while it is under way or shortly after. Not part of the API.
 */
public final class UserRefresh {

	/**
	 * Time in which an outcome reaches every copy of the session that requests under way
	 * may have.
	 */
	static final Duration CATCH_UP = Duration.ofMinutes(1);

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private volatile @Nullable Instant completedAt;

	private int failures;

	UserRefresh() {
	}

	/**
	 * Makes this the next attempt after others that failed.
	 */
	UserRefresh after(UserRefresh previous) {
		this.failures = (previous.outcome.getNow(null) instanceof Kept) ? previous.failures + 1 : 0;
		return this;
	}

	/**
	 * Returns how often in a row the user could not be read before.
	 */
	int failures() {
		return this.failures;
	}

	void complete(Outcome outcome, Instant now) {
		this.completedAt = now;
		this.outcome.complete(outcome);
	}

	/**
	 * Returns whether a request with this copy of the SSO session can use the outcome,
	 * known or still to come.
	 */
	boolean serves(SsoSession ssoSession, Instant now) {
		Outcome known = this.outcome.getNow(null);
		if (known == null) {
			return true;
		}
		if (isOld(known, now)) {
			return false;
		}
		if (known instanceof Refreshed refreshed) {
			return refreshed.readAt().isAfter(ssoSession.userReadAt());
		}
		return !(known instanceof Kept kept) || now.isBefore(kept.retryAt());
	}

	private boolean isOld(Outcome known, Instant now) {
		Instant completed = this.completedAt;
		if (completed == null) {
			return false;
		}
		Instant neededUntil = (known instanceof Kept kept) ? kept.retryAt() : completed;
		boolean setBack = now.plus(CATCH_UP).isBefore(completed);
		return setBack || neededUntil.plus(CATCH_UP).isBefore(now);
	}

	/**
	 * Waits for the outcome of another request's refresh.
	 */
	Outcome await(Duration timeout) {
		try {
			return this.outcome.get(timeout.toMillis(), TimeUnit.MILLISECONDS).shared();
		}
		catch (TimeoutException ex) {
			return new Kept(Instant.MIN);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return new Kept(Instant.MIN);
		}
		catch (ExecutionException ex) {
			throw new IllegalStateException("A refresh is never completed exceptionally", ex);
		}
	}

	/**
	 * Outcome of a refresh. The request that made the call acts on it once.
	 */
	public sealed interface Outcome {

		/**
		 * Returns the outcome as other requests get it.
		 * @return the outcome, not to be acted on
		 */
		Outcome shared();

		/**
		 * Returns the outcome for a request whose SSO session may have been replaced
		 * meanwhile. What a login has stored is newer: a session is not ended then, and
		 * the user as read is not stored.
		 * @param stored the SSO session that is stored now, or {@code null}
		 * @param before the SSO session with which the user was read
		 * @return the outcome to act on
		 */
		default Outcome forStored(@Nullable SsoSession stored, SsoSession before) {
			if (stored != null && stored.equals(before) && stored.userReadAt().equals(before.userReadAt())) {
				return this;
			}
			return (this instanceof Ended) ? new Kept(Instant.MIN) : shared();
		}

	}

	/**
	 * The user was read.
	 *
	 * @param user the user
	 * @param readAt when
	 * @param first whether this is for the request that made the call
	 */
	public record Refreshed(UltraCartUser user, Instant readAt, boolean first) implements Outcome {

		@Override
		public Refreshed shared() {
			return new Refreshed(this.user, this.readAt, false);
		}

		/**
		 * Returns the SSO session of the user as read.
		 * @param before the SSO session with which the user was read
		 * @return the SSO session to store
		 */
		public SsoSession applyTo(SsoSession before) {
			return before.toBuilder().userReadAt(this.readAt).user((before.user() != null) ? this.user : null).build();
		}

	}

	/**
	 * The user could not be read, and keeps their permissions.
	 *
	 * @param retryAt when the next attempt may be made
	 */
	public record Kept(Instant retryAt) implements Outcome {

		@Override
		public Kept shared() {
			return this;
		}

	}

	/**
	 * The SSO session is over.
	 *
	 * @param reason why
	 * @param first whether this is for the request that made the call
	 */
	public record Ended(Reason reason, boolean first) implements Outcome {

		@Override
		public Ended shared() {
			return new Ended(this.reason, false);
		}

	}

}
