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

import java.util.function.Consumer;

import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.web.login.LoginSessions;
import io.github.ultracartsso.web.login.UltraCartAuthenticationFailureHandler;
import io.github.ultracartsso.web.login.UltraCartAuthorizeFilter;
import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import io.github.ultracartsso.web.login.UltraCartRedirectFilter;
import io.github.ultracartsso.web.login.UltraCartRequestCache;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.web.session.UltraCartUserRefreshFilter;
import io.github.ultracartsso.web.signin.SignInPageSettings;
import io.github.ultracartsso.web.signin.UltraCartSignInPageFilter;

import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Builds the filters of one filter chain from its options.
 */
final class LoginFilters {

	private final HttpSecurity http;

	private final LoginOptions options;

	private final LoginCollaborators beans;

	/**
	 * For URLs relative to the context path, as redirects and links have them. The bean
	 * of Spring Boot is for URLs relative to {@code spring.mvc.servlet.path}.
	 */
	private final PathPatternRequestMatcher.Builder requestMatchers = PathPatternRequestMatcher.withDefaults();

	private final SecurityContextHolderStrategy securityContextHolderStrategy;

	LoginFilters(HttpSecurity http, LoginOptions options, LoginCollaborators beans,
			SecurityContextHolderStrategy securityContextHolderStrategy) {
		this.http = http;
		this.options = options;
		this.beans = beans;
		this.securityContextHolderStrategy = securityContextHolderStrategy;
	}

	UltraCartRedirectFilter redirects() {
		return new UltraCartRedirectFilter(this.beans.settings().redirectUris());
	}

	UltraCartSessionGuardFilter guard(AuthenticationEntryPoint entryPoint) {
		UltraCartSessionGuardFilter filter = new UltraCartSessionGuardFilter(
				this.options.ssoSessionRepository(this.beans), this.beans.ssoSessions(),
				this.beans.currentSsoSessions(), this.beans.revoker(), entryPoint);
		filter.setApplicationEventPublisher(this.beans.eventPublisher());
		filter.setSecurityContextHolderStrategy(this.securityContextHolderStrategy);
		useIfPresent(SecurityContextRepository.class, filter::setSecurityContextRepository);
		return filter;
	}

	UltraCartUserRefreshFilter refresh(UltraCartSessionGuardFilter guard, UltraCartUserReader userReader) {
		UltraCartUserRefreshFilter filter = new UltraCartUserRefreshFilter(guard,
				this.options.ssoSessionRepository(this.beans), this.beans.refresher(), userReader);
		filter.setApplicationEventPublisher(this.beans.eventPublisher());
		filter.setSecurityContextHolderStrategy(this.securityContextHolderStrategy);
		useIfPresent(SecurityContextRepository.class, filter::setSecurityContextRepository);
		return filter;
	}

	UltraCartAuthorizeFilter authorize() {
		UltraCartAuthorizeFilter filter = new UltraCartAuthorizeFilter(
				this.requestMatchers.matcher(this.options.startUrl), this.beans.loginService(),
				this.options.pendingLoginRepository(this.beans), this.options.returnTargets(this.beans),
				this.beans.loopBreaker());
		filter.setSecurityContextHolderStrategy(this.securityContextHolderStrategy);
		filter.setLoginPage(this.options.loginPage(this.beans));
		filter.setKnownBrowsers(this.beans.knownBrowsers());
		filter.setAuthenticationFailureHandler(failureHandler());
		filter.setAuthenticationEventPublisher(this.beans.authenticationEventPublisher());
		filter.setObservationRegistry(this.beans.observationRegistry());
		return filter;
	}

	UltraCartLoginAuthenticationFilter login(AuthenticationManager authenticationManager,
			UltraCartRequestCache requestCache) {
		UltraCartLoginAuthenticationFilter filter = new UltraCartLoginAuthenticationFilter(callbackMatcher(),
				this.beans.loginService(), this.options.pendingLoginRepository(this.beans),
				new LoginSessions(this.options.ssoSessionRepository(this.beans), this.beans.revoker()),
				this.beans.loopBreaker());
		filter.setAuthenticationManager(authenticationManager);
		filter.setKnownBrowsers(this.beans.knownBrowsers());
		filter.setAuthenticationEventPublisher(this.beans.authenticationEventPublisher());
		filter.setObservationRegistry(this.beans.observationRegistry());
		filter.setSecurityContextHolderStrategy(this.securityContextHolderStrategy);
		filter.setAuthenticationSuccessHandler(successHandler(requestCache));
		filter.setAuthenticationFailureHandler(failureHandler());
		useIfPresent(SecurityContextRepository.class, filter::setSecurityContextRepository);
		useIfPresent(SessionAuthenticationStrategy.class, filter::setSessionAuthenticationStrategy);
		useIfPresent(RememberMeServices.class, filter::setRememberMeServices);
		return filter;
	}

	private RequestMatcher callbackMatcher() {
		return new OrRequestMatcher(this.options.callbackUrls(this.beans)
			.stream()
			.<RequestMatcher>map((url) -> this.requestMatchers.matcher(HttpMethod.GET, url))
			.toList());
	}

	private AuthenticationSuccessHandler successHandler(UltraCartRequestCache requestCache) {
		AuthenticationSuccessHandler handler = this.options.successHandler;
		if (handler == null) {
			SavedRequestAwareAuthenticationSuccessHandler defaultHandler = new SavedRequestAwareAuthenticationSuccessHandler();
			defaultHandler.setDefaultTargetUrl(this.options.defaultSuccessUrl(this.beans));
			handler = defaultHandler;
		}
		if (handler instanceof SavedRequestAwareAuthenticationSuccessHandler savedRequestHandler) {
			savedRequestHandler.setRequestCache(requestCache);
		}
		return handler;
	}

	private AuthenticationFailureHandler failureHandler() {
		return (this.options.failureHandler != null) ? this.options.failureHandler
				: new UltraCartAuthenticationFailureHandler(this.options.loginPage(this.beans));
	}

	UltraCartSignInPageFilter signInPage(boolean onlyErrors) {
		UltraCartSignInPageFilter filter = new UltraCartSignInPageFilter(
				this.requestMatchers.matcher(this.options.loginPage(this.beans)), this.options.startUrl,
				this.options.defaultSuccessUrl(this.beans));
		filter.setSecurityContextHolderStrategy(this.securityContextHolderStrategy);
		filter.setOnlyErrors(onlyErrors);
		filter.setRedirectUris(this.beans.settings().redirectUris());
		filter.setRetryAfter(this.beans.loginPause()::untilNextLogin);
		filter.setLocaleResolver(this.beans.localeResolver());
		filter.setSettings(this.beans.get(SignInPageSettings.class, () -> SignInPageSettings.DEFAULTS));
		useIfPresent(DefaultLoginPageGeneratingFilter.class, (page) -> {
			String url = page.getLoginPageUrl();
			if (page.isEnabled() && url != null) {
				filter.setOtherLoginPage(url);
			}
		});
		return filter;
	}

	private <T> void useIfPresent(Class<T> type, Consumer<T> user) {
		T sharedObject = this.http.getSharedObject(type);
		if (sharedObject != null) {
			user.accept(sharedObject);
		}
	}

}
