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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.access.UltraCartAccessDeniedHandler;
import io.github.ultracartsso.web.login.LoginLoopBreaker;
import io.github.ultracartsso.web.login.UltraCartRequestCache;
import io.github.ultracartsso.web.session.GuardedRememberMeServices;
import io.github.ultracartsso.web.session.UltraCartLogoutHandler;
import io.github.ultracartsso.web.signin.GeneratedLoginPageHeadingFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.SecurityConfigurer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.ott.OneTimeTokenLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.saml2.Saml2LoginConfigurer;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.logout.HeaderWriterLogoutHandler;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutHandler;
import org.springframework.security.web.authentication.logout.LogoutSuccessEventPublishingLogoutHandler;
import org.springframework.security.web.authentication.logout.SecurityContextLogoutHandler;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.security.web.authentication.ui.DefaultLogoutPageGeneratingFilter;
import org.springframework.security.web.authentication.ui.DefaultResourcesFilter;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Adapts the other parts of one filter chain to the login: its entry point, sign-out,
 * request cache and generated sign-in page.
 */
final class ChainDefaults {

	private final HttpSecurity http;

	private final LoginOptions options;

	private final LoginCollaborators beans;

	ChainDefaults(HttpSecurity http, LoginOptions options, LoginCollaborators beans) {
		this.http = http;
		this.options = options;
		this.beans = beans;
	}

	/**
	 * Redirects to the sign-in page after a sign-out.
	 */
	void setLogoutSuccessUrl() {
		LogoutConfigurer<HttpSecurity> logout = logout();
		if (logout == null) {
			return;
		}
		String logoutSuccessUrl = this.beans.settings().pages().logoutSuccessUrl();
		if (logoutSuccessUrl != null) {
			logout.logoutSuccessUrl(logoutSuccessUrl);
		}
		else if (this.options.hasCustomLoginPage(this.beans)) {
			logout.logoutSuccessUrl(this.options.loginPage(this.beans) + "?logout");
		}
	}

	void addLogoutHandlers() {
		LogoutConfigurer<HttpSecurity> logout = logout();
		if (logout == null) {
			return;
		}
		UltraCartLogoutHandler logoutHandler = new UltraCartLogoutHandler(this.options.ssoSessionRepository(this.beans),
				this.beans.ssoSessions(), this.beans.revoker());
		logoutHandler.setApplicationEventPublisher(this.beans.eventPublisher());
		logout.addLogoutHandler(logoutHandler);
		logout.addLogoutHandler(this.beans.loopBreaker());
		logout.defaultLogoutSuccessHandlerFor(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
				new NegatedRequestMatcher(new NavigationRequestMatcher()));
	}

	/**
	 * Returns what signs a user out of the other mechanisms of the chain when the guard
	 * ends the session. The guard itself does what Spring Security's and our handlers do:
	 * it ends the session and revokes the key. A header that has the browser clear its
	 * data is for users who sign out themselves; it would also delete the count of
	 * redirect loops.
	 */
	List<LogoutHandler> logoutHandlers(@Nullable GuardedRememberMeServices rememberMeServices) {
		List<LogoutHandler> handlers = new ArrayList<>();
		if (rememberMeServices != null) {
			handlers.add(rememberMeServices);
		}
		LogoutConfigurer<HttpSecurity> logout = logout();
		if (logout != null) {
			logout.getLogoutHandlers().stream().filter(ChainDefaults::isOfOtherMechanism).forEach(handlers::add);
		}
		return handlers;
	}

	private static boolean isOfOtherMechanism(LogoutHandler handler) {
		return !(handler instanceof UltraCartLogoutHandler || handler instanceof LoginLoopBreaker
				|| handler instanceof RememberMeServices || handler instanceof SecurityContextLogoutHandler
				|| handler instanceof LogoutSuccessEventPublishingLogoutHandler
				|| handler instanceof HeaderWriterLogoutHandler);
	}

	@SuppressWarnings("unchecked")
	private @Nullable LogoutConfigurer<HttpSecurity> logout() {
		return this.http.getConfigurer(LogoutConfigurer.class);
	}

