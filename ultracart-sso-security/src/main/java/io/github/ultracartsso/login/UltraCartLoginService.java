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

package io.github.ultracartsso.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessions;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;

/**
 * Begins and completes logins: requests a login URL from UltraCart within the start
 * budget, accepts each pending login once, and exchanges its code for an SSO session. All
 * filter chains of an application share one instance.
 *
 * @since 0.1
 */
public final class UltraCartLoginService {

	private static final Log logger = LogFactory.getLog(UltraCartLoginService.class);

	private static final Duration MAX_PENDING_AGE = Duration.ofMinutes(10);

	private static final int STATE_BYTES = 32;

	private static final int ID_BYTES = 16;

	private final SecureRandom random = new SecureRandom();

	private final UntrustedHostLog untrustedHostLog = new UntrustedHostLog();

	private final SpentLogins spentLogins = new SpentLogins(MAX_PENDING_AGE);

	private final CallbackTurns callbackTurns = new CallbackTurns(MAX_PENDING_AGE);

	private final UltraCartSsoClient client;

	private final UltraCartLoginSettings settings;

	private final LoginStartBudget startBudget;

	private final SsoSessions ssoSessions;

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a service.
	 * @param client calls UltraCart
	 * @param settings the settings of the registration
	 * @param startBudget limits how many logins begin
	 * @param ssoSessions checks the addresses of logins
	 */
	public UltraCartLoginService(UltraCartSsoClient client, UltraCartLoginSettings settings,
			LoginStartBudget startBudget, SsoSessions ssoSessions) {
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(settings, "settings cannot be null");
		Assert.notNull(startBudget, "startBudget cannot be null");
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		this.client = client;
		this.settings = settings;
		this.startBudget = startBudget;
		this.ssoSessions = ssoSessions;
	}

	/**
	 * Sets the clock that logins expire by. Defaults to the system clock.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.spentLogins.setClock(clock);
		this.callbackTurns.setClock(clock);
	}

	/**
	 * Returns the id of the registration that users sign in with.
	 * @return the registration id
	 */
	public String registrationId() {
		return this.settings.registrationId();
	}

