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

package io.github.ultracartsso.config;

import io.github.ultracartsso.web.session.GuardedRememberMeServices;
import io.github.ultracartsso.web.session.RenamingSessionAuthenticationStrategy;
import org.jspecify.annotations.Nullable;

import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RememberMeConfigurer;
import org.springframework.security.config.annotation.web.configurers.SecurityContextConfigurer;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.DelegatingSecurityContextRepository;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextPersistenceFilter;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Puts the other mechanisms of a filter chain under the guard, once all of them are
 * initialized and before they build their filters.
 */
final class GuardedMechanisms extends AbstractHttpConfigurer<GuardedMechanisms, HttpSecurity> {

	private final LoginOptions options;

	private final LoginCollaborators beans;

	private @Nullable GuardedRememberMeServices rememberMeServices;

	GuardedMechanisms(LoginOptions options, LoginCollaborators beans) {
		this.options = options;
		this.beans = beans;
	}

	@Override
	public void init(HttpSecurity http) {
		requireStoredContext(http);
		guardSessionControl(http);
		guardRememberMe(http);
		refuseImplicitSave(http);
	}

	/**
	 * A login is of no use in a chain that forgets the user after each request. A chain
	 * without session management keeps the context in the HTTP session, but only its
	 * {@link SecurityContextConfigurer} knows that repository.
	 */
	@SuppressWarnings("unchecked")
	private static void requireStoredContext(HttpSecurity http) {
		if (http.getConfigurer(SecurityContextConfigurer.class) == null) {
			throw new UnsuitableFilterChainException(
					"ultraCartLogin() is used in a filter chain with securityContext disabled, which does not know"
							+ " its users.",
					"Remove securityContext(AbstractHttpConfigurer::disable) from this chain, or ultraCartLogin().");
		}
		SecurityContextRepository repository = http.getSharedObject(SecurityContextRepository.class);
		if (repository == null) {
			http.setSharedObject(SecurityContextRepository.class, new DelegatingSecurityContextRepository(
					new HttpSessionSecurityContextRepository(), new RequestAttributeSecurityContextRepository()));
		}
		else if (repository instanceof RequestAttributeSecurityContextRepository
				|| repository instanceof NullSecurityContextRepository) {
			throw new UnsuitableFilterChainException(
					"ultraCartLogin() is used in a filter chain with SessionCreationPolicy.STATELESS, or with a %s as"
						.formatted(repository.getClass().getSimpleName())
							+ " its securityContextRepository. Such a chain forgets the user after each request, so"
							+ " that the login would begin again and again.",
					"Remove the policy or the repository from this chain. Where it serves an API that is called"
							+ " without a session, remove ultraCartLogin() from it and declare another chain for"
							+ " browsers.");
		}
	}

	private void guardSessionControl(HttpSecurity http) {
		SessionAuthenticationStrategy strategy = http.getSharedObject(SessionAuthenticationStrategy.class);
		if (strategy != null) {
			http.setSharedObject(SessionAuthenticationStrategy.class,
					new RenamingSessionAuthenticationStrategy(strategy, this.options.ssoSessionRepository(this.beans)));
		}
	}

	@SuppressWarnings("unchecked")
	private void guardRememberMe(HttpSecurity http) {
		RememberMeServices services = http.getSharedObject(RememberMeServices.class);
		if (services != null) {
			this.rememberMeServices = new GuardedRememberMeServices(services, this.beans.ssoSessions());
			RememberMeConfigurer<HttpSecurity> rememberMe = http.getConfigurer(RememberMeConfigurer.class);
			if (rememberMe != null) {
				rememberMe.rememberMeServices(this.rememberMeServices);
			}
		}
	}

	/**
	 * A chain that saves the context after each request would save the empty context of a
	 * request from a foreign address, or of a forged callback, and so sign the owner of
	 * the session out.
	 */
	@SuppressWarnings({ "unchecked", "deprecation" })
	private static void refuseImplicitSave(HttpSecurity http) {
		SecurityContextConfigurer<HttpSecurity> securityContext = http.getConfigurer(SecurityContextConfigurer.class);
		if (securityContext != null) {
			securityContext.withObjectPostProcessor(new ObjectPostProcessor<SecurityContextPersistenceFilter>() {
				@Override
				public <O extends SecurityContextPersistenceFilter> O postProcess(O filter) {
					throw new UnsuitableFilterChainException("""
							ultraCartLogin() cannot be used together with requireExplicitSave(false). \
							Such a chain saves the security context after each request, so that a request from a \
							foreign address or a forged callback signs the user out, and an old request restores \
							permissions that were withdrawn.""", """
							Remove requireExplicitSave(false) from this chain, and save the context explicitly \
							where the application signs users in itself.""");
				}
			});
		}
	}

	/**
	 * Returns the remember-me services of the chain, or {@code null} if there are none.
	 */
	@Nullable GuardedRememberMeServices rememberMeServices() {
		return this.rememberMeServices;
	}

}
