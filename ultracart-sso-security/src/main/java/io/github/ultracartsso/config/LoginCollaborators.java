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

import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.EncryptionKeys;
import io.github.ultracartsso.authentication.SecretSealer;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.web.CurrentSsoSessions;
import io.github.ultracartsso.web.LoginStartBudget;
import io.github.ultracartsso.web.SsoSessionRevoker;
import io.github.ultracartsso.web.UltraCartLoginSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.context.WebApplicationContext;

/**
 * Finds what a login works with: the only bean of a type, else a default, each created
 * once for its chain.
 */
final class LoginCollaborators {

	private final ApplicationContext context;

	private @Nullable EncryptionKeys encryptionKeys;

	private @Nullable SecretSealer secretSealer;

	private @Nullable SsoSessionRevoker revoker;

	private @Nullable LoginStartBudget startBudget;

	private @Nullable CurrentSsoSessions currentSsoSessions;

	LoginCollaborators(ApplicationContext context) {
		this.context = context;
	}

	<T> T get(Class<T> type, Supplier<T> defaultInstance) {
		return this.context.getBeanProvider(type).getIfUnique(defaultInstance);
	}

	/**
	 * Like {@link #get}, but several beans of the type fail the start: which of them
	 * decides who a user is must not be left to chance.
	 */
	<T> T single(Class<T> type, Supplier<T> defaultInstance) {
		return this.context.getBeanProvider(type).getIfAvailable(defaultInstance);
	}

	UltraCartSsoClient client() {
		return get(UltraCartSsoClient.class, () -> {
			throw new IllegalStateException("""
					An UltraCartSsoClient is required for ultraCartLogin(). \
					Please provide one as a bean, or let the UltraCart SSO starter do so by setting \
					the property ultracart.sso.simple-key.""");
		});
	}

	UltraCartLoginSettings settings() {
		return get(UltraCartLoginSettings.class, () -> UltraCartLoginSettings.builder().build());
	}

	Clock clock() {
		return get(Clock.class, Clock::systemUTC);
	}

	EncryptionKeys encryptionKeys() {
		if (this.encryptionKeys == null) {
			this.encryptionKeys = get(EncryptionKeys.class, EncryptionKeys::random);
		}
		return this.encryptionKeys;
	}

	SecretSealer secretSealer() {
		if (this.secretSealer == null) {
			this.secretSealer = get(SecretSealer.class, () -> encryptionKeys().sealer("simple-key"));
		}
		return this.secretSealer;
	}

	SecretSealer returnTargetSealer() {
		return encryptionKeys().sealer("return-target");
	}

	SsoSessionRevoker revoker() {
		if (this.revoker == null) {
			this.revoker = get(SsoSessionRevoker.class, this::newRevoker);
		}
		return this.revoker;
	}

	LoginStartBudget startBudget() {
		if (this.startBudget == null) {
			this.startBudget = get(LoginStartBudget.class, this::newStartBudget);
		}
		return this.startBudget;
	}

	private LoginStartBudget newStartBudget() {
		LoginStartBudget newStartBudget = new LoginStartBudget();
		newStartBudget.setClock(clock());
		return newStartBudget;
	}

	CurrentSsoSessions currentSsoSessions() {
		if (this.currentSsoSessions == null) {
			this.currentSsoSessions = get(CurrentSsoSessions.class, this::newCurrentSsoSessions);
		}
		return this.currentSsoSessions;
	}

	private CurrentSsoSessions newCurrentSsoSessions() {
		CurrentSsoSessions newCurrentSsoSessions = new CurrentSsoSessions();
		newCurrentSsoSessions.setClock(clock());
		newCurrentSsoSessions.setSecurityContextHolderStrategy(
				get(SecurityContextHolderStrategy.class, SecurityContextHolder::getContextHolderStrategy));
		return newCurrentSsoSessions;
	}

	LoginPause loginPause() {
		return new LoginPause(this.context.getBeanProvider(CallGate.class).getIfUnique(), startBudget());
	}

	ApplicationEventPublisher applicationEventPublisher() {
		return this.context;
	}

	private SsoSessionRevoker newRevoker() {
		SsoSessionRevoker newRevoker = new SsoSessionRevoker(client());
		newRevoker.setClock(clock());
		newRevoker.setApplicationEventPublisher(applicationEventPublisher());
		newRevoker.setCurrentSsoSessions(currentSsoSessions());
		return newRevoker;
	}

	AuthenticationEventPublisher eventPublisher() {
		AuthenticationEventPublisher eventPublisher = get(AuthenticationEventPublisher.class,
				() -> new DefaultAuthenticationEventPublisher(this.context));
		if (eventPublisher instanceof DefaultAuthenticationEventPublisher defaultPublisher) {
			// it finds events by the exact class of an exception, and publishes nothing
			// else
			defaultPublisher.setAdditionalExceptionMappings(
					Map.of(UltraCartLoginException.class, AuthenticationFailureBadCredentialsEvent.class,
							UltraCartLoginServiceException.class, AuthenticationFailureServiceExceptionEvent.class));
		}
		return eventPublisher;
	}

	AuthenticationManager postProcess(AuthenticationManager authenticationManager) {
		return this.context
			.<ObjectPostProcessor<AuthenticationManager>>getBeanProvider(
					ResolvableType.forClassWithGenerics(ObjectPostProcessor.class, AuthenticationManager.class))
			.getIfUnique(ObjectPostProcessor::identity)
			.postProcess(authenticationManager);
	}

	String contextPath() {
		return (this.context instanceof WebApplicationContext webContext && webContext.getServletContext() != null)
				? webContext.getServletContext().getContextPath() : "";
	}

}
