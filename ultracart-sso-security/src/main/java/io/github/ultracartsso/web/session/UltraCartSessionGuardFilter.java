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
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.UltraCartLoginError;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.event.SsoSessionEndedEvent;
import io.github.ultracartsso.session.SsoSessionGuard;
import io.github.ultracartsso.session.SsoSessionGuard.Decision;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.web.session.SsoSessionEnding.Exchange;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.Assert;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Guards the session of a signed-in user.
 * <ul>
 * <li>It ends a session whose key has expired, is missing, cannot be decrypted or was
 * refused by UltraCart, or that has reached its maximum age.</li>
 * <li>It makes a request unauthenticated that comes from an address that must not use the
 * session; the session stays as it is.</li>
 * </ul>
 * A request whose session has ended goes on unauthenticated, so that the entry point asks
 * for a login where one is needed.
 * <p>
 * The session is looked at when the security context is first asked for, on error pages
 * too. A user who has proved another factor as well is treated alike: one of the factors
 * is gone. While a user acts as another user by means of a {@code SwitchUserFilter}, it
 * is the original's session that is guarded, and the impersonation ends with it.
 *
 * @since 0.1
 * @see UltraCartUserRefreshFilter
 */
public final class UltraCartSessionGuardFilter extends OncePerRequestFilter {

	private final SsoSessionRepository ssoSessionRepository;

	private final SsoSessions ssoSessions;

	private final CurrentSsoSessions currentSsoSessions;

	private final AuthenticationEntryPoint entryPoint;

	private final SsoSessionGuard guard;

	private final SsoSessionEnding ending;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates a filter.
	 * @param ssoSessionRepository where SSO sessions are kept
	 * @param ssoSessions decides about SSO sessions
	 * @param currentSsoSessions is told of requests under way
	 * @param revoker revokes the keys of sessions that end before them
	 * @param entryPoint answers requests that may not even sign out
	 */
	public UltraCartSessionGuardFilter(SsoSessionRepository ssoSessionRepository, SsoSessions ssoSessions,
			CurrentSsoSessions currentSsoSessions, SsoSessionRevoker revoker, AuthenticationEntryPoint entryPoint) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		Assert.notNull(currentSsoSessions, "currentSsoSessions cannot be null");
		Assert.notNull(revoker, "revoker cannot be null");
		Assert.notNull(entryPoint, "entryPoint cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
		this.ssoSessions = ssoSessions;
		this.currentSsoSessions = currentSsoSessions;
		this.entryPoint = entryPoint;
		this.guard = new SsoSessionGuard(ssoSessions, revoker);
		this.ending = new SsoSessionEnding(ssoSessionRepository, this.guard);
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
		this.ending.setSecurityContextRepository(securityContextRepository);
	}

	/**
	 * Sets what signs a user out of the other mechanisms of the filter chain when the
	 * session ends here, such as remember-me. By default there is nothing.
	 * @param logoutHandlers the handlers
	 */
	public void setLogoutHandlers(List<LogoutHandler> logoutHandlers) {
		Assert.notNull(logoutHandlers, "logoutHandlers cannot be null");
		this.ending.setLogoutHandlers(logoutHandlers);
	}

