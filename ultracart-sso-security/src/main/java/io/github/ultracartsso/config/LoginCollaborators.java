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
import java.util.stream.Stream;

import io.github.ultracartsso.authentication.PermissionCatalogue;
import io.github.ultracartsso.authentication.UserMappersInUse;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartLoginServiceException;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.web.RequestLocaleResolver;
import io.github.ultracartsso.web.login.CookiePendingLoginRepository;
import io.github.ultracartsso.web.login.KnownBrowsers;
import io.github.ultracartsso.web.login.LoginLoopBreaker;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationFailureBadCredentialsEvent;
import org.springframework.security.authentication.event.AuthenticationFailureServiceExceptionEvent;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.web.context.WebApplicationContext;

/**
 * Finds the collaborators of a login: the only bean of a type, else a default. What all
 * filter chains share is created once for the application.
 */
final class LoginCollaborators {

	private final ApplicationContext context;

	LoginCollaborators(ApplicationContext context) {
		this.context = context;
	}

	<T> T get(Class<T> type, Supplier<T> defaultInstance) {
		return this.context.getBeanProvider(type).getIfUnique(defaultInstance);
	}

	/**
	 * Like {@link #get}, but several beans of the type fail the start, because chance
	 * must not decide which of them maps the users.
	 */
	<T> T single(Class<T> type, Supplier<T> defaultInstance) {
		return this.context.getBeanProvider(type).getIfAvailable(defaultInstance);
	}

	/**
	 * Returns whether all beans of a type are of a class. A bean that is declared as that
	 * class is not created.
	 */
	<T> boolean areAll(Class<T> type, Class<? extends T> expected) {
		return Stream.of(this.context.getBeanNamesForType(type, true, false))
			.allMatch((name) -> this.context.isTypeMatch(name, expected)
					|| expected.isInstance(this.context.getBean(name)));
	}

	/**
	 * Like {@link #get}, but the default is registered with the application, so that all
	 * filter chains share it, and is closed together with the application.
	 */
	private <T> T shared(Class<T> type, Supplier<T> defaultInstance) {
		return get(type, () -> {
			if (!(this.context.getAutowireCapableBeanFactory() instanceof DefaultSingletonBeanRegistry registry)) {
				return defaultInstance.get();
			}
			Object existing = registry.getSingleton(type.getName());
			if (existing != null) {
				return type.cast(existing);
			}
			T created = defaultInstance.get();
			registry.registerSingleton(type.getName(), created);
			if (created instanceof DisposableBean disposable) {
				registry.registerDisposableBean(type.getName(), disposable);
			}
			return created;
		});
	}

	UltraCartSsoClient client() {
		return get(UltraCartSsoClient.class, () -> {
			throw new IllegalStateException("""
					An UltraCartSsoClient is required for ultraCartLogin(). \
					Provide one as a bean, or let the UltraCart SSO starter do so by setting \
					the property ultracart.sso.simple-key.""");
		});
	}

	UltraCartLoginSettings settings() {
		return get(UltraCartLoginSettings.class, () -> UltraCartLoginSettings.DEFAULTS);
	}

	private SsoSessionPolicy policy() {
		return get(SsoSessionPolicy.class, () -> SsoSessionPolicy.DEFAULTS);
	}

	Clock clock() {
		return get(Clock.class, Clock::systemUTC);
	}

	SecretSealer secretSealer() {
		return get(SecretSealer.class, () -> encryptionKeys().sealer("simple-key"));
	}

	SecretSealer returnTargetSealer() {
		return encryptionKeys().sealer("return-target");
	}

	CookiePendingLoginRepository cookiePendingLoginRepository() {
		return shared(CookiePendingLoginRepository.class, () -> {
			CookiePendingLoginRepository repository = new CookiePendingLoginRepository(
					encryptionKeys().sealer("pending-login"));
			repository.setClock(clock());
			return repository;
		});
	}

	LoginLoopBreaker loopBreaker() {
		return new LoginLoopBreaker(clock(), settings().redirectUris().plainHttpHosts());
	}

	KnownBrowsers knownBrowsers() {
		return shared(KnownBrowsers.class, () -> {
			KnownBrowsers knownBrowsers = new KnownBrowsers(encryptionKeys().sealer("known-browser"));
			knownBrowsers.setPlainHttpHosts(settings().redirectUris().plainHttpHosts());
			knownBrowsers.setClock(clock());
			return knownBrowsers;
		});
	}

