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

package io.github.ultracartsso.web.session;

import java.io.IOException;

import io.github.ultracartsso.authentication.UltraCartFactor;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionGuard;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.UltraCartUserChange;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.session.UserRefresh;
import io.github.ultracartsso.session.event.UltraCartUserRefreshedEvent;
import io.github.ultracartsso.web.session.SsoSessionEnding.Exchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads a signed-in user again whose permissions have reached the refresh interval, on
 * the next request that asks for them. Changes are in effect for the very request and
 * saved for those after it.
 * <p>
 * It stands behind the filters that sign users in and out, so that these do not wait for
 * it.
 *
 * @since 0.1
 * @see SsoSessionPolicy#refreshInterval()
 */
public final class UltraCartUserRefreshFilter extends OncePerRequestFilter {

	private final UltraCartSessionGuardFilter guard;

	private final SsoSessionRepository ssoSessionRepository;

	private final UltraCartUserRefresher refresher;

	private final UltraCartUserReader userReader;

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private ApplicationEventPublisher eventPublisher = (event) -> {
	};

	/**
	 * Creates a filter.
	 * @param guard the guard of the same chain, which ends sessions
	 * @param ssoSessionRepository where SSO sessions are kept
	 * @param refresher reads users again
	 * @param userReader reads and maps the users of the chain
	 */
	public UltraCartUserRefreshFilter(UltraCartSessionGuardFilter guard, SsoSessionRepository ssoSessionRepository,
			UltraCartUserRefresher refresher, UltraCartUserReader userReader) {
		Assert.notNull(guard, "guard cannot be null");
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(refresher, "refresher cannot be null");
		Assert.notNull(userReader, "userReader cannot be null");
		this.guard = guard;
		this.ssoSessionRepository = ssoSessionRepository;
		this.refresher = refresher;
		this.userReader = userReader;
	}

	/**
	 * Sets where the security context of the request is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Sets where the security context is kept between requests. Defaults to the HTTP
	 * session.
	 * @param securityContextRepository the repository
	 */
	public void setSecurityContextRepository(SecurityContextRepository securityContextRepository) {
		Assert.notNull(securityContextRepository, "securityContextRepository cannot be null");
		this.securityContextRepository = securityContextRepository;
	}

	/**
	 * Sets the publisher of an {@link UltraCartUserRefreshedEvent} for each user who was
	 * read again. By default none is published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.eventPublisher = eventPublisher;
	}

	/**
	 * Error pages show the user who is still signed in.
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
		GuardedHttpRequest guarded = GuardedHttpRequest.of(request);
		if (guarded != null) {
			this.guard.defer(request,
					(context) -> refreshIfDue(context.get(), guarded, new Exchange(request, response)));
		}
		chain.doFilter(request, response);
	}

	private SecurityContext refreshIfDue(SecurityContext context, GuardedHttpRequest guarded, Exchange exchange) {
		GuardedUser user = guarded.guarded();
		Authentication authentication = context.getAuthentication();
		if (user == null || !user.refreshDue() || authentication == null
				|| !UltraCartFactor.isIn(Impersonation.original(authentication))) {
			return context;
		}
		// the application may have replaced the authentication since the guard saw it
		return refresh(context, user.withAuthentication(authentication), guarded, exchange);
	}

	private SecurityContext refresh(SecurityContext context, GuardedUser user, GuardedHttpRequest guarded,
			Exchange exchange) {
		HttpServletRequest request = exchange.request();
		boolean hadSession = request.getSession(false) != null;
		UserRefresh.Outcome outcome = this.refresher.refresh(user.ssoSession(), user.user(), this.userReader);
		if (hadSession && request.getSession(false) == null) {
			// the user has signed out meanwhile; saving would begin a new session
			return this.guard.ending().leave(user.authentication(), exchange);
		}
		outcome = outcome.forStored(this.ssoSessionRepository.loadSsoSession(request), user.ssoSession());
		if (outcome instanceof UserRefresh.Ended ended) {
			return ended.first()
					? this.guard.ending()
						.end(new SsoSessionGuard.Over(ended.reason(), user.user(), user.ssoSession()),
								user.authentication(), exchange)
					: this.guard.ending().leave(user.authentication(), exchange);
		}
		return (outcome instanceof UserRefresh.Refreshed refreshed)
				? refreshed(context, refreshed, user, guarded, exchange) : context;
	}

	/**
	 * Puts the user as read again into the context. The request that has made the call
	 * stores the user for the others.
	 */
	private SecurityContext refreshed(SecurityContext context, UserRefresh.Refreshed refreshed, GuardedUser before,
			GuardedHttpRequest guarded, Exchange exchange) {
		SsoSession readAgain = refreshed.applyTo(before.ssoSession());
		SecurityContext result = this.guard.authenticated(context,
				new GuardedUser(replaceUser(before.authentication(), before.user(), refreshed.user()), refreshed.user(),
						readAgain, false),
				guarded);
		if (refreshed.first()) {
			SecurityContext stored = this.securityContextHolderStrategy.createEmptyContext();
			Authentication replaced = replaceUser(replaceable(before.authentication(), exchange.request()),
					before.user(), refreshed.user());
			stored.setAuthentication(Impersonation.withOriginal(replaced,
					this.guard.ssoSessions().bindBetweenRequests(Impersonation.original(replaced), readAgain)));
			this.securityContextRepository.saveContext(stored, exchange.request(), exchange.response());
			this.ssoSessionRepository.saveSsoSession(readAgain, exchange.request(), exchange.response());
			new UltraCartUserChange(before.user(), refreshed.user()).publish(this.eventPublisher);
		}
		return result;
	}

	private static Authentication replaceUser(Authentication authentication, UltraCartUser before, UltraCartUser now) {
		return Impersonation.withOriginal(authentication,
				UltraCartFactor.replaceUser(Impersonation.original(authentication), before, now));
	}

	/**
	 * Returns the authentication to replace in the store. Another request may have begun
	 * or ended an impersonation while the user was being read.
	 */
	private Authentication replaceable(Authentication current, HttpServletRequest request) {
		Authentication stored = this.securityContextRepository.loadDeferredContext(request).get().getAuthentication();
		return (stored != null && Impersonation.isIn(stored) != Impersonation.isIn(current)
				&& UltraCartFactor.isIn(Impersonation.original(stored))) ? stored : current;
	}

}
