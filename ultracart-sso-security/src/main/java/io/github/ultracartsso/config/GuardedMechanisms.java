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
import org.springframework.security.web.context.SecurityContextPersistenceFilter;

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
		guardSessionControl(http);
		guardRememberMe(http);
		refuseImplicitSave(http);
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
					throw new IllegalStateException("""
							ultraCartLogin() cannot be used together with requireExplicitSave(false). \
							Such a chain saves the security context after each request, so that a request from a \
							foreign address or a forged callback signs the user out, and an old request restores \
							permissions that were withdrawn. Remove requireExplicitSave(false) from this chain, and \
							save the context explicitly where the application signs users in itself.""");
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