	private EncryptionKeys encryptionKeys() {
		return shared(EncryptionKeys.class, EncryptionKeys::random);
	}

	SsoSessions ssoSessions() {
		return shared(SsoSessions.class, () -> {
			SsoSessions ssoSessions = new SsoSessions(policy());
			ssoSessions.setClock(clock());
			ssoSessions.setApplicationEventPublisher(eventPublisher());
			return ssoSessions;
		});
	}

	CurrentSsoSessions currentSsoSessions() {
		return shared(CurrentSsoSessions.class, () -> {
			CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(ssoSessions());
			currentSsoSessions.setSecurityContextHolderStrategy(
					get(SecurityContextHolderStrategy.class, SecurityContextHolder::getContextHolderStrategy));
			return currentSsoSessions;
		});
	}

	SsoSessionRevoker revoker() {
		return shared(SsoSessionRevoker.class, () -> {
			SsoSessionRevoker revoker = new SsoSessionRevoker(client(), ssoSessions());
			revoker.setClock(clock());
			revoker.setApplicationEventPublisher(eventPublisher());
			return revoker;
		});
	}

	UltraCartUserRefresher refresher() {
		return shared(UltraCartUserRefresher.class, () -> {
			UltraCartUserRefresher refresher = new UltraCartUserRefresher(policy().refreshTimeout());
			refresher.setPace(new RefreshPace(policy().refreshInterval()));
			refresher.setClock(clock());
			refresher.setApplicationEventPublisher(eventPublisher());
			return refresher;
		});
	}

	PermissionCatalogue permissionCatalogue() {
		return shared(PermissionCatalogue.class, PermissionCatalogue::new);
	}

	UserMappersInUse userMappersInUse() {
		return shared(UserMappersInUse.class, UserMappersInUse::new);
	}

	ObservationRegistry observationRegistry() {
		return get(ObservationRegistry.class, () -> ObservationRegistry.NOOP);
	}

	private LoginStartBudget startBudget() {
		return shared(LoginStartBudget.class, () -> {
			LoginStartBudget startBudget = new LoginStartBudget();
			startBudget.setClock(clock());
			return startBudget;
		});
	}

	UltraCartLoginService loginService() {
		return shared(UltraCartLoginService.class, () -> {
			UltraCartLoginService loginService = new UltraCartLoginService(client(), settings(), startBudget(),
					ssoSessions());
			loginService.setClock(clock());
			return loginService;
		});
	}

	UnreachableLoginUrls unreachableUrls() {
		return shared(UnreachableLoginUrls.class, () -> {
			UnreachableLoginUrls unreachableUrls = new UnreachableLoginUrls(this.context, contextPath());
			if (this.context instanceof ConfigurableApplicationContext configurable) {
				configurable.addApplicationListener(unreachableUrls);
			}
			return unreachableUrls;
		});
	}

	/**
	 * Returns whether the starter is switched on, as it is without the starter.
	 */
	boolean isEnabled() {
		return this.context.getEnvironment().getProperty("ultracart.sso.enabled", Boolean.class, true);
	}

	/**
	 * Returns what {@code hasRole} adds to its argument.
	 */
	String rolePrefix() {
		return get(GrantedAuthorityDefaults.class, () -> new GrantedAuthorityDefaults("ROLE_")).getRolePrefix();
	}

	MessageSource messageSource() {
		return this.context;
	}

	RequestLocaleResolver localeResolver() {
		return get(RequestLocaleResolver.class, RequestLocaleResolver::ofContext);
	}

	LoginPause loginPause() {
		return new LoginPause(this.context.getBeanProvider(CallGate.class).getIfUnique(), startBudget(),
				knownBrowsers());
	}

	ApplicationEventPublisher eventPublisher() {
		return this.context;
	}

	AuthenticationEventPublisher authenticationEventPublisher() {
		AuthenticationEventPublisher eventPublisher = get(AuthenticationEventPublisher.class,
				() -> new DefaultAuthenticationEventPublisher(this.context));
		if (eventPublisher instanceof DefaultAuthenticationEventPublisher defaultPublisher) {
			// it finds events by the exact class of an exception, and publishes nothing
			// for other classes
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
