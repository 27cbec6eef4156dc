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

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.ultracartsso.authentication.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;

/**
 * One reading of a signed-in user, which all requests share that want it while it is
 * under way or shortly after.
 */
final class UserRefresh {

	/**
	 * Time in which an outcome reaches every copy of the session that requests under way
	 * may have.
	 */
	private static final Duration CATCH_UP = Duration.ofMinutes(1);

	private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

	private volatile @Nullable Instant completedAt;

	private int failures;

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
	 * Returns whether the outcome, known or still to come, is good for a request that
	 * knows the user as read at some time.
	 */
	boolean serves(SsoSessionUser signedIn, Instant now) {
		Outcome known = this.outcome.getNow(null);
		if (known == null) {
			return true;
		}
		if (isOld(now)) {
			return false;
		}
		if (known instanceof Refreshed refreshed) {
			return refreshed.readAt().isAfter(signedIn.readAt()) && refreshed.user().equals(signedIn.user());
		}
		return !(known instanceof Kept kept) || now.isBefore(kept.retryAt());
	}

	/**
	 * Returns whether nobody can need the outcome any more.
	 */
	boolean isOld(Instant now) {
		Outcome known = this.outcome.getNow(null);
		Instant completed = this.completedAt;
		if (known == null || completed == null) {
			return false;
		}
		Instant neededUntil = (known instanceof Kept kept) ? kept.retryAt() : completed;
		return neededUntil.plus(CATCH_UP).isBefore(now);
	}

	/**
	 * Waits for the outcome, as one who did not bring it about.
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
	 * What has come of it. The first to know, who made the call, sees to what follows
	 * from it once.
	 */
	sealed interface Outcome {

		Outcome shared();

	}

	/**
	 * The user was read.
	 *
	 * @param user the user
	 * @param readAt when
	 * @param first whether this is for the first to know
	 */
	record Refreshed(UltraCartUser user, Instant readAt, boolean first) implements Outcome {

		@Override
		public Refreshed shared() {
			return new Refreshed(this.user, this.readAt, false);
		}

	}

	/**
	 * The user could not be read, and keeps what he had.
	 *
	 * @param retryAt when the next attempt may be made
	 */
	record Kept(Instant retryAt) implements Outcome {

		@Override
		public Kept shared() {
			return this;
		}

	}

	/**
	 * The SSO session is over.
	 *
	 * @param reason why
	 * @param first whether this is for the first to know
	 */
	record Ended(Reason reason, boolean first) implements Outcome {

		@Override
		public Ended shared() {
			return new Ended(this.reason, false);
		}

	}

}
