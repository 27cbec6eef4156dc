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
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.SsoSessionAddressMismatchEvent;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent;
import io.github.ultracartsso.authentication.SsoSessionEndedEvent.Reason;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserRefreshedEvent;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Holds the session of a signed-in user to its bounds.
 * <ul>
 * <li>A session whose key has expired, is lost or cannot be opened, or that has reached
 * its maximum age, is ended.</li>
 * <li>A request from an address that may not use the session is nobody's; the session
 * stays as it is.</li>
 * </ul>
 * A request whose session has ended goes on as nobody's, so that the entry point asks for
 * a login where one is needed.
 * <p>
 * An ordinary request costs a look at the session, and only where its security context is
 * needed, on error pages too. A user who proved another factor as well is no exception:
 * one of the factors is gone.
 *
 * @since 0.1
 * @see UltraCartUserRefreshFilter
 */
public final class UltraCartSessionGuardFilter extends OncePerRequestFilter {

	private static final Set<String> OF_EVERY_LOGIN = Set.of(UltraCartAuthenticationProvider.USER_AUTHORITY,
			UltraCartAuthenticationProvider.FACTOR_AUTHORITY);

	private final SsoSessionUsers users = new SsoSessionUsers();

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessionRevoker revoker;

	private final UltraCartUserRefresher refresher;

	private final AuthenticationEntryPoint entryPoint;

	private final SessionEnding ending;

	private CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions();

	private SsoSessionPolicy policy = SsoSessionPolicy.builder().build();

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a filter.
	 * @param ssoSessionRepository where SSO sessions are kept
	 * @param revoker revokes the keys of sessions that end before them
	 * @param refresher reads users again
	 * @param entryPoint answers those who may not even sign out
	 */
	public UltraCartSessionGuardFilter(SsoSessionRepository ssoSessionRepository, SsoSessionRevoker revoker,
			UltraCartUserRefresher refresher, AuthenticationEntryPoint entryPoint) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		Assert.notNull(refresher, "refresher cannot be null");
		Assert.notNull(entryPoint, "entryPoint cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
		this.revoker = revoker;
		this.refresher = refresher;
		this.entryPoint = entryPoint;
		this.ending = new SessionEnding(ssoSessionRepository, revoker);
	}

	/**
	 * Sets what knows the SSO sessions of requests under way, for those who act on the
	 * user's behalf. Defaults to one of the filter's own, which nobody else knows.
	 * @param currentSsoSessions the current SSO sessions
	 */
	public void setCurrentSsoSessions(CurrentSsoSessions currentSsoSessions) {
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		this.currentSsoSessions = currentSsoSessions;
	}

	/**
	 * Sets what sessions are bound by. Defaults to the policy's own defaults.
	 * @param policy the policy
	 */
	public void setPolicy(SsoSessionPolicy policy) {
		Assert.notNull(policy, "policy cannot be null");
		this.policy = policy;
	}

