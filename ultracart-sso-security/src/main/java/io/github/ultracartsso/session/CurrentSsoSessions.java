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

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartFactor;
import org.jspecify.annotations.Nullable;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.Assert;

/**
 * Finds the SSO session of the user in the security context of a thread.
 * <p>
 * The user's authentication carries access to it. So threads that the security context is
 * propagated to, for instance by a
 * {@link org.springframework.security.concurrent.DelegatingSecurityContextExecutor}, find
 * it too, also after the request. An authentication of another class, as of a user who
 * has proved a second factor after UltraCart's, carries nothing; its SSO session is known
 * on the thread of the request only.
 * <p>
 * Each time, the SSO session is checked: one that has expired, has ended here or was
 * refused by UltraCart is not found.
 *
 * @since 0.1
 */
public final class CurrentSsoSessions {

	// not static: the sessions of two applications in one JVM know nothing of each other
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable GuardedRequest> request = new ThreadLocal<>();

	private final SsoSessions ssoSessions;

	private SecurityContextHolderStrategy securityContextHolderStrategy = SecurityContextHolder
		.getContextHolderStrategy();

	/**
	 * Creates an instance.
	 * @param ssoSessions decides whether an SSO session is over
	 */
	public CurrentSsoSessions(SsoSessions ssoSessions) {
		Assert.notNull(ssoSessions, "ssoSessions cannot be null");
		this.ssoSessions = ssoSessions;
	}

	/**
	 * Sets where the security context of a thread is. Defaults to the strategy of
	 * {@link SecurityContextHolder}.
	 * @param securityContextHolderStrategy the strategy
	 */
	public void setSecurityContextHolderStrategy(SecurityContextHolderStrategy securityContextHolderStrategy) {
		Assert.notNull(securityContextHolderStrategy, "securityContextHolderStrategy cannot be null");
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	/**
	 * Finds the SSO session of the user in the security context of this thread.
	 * @return the SSO session, or {@code null} if no user has signed in with UltraCart,
	 * or the SSO session is over or not known on this thread
	 */
	public @Nullable SsoSession find() {
		return find(this.securityContextHolderStrategy.getContext().getAuthentication());
	}

	/**
	 * Finds the SSO session of a user.
	 * @param authentication the authentication of the user, or {@code null}
	 * @return the SSO session, or {@code null} if there is none
	 */
	public @Nullable SsoSession find(@Nullable Authentication authentication) {
		if (authentication == null || !UltraCartFactor.isIn(authentication)) {
			return null;
		}
		SsoSession ssoSession = load(authentication);
		return (ssoSession != null && this.ssoSessions.isUsable(ssoSession)) ? ssoSession : null;
	}

	private @Nullable SsoSession load(Authentication authentication) {
		if (authentication instanceof UltraCartAuthenticationToken token
				&& token.simpleKeySupplier() instanceof SsoSessionKey key && key.ssoSessions() == this.ssoSessions) {
			return key.ssoSession();
		}
		GuardedRequest current = this.request.get();
		return (current != null) ? current.findSsoSession(authentication) : null;
	}

	/**
	 * Returns whether a user who has signed in with UltraCart is in the security context
	 * of this thread, also if the SSO session is over or not known on this thread.
	 * @return {@code true} if there is such a user
	 */
	public boolean isUserPresent() {
		Authentication authentication = this.securityContextHolderStrategy.getContext().getAuthentication();
		return authentication != null && UltraCartFactor.isIn(authentication);
	}

	/**
	 * Returns whether the user in the security context of this thread is one as whom
	 * another user acts. There is no SSO session then, neither the user's own nor that of
	 * the other user.
	 * @return {@code true} on the thread of such a request
	 */
	public boolean isImpersonation() {
		GuardedRequest current = this.request.get();
		Authentication authentication = this.securityContextHolderStrategy.getContext().getAuthentication();
		return current != null && authentication != null && current.isImpersonation(authentication);
	}

	/**
	 * Ends an SSO session whose key UltraCart has refused: at once on the thread of a
	 * request that came with it, else with the next request that does.
	 * @param ssoSession the SSO session
	 */
	public void endRefused(SsoSession ssoSession) {
		this.ssoSessions.refuse(ssoSession);
		GuardedRequest current = this.request.get();
		if (current != null) {
			current.endIfRefused();
		}
	}

	/**
	 * Makes this thread the thread of a request.
	 * @param entered the request
	 * @return the request of this thread so far, to {@linkplain #leave return} to, or
	 * {@code null}
	 */
	public @Nullable GuardedRequest enter(GuardedRequest entered) {
		GuardedRequest outer = this.request.get();
		this.request.set(entered);
		return outer;
	}

	/**
	 * Makes this thread that of the request before.
	 * @param outer what {@link #enter} returned
	 */
	public void leave(@Nullable GuardedRequest outer) {
		if (outer != null) {
			this.request.set(outer);
		}
		else {
			this.request.remove();
		}
	}

	/**
	 * Request of a user whose SSO session is guarded, as its own thread sees it. Not part
	 * of the API.
	 */
	public interface GuardedRequest {

		/**
		 * Finds the SSO session that the request came with.
		 * @param authentication the authentication of the user
		 * @return the SSO session, or {@code null} if the authentication is of another
		 * user
		 */
		@Nullable SsoSession findSsoSession(Authentication authentication);

		/**
		 * Returns whether the authentication is of an impersonated user.
		 * @param authentication the authentication in the security context
		 * @return {@code true} if it is
		 */
		boolean isImpersonation(Authentication authentication);

		/**
		 * Ends the session of the request if UltraCart has refused its key.
		 */
		void endIfRefused();

	}

}
