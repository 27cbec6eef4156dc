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

package io.github.ultracartsso.autoconfigure.security;

import java.net.URI;
import java.time.Clock;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.client.UltraCartSharedLimits;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.LoginUrls;
import io.github.ultracartsso.login.RedirectUris;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.web.access.UltraCartAccessDeniedSettings;
import io.github.ultracartsso.web.login.CookiePendingLoginRepository;
import io.github.ultracartsso.web.login.HttpSessionPendingLoginRepository;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.web.signin.SignInPageSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Configures what logins use in every filter chain of the application.
 */
@Configuration(proxyBeanMethods = false)
class UltraCartLoginConfiguration {

	@Bean
	@ConditionalOnMissingBean
	UltraCartLoginSettings ultraCartLoginSettings(CheckedUltraCartSsoProperties checked,
			ObjectProvider<UltraCartSsoConnectionDetails> connectionDetails) {
		UltraCartSsoProperties properties = checked.properties();
		UltraCartSsoConnectionDetails connection = connectionDetails.getIfUnique();
		URI baseUrl = (connection != null) ? connection.getBaseUrl() : URI.create(properties.baseUrl());
		String logoutSuccessUrl = properties.logout().successUrl();
		return new UltraCartLoginSettings(UltraCartUser.DEFAULT_REGISTRATION_ID,
				new RedirectUris(properties.redirectUri(), properties.redirectHosts(), checked.plainHttpHosts()),
				new LoginUrls(properties.allowedLoginHosts(), baseUrl, checked.plainHttpHosts()),
				new UltraCartLoginSettings.Pages(properties.loginPage(), properties.defaultSuccessUrl(),
						UltraCartSsoProperties.Logout.DEFAULT_SUCCESS_URL.equals(logoutSuccessUrl) ? null
								: logoutSuccessUrl));
	}

	@Bean
	@ConditionalOnMissingBean
	SignInPageSettings ultraCartSignInPageSettings(CheckedUltraCartSsoProperties checked, Environment environment) {
		UltraCartSsoProperties.SignIn properties = checked.properties().signIn();
		String applicationName = properties.applicationName();
		return new SignInPageSettings(
				(applicationName != null) ? applicationName : environment.getProperty("spring.application.name"),
				properties.logoUrl());
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartAccessDeniedSettings ultraCartAccessDeniedSettings(CheckedUltraCartSsoProperties checked) {
		return new UltraCartAccessDeniedSettings(checked.properties().accessDenied().explain(), false);
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartLoginService ultraCartLoginService(UltraCartSsoClient client, UltraCartLoginSettings settings,
			LoginStartBudget startBudget, SsoSessions ssoSessions, ObjectProvider<Clock> clock) {
		UltraCartLoginService loginService = new UltraCartLoginService(client, settings, startBudget, ssoSessions);
		clock.ifUnique(loginService::setClock);
		return loginService;
	}

	@Bean
	@ConditionalOnMissingBean
	RefreshPace ultraCartRefreshPace(CheckedUltraCartSsoProperties checked, SsoSessionPolicy sessionPolicy,
			ObjectProvider<CallGate> callGate) {
		UltraCartSsoProperties.Limits limits = checked.properties().limits();
		RefreshPace pace = new RefreshPace(sessionPolicy.refreshInterval(),
				(int) Math.max(1, limits.callsPerHour() * limits.refreshShare()), limits.longestRefreshInterval());
		callGate.ifUnique((gate) -> gate.setRefreshPace(pace));
		return pace;
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartUserRefresher ultraCartUserRefresher(SsoSessionPolicy sessionPolicy, RefreshPace pace,
			ApplicationEventPublisher eventPublisher, ObjectProvider<Clock> clock) {
		UltraCartUserRefresher refresher = new UltraCartUserRefresher(sessionPolicy.refreshTimeout());
		refresher.setPace(pace);
		refresher.setApplicationEventPublisher(eventPublisher);
		clock.ifUnique(refresher::setClock);
		return refresher;
	}

	@Bean
	@ConditionalOnMissingBean
	LoginStartBudget ultraCartLoginStartBudget(CheckedUltraCartSsoProperties checked,
			ObjectProvider<UltraCartSharedLimits> sharedLimits, ObjectProvider<Clock> clock) {
		UltraCartSsoProperties.Limits limits = checked.properties().limits();
		LoginStartBudget budget = new LoginStartBudget(checked.properties().login().maxStartsPerHour(),
				limits.callsPerHour(), limits.callsPerDay());
		sharedLimits.ifUnique((shared) -> {
			if (shared.store() != null) {
				budget.setLimitStore(shared.store(), shared.group());
			}
		});
		clock.ifUnique(budget::setClock);
		return budget;
	}

	@Bean
	@ConditionalOnMissingBean(PendingLoginRepository.class)
	@ConditionalOnProperty(name = "ultracart.sso.login.pending-store", havingValue = "cookie", matchIfMissing = true)
	CookiePendingLoginRepository ultraCartPendingLoginRepository(CheckedUltraCartSsoProperties checked,
			ObjectProvider<EncryptionKeys> encryptionKeys, ObjectProvider<Clock> clock) {
		CookiePendingLoginRepository repository = new CookiePendingLoginRepository(
				encryptionKeys.getIfUnique(EncryptionKeys::random).sealer("pending-login"));
		repository.setPlainHttpHosts(checked.plainHttpHosts());
		clock.ifUnique(repository::setClock);
		return repository;
	}

	@Bean
	@ConditionalOnMissingBean(PendingLoginRepository.class)
	@ConditionalOnProperty(name = "ultracart.sso.login.pending-store", havingValue = "session")
	HttpSessionPendingLoginRepository ultraCartHttpSessionPendingLoginRepository() {
		return new HttpSessionPendingLoginRepository();
	}

}