	/**
	 * Sets where the security context of the request is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
		this.ending.setSecurityContextHolderStrategy(securityContextHolderStrategy);
	}

	/**
	 * Sets where the security context is kept between requests. Defaults to the HTTP
	 * session.
	 * @param securityContextRepository the repository
	 */
	public void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		Assert.notNull(securityContextRepository, "securityContextRepository cannot be null");
		this.securityContextRepository = securityContextRepository;
		this.ending.setSecurityContextRepository(securityContextRepository);
	}

	/**
	 * Sets who is told, with a {@link SsoSessionEndedEvent}, a
	 * {@link SsoSessionAddressMismatchEvent} or an {@link UltraCartUserRefreshedEvent},
	 * of what happens to sessions. Defaults to nobody.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
		this.ending.setApplicationEventPublisher(eventPublisher);
	}

	/**
	 * Sets the clock that tells the age of sessions. Defaults to the system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
		this.ending.setClock(clock);
	}

	/**
	 * Error pages are for whoever is signed in still.
	 */
	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		GuardedRequest guarded = new GuardedRequest(request, response, this.currentSsoSessions,
				this.ssoSessionRepository, this.ending, this.securityContextHolderStrategy);
		guarded.keep();
		defer((context) -> whileSessionLasts(request, () -> guard(context, guarded, request, response)));
		GuardedRequest outer = this.currentSsoSessions.enter(guarded);
		try {
			chain.doFilter(request, response);
		}
		catch (UltraCartLoginException ex) {
			if (ex.getError() != UltraCartLoginError.IP_MISMATCH || response.isCommitted()) {
				throw ex;
			}
			this.entryPoint.commence(request, response, ex);
		}
		finally {
			this.currentSsoSessions.leave(outer);
			endIfRefused(guarded);
		}
	}

	/**
	 * Another thread may have been refused the key meanwhile. The request itself is done
	 * by now, so nothing that goes wrong here may become its failure.
	 */
	private void endIfRefused(GuardedRequest guarded) {
		try {
			guarded.endIfRefused();
		}
		catch (RuntimeException ex) {
			this.logger.error("A session could not be ended whose key UltraCart has refused", ex);
		}
	}

	/**
	 * Has the user read again where that is due and the context is asked for from here on
	 * in the chain.
	 */
	void refreshWhereDue(HttpServletRequest request, HttpServletResponse response) {
		defer((context) -> whileSessionLasts(request, () -> refreshIfDue(context.get(), request, response)));
	}

	private void defer(Function<Supplier<SecurityContext>, SecurityContext> guard) {
		this.securityContextHolderStrategy.setDeferredContext(
				new GuardedSecurityContext(this.securityContextHolderStrategy.getDeferredContext(), guard));
	}

	/**
	 * Another request may end the session at any moment, and whoever holds it then gets
	 * an exception for whatever he asks of it.
	 */
	private SecurityContext whileSessionLasts(HttpServletRequest request, Supplier<SecurityContext> guard) {
		try {
			return guard.get();
		}
		catch (IllegalStateException ex) {
			if (request.getSession(false) != null) {
				throw ex;
			}
			this.logger.debug("Another request has ended the session at the same time", ex);
			new SessionEnd(UltraCartLoginError.SESSION_ENDED, false).keep(request);
			return this.securityContextHolderStrategy.createEmptyContext();
		}
	}

	/**
	 * The user is looked up before the context, since a refresh saves the context before
	 * the user: thus no context is taken for newer than it is.
	 */
	private SecurityContext guard(Supplier<SecurityContext> deferredContext, GuardedRequest guarded,
			HttpServletRequest request, HttpServletResponse response) {
		SsoSessionUser kept = this.users.find(request);
		SecurityContext context = deferredContext.get();
		Authentication authentication = context.getAuthentication();
		if (authentication == null) {
			return context;
		}
		if (!UltraCartFactor.isIn(authentication)) {
			forgetOtherUser(request, response);
			return context;
		}
		SsoSessionUser signedIn = (kept != null) ? kept : this.users.find(request, authentication);
		if (signedIn == null) {
			return this.ending.end(Reason.KEY_LOST, authentication, null, request, response);
		}
		if (new AddressLock(this.policy.ipLock(), this.eventPublisher).refuses(request, signedIn)) {
			this.ending.sessionEnd(UltraCartLoginError.IP_MISMATCH, authentication, signedIn).keep(request);
			return this.securityContextHolderStrategy.createEmptyContext();
		}
		Reason over = findEnd(request, authentication, signedIn);
		if (over != null) {
			return this.ending.end(over, authentication, signedIn, request, response);
		}
		return letThrough(authentication, signedIn, guarded);
	}

	/**
	 * Makes the context of the request. It has an authentication of its own, because the
	 * one in the session is that of all requests, and those that no guard looks at must
	 * not pass for this one, whose key may be used.
	 */
	private SecurityContext letThrough(Authentication authentication, SsoSessionUser signedIn, GuardedRequest guarded) {
		Authentication own = (authentication instanceof UltraCartAuthenticationToken token) ? token.toBuilder().build()
				: authentication;
		guarded.letThrough(own, signedIn);
		SecurityContext context = this.securityContextHolderStrategy.createEmptyContext();
		context.setAuthentication(own);
		return context;
	}

	/**
	 * Whoever has signed in otherwise over a session of a user of UltraCart has nothing
	 * to do with that user's key.
	 */
	private void forgetOtherUser(HttpServletRequest request, HttpServletResponse response) {
		if (this.users.find(request) != null) {
			SsoSession left = this.ending.loadSsoSession(request);
			this.ssoSessionRepository.removeSsoSession(request, response);
			this.users.remove(request);
			if (left != null) {
				this.revoker.revoke(left);
			}
		}
	}

	private @Nullable Reason findEnd(HttpServletRequest request, Authentication authentication,
			SsoSessionUser signedIn) {
		if (authentication.getPrincipal() instanceof UltraCartUser user && !user.equals(signedIn.user())) {
			return Reason.OTHER_USER;
		}
		Instant now = this.clock.instant();
		Instant expiry = this.ssoSessionRepository.findExpiry(request);
		if (expiry == null) {
			return Reason.KEY_LOST;
		}
		Duration maxAge = this.policy.maxAge();
		boolean tooOld = maxAge != null && !now.isBefore(SsoSessionUsers.signedInAt(authentication).plus(maxAge));
		if (tooOld || !now.isBefore(expiry)) {
			return Reason.EXPIRED;
		}
		return isRefused(request) ? Reason.REFUSED : null;
	}

	/**
	 * A key that a thread without a request has been refused is opened to be known again,
	 * which is worth it only while there is any such.
	 */
	private boolean isRefused(HttpServletRequest request) {
		SsoSession ssoSession = this.currentSsoSessions.hasRefused() ? this.ending.loadSsoSession(request) : null;
		return ssoSession != null && this.currentSsoSessions.isRefused(ssoSession);
	}

	private SecurityContext refreshIfDue(SecurityContext context, HttpServletRequest request,
			HttpServletResponse response) {
		Authentication authentication = context.getAuthentication();
		if (authentication == null || !UltraCartFactor.isIn(authentication)) {
			return context;
		}
		GuardedRequest guarded = GuardedRequest.of(request);
		SsoSessionUser signedIn = (guarded != null) ? guarded.signedIn() : null;
		return (guarded != null && signedIn != null && isRefreshDue(signedIn))
				? refresh(context, authentication, signedIn, guarded, request, response) : context;
	}

	private boolean isRefreshDue(SsoSessionUser signedIn) {
		Duration interval = this.policy.refreshInterval();
		return !interval.isZero() && !this.clock.instant().isBefore(signedIn.readAt().plus(interval));
	}

	private SecurityContext refresh(SecurityContext context, Authentication authentication, SsoSessionUser signedIn,
			GuardedRequest guarded, HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		UserRefresh.Outcome outcome = this.refresher.refresh(sessionId(session, signedIn.user()), signedIn,
				() -> this.ssoSessionRepository.loadSsoSession(request));
		if (session != null && request.getSession(false) == null) {
			// the user has signed out meanwhile; saving would begin a new session
			return this.ending.leave(authentication, signedIn, request, response);
		}
		// what a login has saved meanwhile is newer
		boolean current = signedIn.equals(this.users.find(request, authentication));
		if (current && outcome instanceof UserRefresh.Ended ended) {
			return ended.first() ? this.ending.end(ended.reason(), authentication, signedIn, request, response)
					: this.ending.leave(authentication, signedIn, request, response);
		}
		if (outcome instanceof UserRefresh.Refreshed refreshed) {
			SecurityContext refreshedContext = this.securityContextHolderStrategy.createEmptyContext();
			Authentication replaced = replaceUser(authentication, signedIn.user(), refreshed.user());
			refreshedContext.setAuthentication(replaced);
			SsoSessionUser readAgain = signedIn.refreshed(refreshed.user(), refreshed.readAt());
			if (current && refreshed.first()) {
				this.securityContextRepository.saveContext(refreshedContext, request, response);
				this.users.save(readAgain, request);
				publishRefreshed(signedIn.user(), refreshed.user());
			}
			return letThrough(replaced, readAgain, guarded);
		}
		return context;
	}

	private static String sessionId(@Nullable HttpSession session, UltraCartUser user) {
		return (session != null) ? session.getId() : user.registrationId() + ":" + user.userId();
	}

	/**
	 * Other logins may have put their own into the authentication; only what UltraCart
	 * gave is replaced.
	 */
	private static Authentication replaceUser(Authentication authentication, UltraCartUser before, UltraCartUser now) {
		Authentication.Builder<?> builder = authentication.toBuilder().authorities((authorities) -> {
			Set<String> grantedBefore = names(before.getAuthorities());
			grantedBefore.removeAll(OF_EVERY_LOGIN);
			authorities.removeIf((authority) -> grantedBefore.contains(authority.getAuthority()));
			Set<String> present = names(authorities);
			now.getAuthorities()
				.stream()
				.filter((authority) -> !present.contains(authority.getAuthority()))
				.forEach(authorities::add);
		});
		return (authentication.getPrincipal() instanceof UltraCartUser) ? builder.principal(now).build()
				: builder.build();
	}

	private void publishRefreshed(UltraCartUser before, UltraCartUser now) {
		Set<String> gained = names(now.getAuthorities());
		gained.removeAll(names(before.getAuthorities()));
		Set<String> lost = names(before.getAuthorities());
		lost.removeAll(names(now.getAuthorities()));
		if (!gained.isEmpty() || !lost.isEmpty()) {
			this.logger.info(LogMessage.format("%s has gained %s and lost %s", now, gained, lost));
		}
		this.eventPublisher.publishEvent(new UltraCartUserRefreshedEvent(now, Set.copyOf(gained), Set.copyOf(lost)));
	}

	private static Set<String> names(Collection<? extends GrantedAuthority> authorities) {
		return authorities.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Looks when it is first asked. Only the thread of the request asks, so there is no
	 * lock. What the guard itself works with, such as a repository or a user mapper of
	 * the application, may ask too, and gets the context as it was before.
	 */
	private static final class GuardedSecurityContext implements Supplier<SecurityContext> {

		private final Supplier<SecurityContext> unguarded;

		private final Function<Supplier<SecurityContext>, SecurityContext> guard;

		private boolean looking;

		private @Nullable SecurityContext context;

		private GuardedSecurityContext(Supplier<SecurityContext> unguarded,
				Function<Supplier<SecurityContext>, SecurityContext> guard) {
			this.unguarded = unguarded;
			this.guard = guard;
		}

		@Override
		public SecurityContext get() {
			SecurityContext current = this.context;
			if (current != null) {
				return current;
			}
			if (this.looking) {
				return this.unguarded.get();
			}
			this.looking = true;
			try {
				current = this.guard.apply(this.unguarded);
			}
			finally {
				this.looking = false;
			}
			this.context = current;
			return current;
		}

	}

}
