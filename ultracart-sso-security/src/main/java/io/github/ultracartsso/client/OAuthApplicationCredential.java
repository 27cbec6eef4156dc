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

package io.github.ultracartsso.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * Authenticates calls with an OAuth access token, which is fetched with the refresh token
 * of a developer application when the first call needs it, used until shortly before it
 * expires, and then replaced. However many calls need one at the same time, one is
 * fetched. Give the same object to all clients of an application.
 * <p>
 * Spring Security's OAuth 2.0 client is not used for this: the call has to be made in the
 * turn of the call it is for and to fail as an {@link UltraCartApiException}, and one
 * form post is not worth a dependency on Spring Security here.
 *
 * @since 0.1
 */
public final class OAuthApplicationCredential implements ApplicationCredential {

	private static final Log logger = LogFactory.getLog(OAuthApplicationCredential.class);

	private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

	private static final int MARGIN_SHARE = 10;

	/**
	 * Far longer than any token lives, and short enough to be counted with.
	 */
	private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(365).toSeconds();

	private static final int MAX_MESSAGE_LENGTH = 300;

	private final Object monitor = new Object();

	private final String clientId;

	private RefreshTokenRepository refreshTokens = new InMemoryRefreshTokenRepository();

	private Clock clock = Clock.systemUTC();

	private @Nullable AccessToken accessToken;

	private @Nullable CompletableFuture<OAuthToken> refresh;

	// the rest belongs to whoever refreshes

	private OAuthToken refreshToken;

	private boolean saved = true;

	/**
	 * Creates a credential.
	 * @param clientId the client id of the developer application
	 * @param refreshToken the refresh token that UltraCart has given for the application
	 */
	public OAuthApplicationCredential(String clientId, OAuthToken refreshToken) {
		Assert.hasText(clientId, "clientId cannot be empty");
		Assert.notNull(refreshToken, "refreshToken cannot be null");
		this.clientId = clientId;
		this.refreshToken = refreshToken;
	}

	/**
	 * Sets where the refresh token is kept when UltraCart replaces it. Defaults to the
	 * memory of this process, which says in the log that this may not be enough.
	 * @param refreshTokens the repository
	 */
	public void setRefreshTokenRepository(RefreshTokenRepository refreshTokens) {
		Assert.notNull(refreshTokens, "refreshTokens cannot be null");
		this.refreshTokens = refreshTokens;
	}

	/**
	 * Sets the clock that access tokens expire by. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Puts the access token in use on a request.
	 * @throws IllegalStateException if there is none
	 */
	@Override
	public void authenticate(HttpHeaders headers) {
		authenticate(headers, (request) -> {
			throw new IllegalStateException("There is no access token, and no way to fetch one");
		});
	}

	@Override
	public void authenticate(HttpHeaders headers, OAuthTokenCall tokenCall) {
		CompletableFuture<OAuthToken> current;
		boolean mine;
		synchronized (this.monitor) {
			if (this.accessToken != null && this.accessToken.isGoodAt(this.clock.instant())) {
				headers.setBearerAuth(this.accessToken.token().value());
				return;
			}
			mine = (this.refresh == null);
			current = (this.refresh != null) ? this.refresh : new CompletableFuture<>();
			this.refresh = current;
		}
		headers.setBearerAuth((mine ? refresh(current, tokenCall) : join(current)).value());
	}

	@Override
	public boolean rejected(HttpHeaders headers) {
		HttpHeaders own = new HttpHeaders();
		synchronized (this.monitor) {
			if (this.accessToken != null) {
				own.setBearerAuth(this.accessToken.token().value());
				// by now it may be another one, which has been rejected by nobody
				if (Objects.equals(own.getFirst(HttpHeaders.AUTHORIZATION),
						headers.getFirst(HttpHeaders.AUTHORIZATION))) {
					this.accessToken = null;
				}
			}
		}
		return true;
	}

