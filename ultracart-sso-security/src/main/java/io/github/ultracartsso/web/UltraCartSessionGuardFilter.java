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
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.SsoSession;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginError;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.core.log.LogMessage;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the session of a user whose SSO session is over: past its expiry, lost, or with a
 * key that cannot be opened. The request goes on as nobody's, so that the entry point
 * asks for a login where one is needed.
 * <p>
 * It makes no call, and looks at the session only when the request's security context is
 * needed, on error pages too. A user who proved another factor as well is no exception:
 * one of the factors is gone.
 *
 * @since 0.1
 */
public final class UltraCartSessionGuardFilter extends OncePerRequestFilter {

	/**
	 * The request attribute that tells the entry point why a session has ended.
	 */
	static final String ENDED_ATTRIBUTE = UltraCartSessionGuardFilter.class.getName() + ".ENDED";

	private final SsoSessionRepository ssoSessionRepository;

	private SecurityContextRepository securityContextRepository = new HttpSessionSecurityContextRepository();

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	private Clock clock = Clock.systemUTC();

	/**
	 * Creates a filter.
	 * @param ssoSessionRepository where SSO sessions are kept
	 */
	public UltraCartSessionGuardFilter(SsoSessionRepository ssoSessionRepository) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
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
	 * Sets the clock that tells whether an SSO session has expired. Defaults to the
	 * system's.
	 * @param clock the clock
	 */
	public void setClock(Clock clock) {
		Assert.notNull(clock, "clock cannot be null");
		this.clock = clock;
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Supplier<SecurityContext> context = this.securityContextHolderStrategy.getDeferredContext();
		this.securityContextHolderStrategy
			.setDeferredContext(SingletonSupplier.of(() -> guard(context.get(), request, response)));
		chain.doFilter(request, response);
	}

	private SecurityContext guard(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
		Authentication authentication = context.getAuthentication();
		if (authentication == null || !restsOnUltraCart(authentication)) {
			return context;
		}
		SsoSession ssoSession = this.ssoSessionRepository.loadSsoSession(request);
		if (ssoSession != null && !ssoSession.isExpired(this.clock.instant())) {
			return context;
		}
		this.logger.debug(LogMessage.format("The SSO session of %s is over", authentication.getName()));
		request.setAttribute(ENDED_ATTRIBUTE, UltraCartLoginError.SESSION_ENDED);
		return endSession(request, response);
	}

	/**
	 * The context is being looked up at this moment, so nothing here may ask the holder
	 * for it, as Spring Security's own logout handler does.
	 */
	private SecurityContext endSession(HttpServletRequest request, HttpServletResponse response) {
		SecurityContext emptyContext = this.securityContextHolderStrategy.createEmptyContext();
		this.ssoSessionRepository.removeSsoSession(request, response);
		this.securityContextRepository.saveContext(emptyContext, request, response);
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.invalidate();
		}
		return emptyContext;
	}

	private static boolean restsOnUltraCart(Authentication authentication) {
		return authentication instanceof UltraCartAuthenticationToken || authentication.getAuthorities()
			.stream()
			.anyMatch((authority) -> UltraCartAuthenticationProvider.FACTOR_AUTHORITY.equals(authority.getAuthority()));
	}

}