	/**
	 * Fails if URLs of the chain collide.
	 * @return the URLs that the chain serves
	 */
	List<LoginUrl> checkUrls() {
		LoginUrlCheck check = new LoginUrlCheck(this.options, this.beans, logout());
		check.check();
		boolean customLoginPage = this.options.hasCustomLoginPage(this.beans);
		if (check.isDefaultSignOut() && !customLoginPage && !isBesideOtherLogins()) {
			addLogoutPage();
		}
		return check.served(customLoginPage);
	}

	/**
	 * Adds Spring Security's page at {@code GET /logout}, which asks users to confirm a
	 * sign-out. Spring Security itself adds it only together with its own sign-in page.
	 */
	private void addLogoutPage() {
		DefaultLogoutPageGeneratingFilter page = new DefaultLogoutPageGeneratingFilter();
		page.setResolveHiddenInputs(
				(request) -> (request.getAttribute(CsrfToken.class.getName()) instanceof CsrfToken token)
						? Map.of(token.getParameterName(), token.getToken()) : Map.of());
		this.http.addFilter(page);
		this.http.addFilter(DefaultResourcesFilter.css());
	}

	UltraCartRequestCache wrapRequestCache() {
		RequestCache delegate = this.http.getSharedObject(RequestCache.class);
		UltraCartRequestCache requestCache = new UltraCartRequestCache(
				(delegate != null) ? delegate : new HttpSessionRequestCache());
		this.http.setSharedObject(RequestCache.class, requestCache);
		return requestCache;
	}

	@SuppressWarnings("unchecked")
	void addEntryPoint(AuthenticationEntryPoint entryPoint) {
		ExceptionHandlingConfigurer<HttpSecurity> exceptions = this.http
			.getConfigurer(ExceptionHandlingConfigurer.class);
		if (exceptions != null) {
			exceptions.defaultAuthenticationEntryPointFor(entryPoint, AnyRequestMatcher.INSTANCE);
			exceptions.defaultDeniedHandlerForMissingAuthority(
					(builder) -> builder.addEntryPointFor(entryPoint, AnyRequestMatcher.INSTANCE),
					UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
		}
	}

	/**
	 * Adds the handler that tells users of UltraCart what they lack. Other users are left
	 * to the handlers of their mechanisms.
	 */
	@SuppressWarnings("unchecked")
	void addAccessDeniedHandler(AccessDeniedHandler handler) {
		ExceptionHandlingConfigurer<HttpSecurity> exceptions = this.http
			.getConfigurer(ExceptionHandlingConfigurer.class);
		if (exceptions != null) {
			exceptions.defaultAccessDeniedHandlerFor(handler, (handler instanceof UltraCartAccessDeniedHandler ours)
					? (request) -> ours.isForCurrentUser() : AnyRequestMatcher.INSTANCE);
		}
	}

	/**
	 * Adds a link to the sign-in page that Spring Security generates for other logins.
	 */
	void addLink() {
		DefaultLoginPageGeneratingFilter page = this.http.getSharedObject(DefaultLoginPageGeneratingFilter.class);
		if (page != null && page.isEnabled() && !has(OAuth2LoginConfigurer.class)) {
			// that page has links for OAuth 2.0 logins only
			page.setOauth2LoginEnabled(true);
			page.setOauth2AuthenticationUrlToClientName(Map.of(this.options.startUrl, "UltraCart"));
			String url = page.getLoginPageUrl();
			if (url != null) {
				RequestMatcher pageMatcher = PathPatternRequestMatcher.withDefaults().matcher(HttpMethod.GET, url);
				this.http.addFilterBefore(new GeneratedLoginPageHeadingFilter(pageMatcher),
						DefaultLoginPageGeneratingFilter.class);
			}
		}
	}

	/**
	 * Returns whether users can sign in by other mechanisms too.
	 */
	boolean isBesideOtherLogins() {
		return has(FormLoginConfigurer.class) || has(OAuth2LoginConfigurer.class) || has(Saml2LoginConfigurer.class)
				|| has(OneTimeTokenLoginConfigurer.class);
	}

	@SuppressWarnings("unchecked")
	private <C extends SecurityConfigurer<DefaultSecurityFilterChain, HttpSecurity>> boolean has(Class<?> type) {
		return this.http.getConfigurer((Class<C>) type) != null;
	}

}
