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

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.PendingLogin;
import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartDates;
import io.github.ultracartsso.client.UltraCartSsoClient;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.ProviderNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Completes a login: takes the pending login of the callback's state, exchanges the code
 * for the user's key, has the key authenticated and keeps the SSO session.
 * <p>
 * A state is good for one callback and a code for one exchange, however many requests
 * bring them. If anything fails after the exchange, the key is revoked. A login as
 * somebody else than the session's user begins a fresh session; one as the same user
 * replaces the key, and the old one is revoked.
 * <p>
 * A cookie {@code ULTRACART_SSO_RETURNS} counts for a minute how often the browser has
 * come here, so that {@link UltraCartAuthorizeFilter} does not send it round in circles.
 * <p>
 * The filter, not the authentication manager, tells of the outcome: only here is it known
 * whether a login started, and whether the session control let it through.
 *
 * @since 0.1
 */
public final class UltraCartLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private static final String OBTAINED_ATTRIBUTE = UltraCartLoginAuthenticationFilter.class.getName() + ".OBTAINED";

	private static final Set<Class<? extends AuthenticationException>> WITH_EVENTS = Set.of(
			BadCredentialsException.class, UsernameNotFoundException.class, AccountExpiredException.class,
			CredentialsExpiredException.class, DisabledException.class, LockedException.class,
			AuthenticationServiceException.class, ProviderNotFoundException.class);

	private final SpentLogins spentLogins = new SpentLogins();

	private final SsoSessionUsers users = new SsoSessionUsers();

	private final UltraCartSsoClient client;

	private final PendingLoginRepository pendingLoginRepository;

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionRevoker revoker;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private SecurityContextRepository securityContextRepository = new RequestAttributeSecurityContextRepository();

	private AuthenticationEventPublisher authenticationEventPublisher = new DefaultAuthenticationEventPublisher();

	private SsoSessionPolicy policy = SsoSessionPolicy.builder().build();

	private Clock clock = Clock.systemUTC();

	private LoginLoopBreaker loopBreaker = new LoginLoopBreaker(this.clock);

	/**
	 * Creates a filter.
	 * @param callbackMatcher matches the callback
	 * @param client exchanges the code
	 * @param pendingLoginRepository where the login is remembered
	 * @param ssoSessionRepository where the SSO session is kept
	 * @param revoker revokes keys that are not kept
	 */
	public UltraCartLoginAuthenticationFilter(RequestMatcher callbackMatcher, UltraCartSsoClient client,
			PendingLoginRepository pendingLoginRepository, SsoSessionRepository ssoSessionRepository,
			SsoSessionRevoker revoker) {
		super(callbackMatcher);
		setAuthenticationSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler());
		Assert.notNull(client, "client cannot be null");
		Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		this.client = client;
		this.pendingLoginRepository = pendingLoginRepository;
		this.ssoSessionRepository = ssoSessionRepository;
		this.revoker = revoker;
	}

	/**
	 * Sets who is told once of each login, whether it succeeded or failed. Defaults to
	 * nobody.
	 * @param authenticationEventPublisher the event publisher
	 */
	public void setAuthenticationEventPublisher(AuthenticationEventPublisher authenticationEventPublisher) {
		Assert.notNull(authenticationEventPublisher, "authenticationEventPublisher cannot be null");
		this.authenticationEventPublisher = authenticationEventPublisher;
	}

	/**
	 * Sets what the sessions that begin here are bound by. Defaults to the policy's own
	 * defaults.
	 * @param policy the policy
	 */
	public void setPolicy(SsoSessionPolicy policy) {
		Assert.notNull(policy, "policy cannot be null");
		this.policy = policy;
	}

	/**
	 * Sets the clock that tells whether a login is too old. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.loopBreaker = new LoginLoopBreaker(clock);
	}

	@Override
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		super.setSecurityContextHolderStrategy(securityContextHolderStrategy);
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	@Override
	public void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		super.setSecurityContextRepository(securityContextRepository);
		this.securityContextRepository = securityContextRepository;
	}

	/**
	 * Sets what answers a completed login. When it is called the user is signed in, and
	 * stays so if it fails.
	 * @param successHandler the success handler
	 */
	@Override
	public void setAuthenticationSuccessHandler(AuthenticationSuccessHandler successHandler) {
		Assert.notNull(successHandler, "successHandler cannot be null");
		super.setAuthenticationSuccessHandler((request, response, authentication) -> {
			request.removeAttribute(OBTAINED_ATTRIBUTE);
			successHandler.onAuthenticationSuccess(request, response, authentication);
		});
	}

	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest httpRequest = (HttpServletRequest) request;
		HttpServletResponse httpResponse = (HttpServletResponse) response;
		// a success handler may forward, and the forward comes through here again
		if (!requiresAuthentication(httpRequest, httpResponse)) {
			chain.doFilter(request, response);
			return;
		}
		// before whatever commits the answer
		this.loopBreaker.remember(httpRequest, httpResponse);
		try {
			super.doFilter(request, response, chain);
		}
		catch (RuntimeException ex) {
			if (obtained(httpRequest) == null || response.isCommitted()) {
				throw ex;
			}
			this.securityContextRepository.saveContext(this.securityContextHolderStrategy.createEmptyContext(),
					httpRequest, httpResponse);
			unsuccessfulAuthentication(httpRequest, httpResponse, new UltraCartLoginServiceException(
					UltraCartLoginError.UNAVAILABLE, "The application failed to sign the user in", ex));
		}
		finally {
			revokeUnlessDone(httpRequest, httpResponse);
		}
	}

	private static @Nullable ObtainedLogin obtained(HttpServletRequest request) {
		return (ObtainedLogin) request.getAttribute(OBTAINED_ATTRIBUTE);
	}

	private void revokeUnlessDone(HttpServletRequest request, HttpServletResponse response) {
		ObtainedLogin obtained = obtained(request);
		if (obtained == null) {
			return;
		}
		request.removeAttribute(OBTAINED_ATTRIBUTE);
		this.revoker.revokeFailedLogin(obtained.ssoSession());
		try {
			SsoSession kept = this.ssoSessionRepository.loadSsoSession(request);
			if (kept != null && kept.simpleKey().equals(obtained.ssoSession().simpleKey())) {
				this.ssoSessionRepository.removeSsoSession(request, response);
				this.users.remove(request);
			}
		}
		catch (RuntimeException ex) {
			this.logger.warn("The SSO session of a login that failed is revoked, but could not be removed", ex);
		}
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws AuthenticationException, IOException, ServletException {
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Referrer-Policy", "no-referrer");
		UltraCartCallback callback = UltraCartCallback.of(request);
		PendingLogin pendingLogin = this.pendingLoginRepository.removePendingLogin(callback.state(), request, response);
		if (pendingLogin == null || !this.spentLogins.spend(pendingLogin, this.clock.instant())) {
			return repeated(callback, request, response);
		}
		SsoSession ssoSession = obtainSsoSession(callback, pendingLogin, request);
		Authentication result = getAuthenticationManager().authenticate(attempt(request, ssoSession));
		leaveOtherUser(request, response, result);
		if (result.getPrincipal() instanceof UltraCartUser user) {
			this.spentLogins.complete(pendingLogin, user);
		}
		return result;
	}

	/**
	 * A browser that repeats a callback whose login has signed its user in goes on to
	 * where that login led; there is nothing left to exchange.
	 */
	private @Nullable Authentication repeated(UltraCartCallback callback, HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		Authentication current = this.securityContextHolderStrategy.getContext().getAuthentication();
		PendingLogin spentLogin = (current instanceof UltraCartAuthenticationToken token)
				? this.spentLogins.find(callback.state(), token.getPrincipal(), this.clock.instant()) : null;
		if (spentLogin == null || current == null) {
			throw new UltraCartLoginException(UltraCartLoginError.UNKNOWN_STATE,
					"The state of the callback belongs to no login of this browser session: the login was completed"
							+ " before, its session cookie did not come back, or the callback is forged");
		}
		UltraCartRequestCache.setTarget(request, spentLogin.target());
		getSuccessHandler().onAuthenticationSuccess(request, response, current);
		return null;
	}

	private SsoSession obtainSsoSession(UltraCartCallback callback, PendingLogin pendingLogin,
			HttpServletRequest request) {
		String code = callback.requireCode();
		if (pendingLogin.isExpired(this.clock.instant())) {
			throw new UltraCartLoginException(UltraCartLoginError.EXPIRED, "The login took too long");
		}
		UltraCartRequestCache.setTarget(request, pendingLogin.target());
		SsoSession ssoSession = exchange(code);
		// from here on, whatever fails revokes it
		request.setAttribute(OBTAINED_ATTRIBUTE, new ObtainedLogin(ssoSession, pendingLogin));
		if (ssoSession.isExpired(this.clock.instant())) {
			throw new UltraCartLoginException(UltraCartLoginError.EXPIRED,
					"The answer to ssoToken holds a key that has expired already; compare this machine's clock");
		}
		addressLock().checkLogin(ssoSession, request);
		return ssoSession;
	}

	private AddressLock addressLock() {
		ApplicationEventPublisher publisher = (this.eventPublisher != null) ? this.eventPublisher : (event) -> {
		};
		return new AddressLock(this.policy.ipLock(), publisher);
	}

	private SsoSession exchange(String code) {
		try {
			return ssoSession(this.client.exchange(code));
		}
		catch (UltraCartApiException ex) {
			throw UltraCartLoginException.whileExchanging(ex);
		}
	}

	private SsoSession ssoSession(SingleSignOnTokenResponse answer) {
		Optional<Instant> expiry = UltraCartDates.parse(answer.expirationDts());
		Duration maxAge = this.policy.unknownExpiryMaxAge();
		if (expiry.isEmpty()) {
			this.logger
				.warn("The answer to ssoToken has no readable expiration_dts; the session will end after " + maxAge);
		}
		return new SsoSession(answer.simpleKey(), expiry.orElseGet(() -> this.clock.instant().plus(maxAge)),
				answer.ipAddress());
	}

	private UltraCartLoginAuthenticationToken attempt(HttpServletRequest request, @Nullable SsoSession ssoSession) {
		UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken(
				UltraCartUser.DEFAULT_REGISTRATION_ID, (ssoSession != null) ? ssoSession.simpleKey() : null);
		attempt.setDetails(this.authenticationDetailsSource.buildDetails(request));
		return attempt;
	}

	/**
	 * What one user has left in a session is none of the next one's business, and what
	 * the same user was granted by an earlier login with UltraCart does not come through
	 * this one where Spring Security joins the authorities of several logins.
	 */
	private void leaveOtherUser(HttpServletRequest request, HttpServletResponse response, Authentication result) {
		// only where the context was asked for is it known whose session this is
		Authentication current = this.securityContextHolderStrategy.getContext().getAuthentication();
		if (SessionEnd.isForeign(request)) {
			requireOwner(request, result);
			return;
		}
		if (current == null) {
			return;
		}
		if (isSameUser(current, result)) {
			forgetEarlierGrants(request, current);
			return;
		}
		HttpSession session = request.getSession(false);
		if (session != null) {
			SsoSession previous = this.ssoSessionRepository.loadSsoSession(request);
			this.ssoSessionRepository.removeSsoSession(request, response);
			session.invalidate();
			if (previous != null) {
				this.revoker.revoke(previous);
			}
		}
		this.securityContextHolderStrategy.clearContext();
	}

	/**
	 * The session belongs to somebody at another address. Only he himself may go on with
	 * it from here.
	 */
	private void requireOwner(HttpServletRequest request, Authentication result) {
		SsoSessionUser owner = this.users.find(request);
		if (owner == null || !owner.user().equals(result.getPrincipal())) {
			throw new UltraCartLoginException(UltraCartLoginError.IP_MISMATCH,
					"The browser session belongs to a user who signed in from another address");
		}
	}

	private void forgetEarlierGrants(HttpServletRequest request, Authentication current) {
		SsoSessionUser earlier = this.users.find(request, current);
		if (earlier != null) {
			SecurityContext context = this.securityContextHolderStrategy.createEmptyContext();
			Set<String> granted = earlier.user()
				.getAuthorities()
				.stream()
				.map((authority) -> String.valueOf(authority.getAuthority()))
				.collect(Collectors.toSet());
			context.setAuthentication(current.toBuilder()
				.authorities((authorities) -> authorities
					.removeIf((authority) -> granted.contains(authority.getAuthority())))
				.build());
			this.securityContextHolderStrategy.setContext(context);
		}
	}

	private static boolean isSameUser(Authentication current, Authentication result) {
		return (current.getPrincipal() instanceof UltraCartUser user) ? user.equals(result.getPrincipal())
				: current.getName().equals(result.getName());
	}

	@Override
	protected void successfulAuthentication(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			Authentication authResult) throws IOException, ServletException {
		SsoSession previous = keepSsoSession(request, response, authResult);
		try {
			this.authenticationEventPublisher.publishAuthenticationSuccess(authResult);
			super.successfulAuthentication(request, response, chain, authResult);
		}
		finally {
			if (previous != null) {
				this.revoker.revoke(previous);
			}
		}
	}

	private @Nullable SsoSession keepSsoSession(HttpServletRequest request, HttpServletResponse response,
			Authentication authResult) {
		SsoSession previous = this.ssoSessionRepository.loadSsoSession(request);
		ObtainedLogin obtained = obtained(request);
		Assert.state(obtained != null, "A login was completed without a key");
		SsoSession ssoSession = obtained.ssoSession();
		this.ssoSessionRepository.saveSsoSession(ssoSession, request, response);
		if (authResult.getPrincipal() instanceof UltraCartUser user) {
			this.users.save(new SsoSessionUser(user, this.clock.instant(), request.getRemoteAddr(),
					obtained.pendingLogin().afterSessionEnd()), request);
			AddressLock addressLock = addressLock();
			addressLock.forgetReports(request);
			addressLock.reportLogin(ssoSession, user, request);
		}
		return (previous != null && !previous.simpleKey().equals(ssoSession.simpleKey())) ? previous : null;
	}

	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failed) throws IOException, ServletException {
		this.authenticationEventPublisher.publishAuthenticationFailure(publishable(failed), attempt(request, null));
		super.unsuccessfulAuthentication(request, response, failed);
	}

	/**
	 * Spring Security finds events by the exact class of an exception, and publishes
	 * nothing for those it does not know.
	 */
	private static AuthenticationException publishable(AuthenticationException failed) {
		if (failed instanceof UltraCartLoginException || WITH_EVENTS.contains(failed.getClass())) {
			return failed;
		}
		UltraCartLoginError error = UltraCartLoginError.of(failed);
		String message = "The application refused the login: " + failed.getMessage();
		return error.isServiceFailure() ? new UltraCartLoginServiceException(error, message, failed)
				: new UltraCartLoginException(error, message, failed);
	}

	/**
	 * A login whose code is exchanged, until it is completed.
	 */
	private record ObtainedLogin(SsoSession ssoSession, PendingLogin pendingLogin) {

	}

}