	/**
	 * Begins a login with one call to UltraCart.
	 * @param baseUrl the base URL of the application as the request names it
	 * @param browser the browser that starts the login
	 * @param target where the user returns to, or {@code null} for the default
	 * @return the login
	 * @throws UltraCartLoginException if no login can begin. No call is made if the code
	 * could be sent to a host that is not the application
	 */
	public BegunLogin begin(BaseUrl baseUrl, StartingBrowser browser, @Nullable ReturnTarget target) {
		String redirectUri = this.settings.redirectUris().expand(baseUrl);
		if (redirectUri == null) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE, noRedirectUri(baseUrl));
		}
		Instant startedAt = this.clock.instant();
		String state = random(STATE_BYTES);
		SingleSignOnAuthorizeResponse response = authorize(new SingleSignOnAuthorizeRequest(redirectUri, state),
				browser);
		if (!this.settings.loginUrls().isAllowed(response.loginUrl())) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.UNAVAILABLE,
					"The login_url in the response to ssoAuthorize is not https on an allowed host; if UltraCart has"
							+ " moved its login, add the host (ultracart.sso.allowed-login-hosts)");
		}
		return new BegunLogin(response.loginUrl(),
				new PendingLogin(registrationId(), state, startedAt, expiry(response), target));
	}

	private String noRedirectUri(BaseUrl baseUrl) {
		RedirectUris redirectUris = this.settings.redirectUris();
		if (redirectUris.isTrusted(baseUrl)) {
			return "The redirect URI would not be an https URL, so the code could be intercepted. Set an absolute"
					+ " redirect URI (ultracart.sso.redirect-uri), or, behind a proxy that terminates TLS, let"
					+ " the server evaluate forwarded headers (server.forward-headers-strategy). For plain http in"
					+ " development, list the host in ultracart.sso.development.plain-http-hosts";
		}
		this.untrustedHostLog.log(baseUrl, redirectUris.example(baseUrl), this.clock.instant());
		return "The redirect URI is not expanded for the host of the request (ultracart.sso.redirect-uri,"
				+ " ultracart.sso.redirect-hosts)";
	}

	private SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request, StartingBrowser browser) {
		checkStart(browser);
		if (!this.startBudget.take(request.state(), browser)) {
			throw new UltraCartLoginServiceException(UltraCartLoginError.BUSY,
					"ssoAuthorize was not called, because the start budget is spent, or the part of it that this browser"
							+ " may use (ultracart.sso.login.max-starts-per-hour)");
		}
		try {
			return browser.isKnown() ? this.client.authorizeKnown(request) : this.client.authorize(request);
		}
		catch (UltraCartApiException ex) {
			if (!ex.wasSent()) {
				this.startBudget.giveBack(request.state());
			}
			throw UltraCartLoginException.whileAuthorizing(ex);
		}
	}

	/**
	 * Rejects a login that would be rejected anyway, so that it costs the start budget
	 * nothing, which may be in a store.
	 */
	private void checkStart(StartingBrowser browser) {
		try {
			this.client.checkStart(browser.isKnown());
		}
		catch (UltraCartApiException ex) {
			throw UltraCartLoginException.whileAuthorizing(ex);
		}
	}

	private Instant expiry(SingleSignOnAuthorizeResponse response) {
		Instant latest = this.clock.instant().plus(MAX_PENDING_AGE);
		return UltraCartDates.parse(response.expirationDts())
			.filter((expiry) -> expiry.isBefore(latest))
			.orElse(latest);
	}

	/**
	 * Waits for other callbacks of the same browser that are being completed at this
	 * instance, at most 30 seconds.
	 * @param callback the callback
	 * @param pendingLogins the browser's pending logins, as far as they are known without
	 * its session
	 * @param sessionId the session id that the browser sent, or {@code null}
	 * @param sessionExists whether there is a session with that id
	 * @return the turn of the callback, which must be closed
	 */
	public CallbackTurn takeTurn(UltraCartCallback callback, List<PendingLogin> pendingLogins,
			@Nullable String sessionId, boolean sessionExists) {
		Set<String> browser = new LinkedHashSet<>();
		Instant startedAt = null;
		for (PendingLogin pendingLogin : pendingLogins) {
			browser.add(StateDigest.of(pendingLogin.state()));
			startedAt = pendingLogin.hasState(callback.state()) ? pendingLogin.startedAt() : startedAt;
		}
		String session = (sessionId != null) ? StateDigest.of(sessionId) : null;
		if (session != null && sessionExists) {
			browser.add(session);
		}
		return this.callbackTurns.take(this.callbackTurns.newTurn(StateDigest.of(callback.state()), startedAt), browser,
				session);
	}

	/**
	 * Accepts a pending login for its first callback, and rejects it from then on.
	 * @param pendingLogin the login that was removed from the repository, or {@code null}
	 * @return {@code true} if the login is of this registration and this is its first
	 * callback
	 */
	public boolean accept(@Nullable PendingLogin pendingLogin) {
		return pendingLogin != null && pendingLogin.registrationId().equals(registrationId())
				&& this.spentLogins.spend(pendingLogin);
	}

	/**
	 * Ends a pending login whose user has signed in with another one meanwhile, and gives
	 * its place in the start budget back.
	 * @param pendingLogin the login that was removed from the repository
	 */
	public void overtaken(PendingLogin pendingLogin) {
		accept(pendingLogin);
		this.startBudget.complete(pendingLogin.state());
	}

	/**
	 * Exchanges the code of an accepted login for an SSO session, with one call to
	 * UltraCart. If anything fails afterwards, the caller must revoke the SSO session.
	 * @param callback the callback
	 * @param pendingLogin the accepted login
	 * @param browser the browser that the callback came from
	 * @return the SSO session, whose user is not known yet
	 * @throws UltraCartLoginException if the callback has no code, the login has expired
	 * or the exchange fails. No call is made in the first two cases
	 */
	public SsoSession exchange(UltraCartCallback callback, PendingLogin pendingLogin, StartingBrowser browser) {
		String code = callback.requireCode();
		if (pendingLogin.isExpired(this.clock.instant())) {
			throw new UltraCartLoginException(UltraCartLoginError.EXPIRED, "The login took too long");
		}
		try {
			return ssoSession(browser.isKnown() ? this.client.exchangeKnown(code) : this.client.exchange(code),
					browser.address());
		}
		catch (UltraCartApiException ex) {
			throw UltraCartLoginException.whileExchanging(ex);
		}
	}

	private SsoSession ssoSession(SingleSignOnTokenResponse response, String clientAddress) {
		Instant now = this.clock.instant();
		Optional<Instant> expiry = UltraCartDates.parse(response.expirationDts());
		Duration maxAge = this.ssoSessions.policy().unknownExpiryMaxAge();
		if (expiry.isEmpty()) {
			logger.warn(LogMessage.format(
					"The response to ssoToken has no readable expiration_dts, so the session ends after %s", maxAge));
		}
		return SsoSession.withId(random(ID_BYTES))
			.registrationId(registrationId())
			.simpleKey(response.simpleKey())
			.expiresAt(expiry.orElseGet(() -> now.plus(maxAge)))
			.ipAddress(response.ipAddress())
			.clientAddress(clientAddress)
			.beganAt(now)
			.userReadAt(now)
			.build();
	}

	/**
	 * Checks the SSO session of a login before its key is used.
	 * @param ssoSession the SSO session
	 * @throws UltraCartLoginException if it has expired, or if the callback came from
	 * another address than UltraCart saw and the policy rejects that
	 */
	public void check(SsoSession ssoSession) {
		if (ssoSession.isExpired(this.clock.instant())) {
			throw new UltraCartLoginException(UltraCartLoginError.EXPIRED,
					"The key in the response to ssoToken has already expired; check the clock of this machine");
		}
		this.ssoSessions.checkLogin(ssoSession);
	}

	/**
	 * Returns the SSO session with the user who was authenticated with its key.
	 * @param ssoSession the SSO session of the login
	 * @param result the authentication of the user
	 * @return the SSO session to store
	 */
	public SsoSession signedIn(SsoSession ssoSession, Authentication result) {
		return (result.getPrincipal() instanceof UltraCartUser user)
				? ssoSession.toBuilder().userId(user.userId()).userReadAt(this.clock.instant()).build() : ssoSession;
	}

	/**
	 * Gives the authentication of a completed login access to its SSO session.
	 * @param authentication the authentication
	 * @param ssoSession the SSO session
	 * @return the authentication to store
	 */
	public Authentication bind(Authentication authentication, SsoSession ssoSession) {
		return this.ssoSessions.bindBetweenRequests(authentication, ssoSession);
	}

	/**
	 * Remembers who has signed in with a login, for a browser that repeats the callback,
	 * gives its place in the start budget back, and publishes an event if a stricter
	 * address lock would reject the login.
	 * @param pendingLogin the login
	 * @param ssoSession the SSO session
	 * @param result the authentication of the user
	 */
	public void complete(PendingLogin pendingLogin, SsoSession ssoSession, Authentication result) {
		this.startBudget.complete(pendingLogin.state());
		if (result.getPrincipal() instanceof UltraCartUser user) {
			this.spentLogins.complete(pendingLogin, user);
			this.ssoSessions.reportLogin(ssoSession, user);
		}
	}

	/**
	 * Finds the login of a repeated callback.
	 * @param callback the callback
	 * @param user the user who is signed in
	 * @return the login that this user has completed within the last ten minutes, or
	 * {@code null}
	 */
	public @Nullable CompletedLogin findCompleted(UltraCartCallback callback, UltraCartUser user) {
		return this.spentLogins.find(callback.state(), user);
	}

	private String random(int length) {
		byte[] bytes = new byte[length];
		this.random.nextBytes(bytes);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

}