	/**
	 * Sets the publisher of an {@link SsoSessionEndedEvent} for each session that ends
	 * here. By default none is published.
	 * @param eventPublisher the event publisher
	 */
	public void setApplicationEventPublisher(ApplicationEventPublisher eventPublisher) {
		Assert.notNull(eventPublisher, "eventPublisher cannot be null");
		this.guard.setApplicationEventPublisher(eventPublisher);
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
		if (isAsyncDispatch(request)) {
			leaveIfEnded(GuardedHttpRequest.of(request));
		}
		GuardedHttpRequest guarded = new GuardedHttpRequest(request, response, this.ending);
		guarded.keep();
		Exchange exchange = new Exchange(request, response);
		defer(request, (context) -> guard(context, guarded, exchange));
		CurrentSsoSessions.GuardedRequest outer = this.currentSsoSessions.enter(guarded);
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
			afterChain(guarded);
		}
	}

	/**
	 * Looks at the dispatch of the request before this one. What goes wrong here would
	 * only become a failure of a request that is all but completed.
	 */
	private void leaveIfEnded(@Nullable GuardedHttpRequest before) {
		if (before == null) {
			return;
		}
		try {
			before.leaveIfEnded();
		}
		catch (RuntimeException ex) {
			this.logger.debug("Another request has ended the session at the same time", ex);
		}
	}

	/**
	 * Another thread may have been refused the key meanwhile, or another login may have
	 * replaced the principal. The request itself is done, so nothing that goes wrong here
	 * may become its failure.
	 */
	private void afterChain(GuardedHttpRequest guarded) {
		if (guarded.guarded() == null) {
			return;
		}
		try {
			guarded.endIfRefused();
			guarded.keepUserBehind(this.securityContextHolderStrategy.getContext().getAuthentication(),
					this.ssoSessionRepository);
		}
		catch (RuntimeException ex) {
			this.logger.error("The session of a user could not be updated after a request", ex);
		}
	}

	/**
	 * Has the guard look at the security context when that is first asked for. Another
	 * request may end the session at any moment, and every call on that throws an
	 * exception then.
	 */
	void defer(HttpServletRequest request, Function<Supplier<SecurityContext>, SecurityContext> guard) {
		this.securityContextHolderStrategy.setDeferredContext(
				new GuardedSecurityContext(this.securityContextHolderStrategy.getDeferredContext(), (context) -> {
					try {
						return guard.apply(context);
					}
					catch (IllegalStateException ex) {
						if (request.getSession(false) != null) {
							throw ex;
						}
						this.logger.debug("Another request has ended the session at the same time", ex);
						SsoSessionEnd.keep(UltraCartLoginError.SESSION_ENDED, request);
						return this.securityContextHolderStrategy.createEmptyContext();
					}
				}));
	}

	/**
	 * Guards the context. The SSO session is loaded before the context, since a refresh
	 * saves the context first: so no context is taken for newer than it is.
	 */
	private SecurityContext guard(Supplier<SecurityContext> deferredContext, GuardedHttpRequest guarded,
			Exchange exchange) {
		SsoSession ssoSession = this.ssoSessionRepository.loadSsoSession(exchange.request());
		SecurityContext context = deferredContext.get();
		Authentication authentication = context.getAuthentication();
		if (authentication == null) {
			return context;
		}
		Decision decision = this.guard.decide(Impersonation.original(authentication), ssoSession,
				exchange.request().getRemoteAddr());
		if (decision instanceof SsoSessionGuard.OtherMechanism other) {
			if (other.replaced() != null) {
				this.ending.removeOther(other.replaced(), exchange);
			}
			return context;
		}
		if (decision instanceof SsoSessionGuard.Over over) {
			return this.ending.end(over, authentication, exchange);
		}
		if (decision instanceof SsoSessionGuard.GoesOn goesOn) {
			return goOn(context, authentication, goesOn, guarded);
		}
		SsoSessionEnd.keep(UltraCartLoginError.IP_MISMATCH, exchange.request());
		return this.securityContextHolderStrategy.createEmptyContext();
	}

	private SecurityContext goOn(SecurityContext context, Authentication authentication, SsoSessionGuard.GoesOn goesOn,
			GuardedHttpRequest guarded) {
		Authentication bound = Impersonation.withOriginal(authentication, goesOn.authentication());
		if (bound == goesOn.authentication() && goesOn.storable()) {
			// restored from a file, and in memory from now on
			context.setAuthentication(bound);
		}
		return authenticated(context, new GuardedUser(bound, goesOn.user(), goesOn.ssoSession(), goesOn.refreshDue()),
				guarded);
	}

	/**
	 * Returns the context of a request that goes on. It is the stored one where that has
	 * access to the key already.
	 */
	SecurityContext authenticated(SecurityContext context, GuardedUser user, GuardedHttpRequest guarded) {
		guarded.authenticated(user);
		if (context.getAuthentication() == user.authentication()) {
			return context;
		}
		SecurityContext own = this.securityContextHolderStrategy.createEmptyContext();
		own.setAuthentication(user.authentication());
		return own;
	}

	SsoSessions ssoSessions() {
		return this.ssoSessions;
	}

	SsoSessionEnding ending() {
		return this.ending;
	}

}