	private OAuthToken refresh(CompletableFuture<OAuthToken> current, OAuthTokenCall tokenCall) {
		try {
			AccessToken fetched = fetch(tokenCall);
			end(fetched);
			current.complete(fetched.token());
			return fetched.token();
		}
		catch (RuntimeException | Error ex) {
			end(null);
			current.completeExceptionally(ex);
			throw ex;
		}
	}

	private void end(@Nullable AccessToken fetched) {
		synchronized (this.monitor) {
			this.accessToken = fetched;
			this.refresh = null;
		}
	}

	/**
	 * Waits for whoever refreshes, whose time is limited.
	 */
	private static OAuthToken join(CompletableFuture<OAuthToken> current) {
		try {
			return current.join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof RuntimeException failure) {
				throw failure;
			}
			throw ex;
		}
	}

	private AccessToken fetch(OAuthTokenCall tokenCall) {
		OAuthToken used = latestRefreshToken();
		try {
			return fetch(tokenCall, used);
		}
		catch (UltraCartApiException ex) {
			OAuthToken latest = (ex.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED) ? latestRefreshToken()
					: used;
			if (latest.equals(used)) {
				throw ex;
			}
			// another instance has had it replaced at this moment
			return fetch(tokenCall, latest);
		}
	}

	private AccessToken fetch(OAuthTokenCall tokenCall, OAuthToken used) {
		Instant now = this.clock.instant();
		OAuthTokenResponse response = tokenCall.make(new OAuthTokenRequest(this.clientId, used));
		this.refreshToken = used;
		OAuthToken replacement = response.refreshToken();
		if (replacement != null && !replacement.equals(used)) {
			this.refreshToken = replacement;
			this.saved = false;
		}
		if (!this.saved) {
			save();
		}
		return AccessToken.issued(response, now);
	}

	private OAuthToken latestRefreshToken() {
		if (!this.saved) {
			return this.refreshToken;
		}
		try {
			OAuthToken loaded = this.refreshTokens.load();
			return (loaded != null) ? loaded : this.refreshToken;
		}
		catch (RuntimeException ex) {
			logger.error(LogMessage.format(
					"The refresh token of this application cannot be loaded; the one used last is used again: %s",
					// whose message may quote one that is not known here
					ex.getClass().getName()));
			return this.refreshToken;
		}
	}

	private void save() {
		try {
			this.refreshTokens.save(this.refreshToken);
			this.saved = true;
		}
		catch (RuntimeException ex) {
			logger.error(LogMessage.format("The refresh token that UltraCart has given this application cannot be"
					+ " saved, so that nobody may be able to sign in after a restart; it is tried again with the next"
					+ " access token: %s", withoutSecrets(ex)));
		}
	}

	/**
	 * Whoever fails to keep a token may well quote it.
	 */
	private String withoutSecrets(RuntimeException ex) {
		return Redaction.of(this.clientId, this.refreshToken.value()).clean(ex.toString(), MAX_MESSAGE_LENGTH);
	}

	@Override
	public String toString() {
		return "OAuthApplicationCredential[" + this.refreshToken + "]";
	}

	/**
	 * An access token, and until when it is used.
	 */
	private record AccessToken(OAuthToken token, Instant goodUntil) {

		/**
		 * One that does not say how long it lives is good for the call it was fetched
		 * for.
		 */
		static AccessToken issued(OAuthTokenResponse response, Instant now) {
			Duration life = life(response.expiresIn());
			Duration share = life.dividedBy(MARGIN_SHARE);
			Duration margin = (share.compareTo(LONGEST_MARGIN) < 0) ? share : LONGEST_MARGIN;
			return new AccessToken(response.accessToken(), now.plus(life).minus(margin));
		}

		private static Duration life(@Nullable String expiresIn) {
			try {
				long seconds = (expiresIn != null) ? Long.parseLong(expiresIn.strip()) : 0;
				return Duration.ofSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFE_SECONDS)));
			}
			catch (NumberFormatException ex) {
				return Duration.ZERO;
			}
		}

		boolean isGoodAt(Instant now) {
			return now.isBefore(this.goodUntil);
		}

	}

}
