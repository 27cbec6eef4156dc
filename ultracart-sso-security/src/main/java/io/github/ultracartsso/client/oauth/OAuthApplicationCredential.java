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

package io.github.ultracartsso.client.oauth;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.OAuthTokenCall;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.http.HttpHeaders;
import org.springframework.util.Assert;

/**
 * Authenticates the application's calls with an OAuth access token. The token is fetched
 * with the refresh token of a developer application when a call first needs it, used
 * until shortly before it expires, and then replaced. Concurrent calls share one request
 * for a token. Share one credential among all clients of an application.
 * <p>
 * Spring Security's OAuth 2.0 client is not used: the request has to be made as part of
 * the call that needs the token and to fail as an {@link UltraCartApiException}, and one
 * form post does not justify a dependency on Spring Security here.
 *
 * @since 0.1
 */
public final class OAuthApplicationCredential implements ApplicationCredential {

	private static final Log logger = LogFactory.getLog(OAuthApplicationCredential.class);

	private static final String MASK = "******";

	private static final Duration LONGEST_MARGIN = Duration.ofMinutes(1);

	private static final int MARGIN_SHARE = 10;

	/**
	 * Far longer than any token lives, and short enough not to overflow an instant.
	 */
	private static final long LONGEST_LIFE_SECONDS = Duration.ofDays(365).toSeconds();

	private static final int MAX_MESSAGE_LENGTH = 300;

	private final AtomicReference<@Nullable AccessToken> accessToken = new AtomicReference<>();

	/**
	 * Held while a token is fetched. Guards the refresh token.
	 */
	private final ReentrantLock lock = new ReentrantLock();

	private final String clientId;

	private @Nullable RefreshTokenRepository refreshTokens;

	private Clock clock = Clock.systemUTC();

	/**
	 * The outcome of the latest fetch: returns the token, or throws what it failed with.
	 */
	private volatile @Nullable Supplier<OAuthToken> latest;

	private OAuthToken refreshToken;

	private boolean saved = true;

	private boolean warned;

	/**
	 * Creates a credential.
	 * @param clientId the client id of the developer application
	 * @param refreshToken the refresh token that UltraCart has issued for the application
	 */
	public OAuthApplicationCredential(String clientId, OAuthToken refreshToken) {
		Assert.hasText(clientId, "clientId cannot be empty");
		Assert.notNull(refreshToken, "refreshToken cannot be null");
		this.clientId = clientId;
		this.refreshToken = refreshToken;
	}

	/**
	 * Sets where the refresh token is stored when UltraCart replaces it. By default it is
	 * kept in memory, with a warning that it is lost on a restart.
	 * @param refreshTokens the repository
	 */
	public void setRefreshTokenRepository(RefreshTokenRepository refreshTokens) {
		Assert.notNull(refreshTokens, "refreshTokens cannot be null");
		this.refreshTokens = refreshTokens;
	}

	/**
	 * Sets the clock that access tokens expire by. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	/**
	 * Adds the current access token to a request.
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
		// before the clock: a fetch that ends after this moment serves this call
		Supplier<OAuthToken> known = this.latest;
		AccessToken current = this.accessToken.get();
		Instant now = this.clock.instant();
		OAuthToken token = (current != null && now.isBefore(current.usableUntil())) ? current.token()
				: fetchUnlessFetchedSince(known, tokenCall);
		headers.setBearerAuth(token.value());
	}

	@Override
	public boolean rejected(HttpHeaders headers) {
		AccessToken current = this.accessToken.get();
		// it may have been replaced meanwhile by one that has not been rejected
		if (current != null
				&& ("Bearer " + current.token().value()).equals(headers.getFirst(HttpHeaders.AUTHORIZATION))) {
			this.accessToken.compareAndSet(current, null);
		}
		return true;
	}

	/**
	 * Fetches an access token, or waits for the call that fetches one and shares its
	 * outcome. The time limit of that call bounds the wait.
	 */
	private OAuthToken fetchUnlessFetchedSince(@Nullable Supplier<OAuthToken> known, OAuthTokenCall tokenCall) {
		this.lock.lock();
		try {
			Supplier<OAuthToken> outcome = this.latest;
			if (outcome == null || outcome == known) {
				outcome = fetch(tokenCall);
				this.latest = outcome;
			}
			return outcome.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	private Supplier<OAuthToken> fetch(OAuthTokenCall tokenCall) {
		this.accessToken.set(null);
		try {
			AccessToken fetched = fetchWithLatestRefreshToken(tokenCall);
			this.accessToken.set(fetched);
			return fetched::token;
		}
		catch (RuntimeException ex) {
			return () -> {
				throw ex;
			};
		}
	}

	private AccessToken fetchWithLatestRefreshToken(OAuthTokenCall tokenCall) {
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
			// another instance has just had it replaced
			return fetch(tokenCall, latest);
		}
	}

	private AccessToken fetch(OAuthTokenCall tokenCall, OAuthToken used) {
		Instant now = this.clock.instant();
		OAuthTokenCall.Response response = tokenCall.make(new OAuthTokenCall.Request(this.clientId, used));
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
		if (!this.saved || this.refreshTokens == null) {
			return this.refreshToken;
		}
		try {
			OAuthToken loaded = this.refreshTokens.load();
			return (loaded != null) ? loaded : this.refreshToken;
		}
		catch (RuntimeException ex) {
			logger.error(LogMessage.format(
					"The refresh token of this application cannot be loaded; the one used last is used again: %s",
					// its message may contain a token that is not known here
					ex.getClass().getName()));
			return this.refreshToken;
		}
	}

	private void save() {
		if (this.refreshTokens == null) {
			warnOnce();
			return;
		}
		try {
			this.refreshTokens.save(this.refreshToken);
			this.saved = true;
		}
		catch (RuntimeException ex) {
			// a repository may quote the token that it fails to save
			String masked = ex.toString().replace(this.refreshToken.value(), MASK).replace(this.clientId, MASK);
			logger.error(LogMessage.format("The refresh token that UltraCart has issued for this application cannot be"
					+ " saved, so users may be unable to sign in after a restart. It is saved again with the next access"
					+ " token: %s", LogText.clean(masked, MAX_MESSAGE_LENGTH)));
		}
	}

	private void warnOnce() {
		if (!this.warned) {
			this.warned = true;
			logger.warn("UltraCart has replaced the refresh token of this application. The new one is kept in memory"
					+ " only, so after a restart users may be unable to sign in with the configured one"
					+ " (ultracart.sso.oauth.refresh-token). Define a RefreshTokenRepository bean to store it");
		}
	}

	@Override
	public String toString() {
		return "OAuthApplicationCredential[" + MASK + "]";
	}

	private record AccessToken(OAuthToken token, Instant usableUntil) {

		/**
		 * A token of unknown lifetime is used for the calls it was fetched for only.
		 */
		static AccessToken issued(OAuthTokenCall.Response response, Instant now) {
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

	}

}
