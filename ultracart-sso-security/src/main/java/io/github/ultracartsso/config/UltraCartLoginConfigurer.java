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

import java.util.List;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.authorization.MissingGrants;
import io.github.ultracartsso.web.access.AccessDeniedPage;
import io.github.ultracartsso.web.access.UltraCartAccessDeniedHandler;
import io.github.ultracartsso.web.access.UltraCartAccessDeniedSettings;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.web.login.UltraCartAuthenticationEntryPoint;
import io.github.ultracartsso.web.login.UltraCartAuthorizeFilter;
import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import io.github.ultracartsso.web.login.UltraCartRequestCache;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.web.session.UltraCartUserRefreshFilter;
import io.github.ultracartsso.web.signin.UltraCartSignInPageFilter;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.security.access.hierarchicalroles.NullRoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.util.Assert;

/**
 * Adds the login with UltraCart to a filter chain: <pre>
 * http.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
 * </pre>
 * <p>
 * Each collaborator is what is set here, else the only bean of its type, else a default.
 * Several beans that map users or authorities fail the start unless one is set here. Only
 * the {@link io.github.ultracartsso.client.UltraCartSsoClient} has no default. Defaults
 * that remember something are shared by all filter chains of the application. The default
 * {@link io.github.ultracartsso.session.sealing.EncryptionKeys} are random; sessions that
 * outlive the process or are shared by several instances need a bean.
 * <p>
 * Users who have signed in with UltraCart and are denied access are told what they lack
 * ({@link UltraCartAccessDeniedHandler}), unless the chain or the only
 * {@link AccessDeniedHandler} bean responds.
 * <p>
 * With the property {@code ultracart.sso.enabled=false} nothing is added to the chain, so
 * that only its other login mechanisms are left.
 *
 * <h2>Security Filters</h2>
 * <ul>
 * <li>{@link UltraCartSessionGuardFilter}, before the {@link LogoutFilter}</li>
 * <li>{@link UltraCartAuthorizeFilter}, after the {@link LogoutFilter}</li>
 * <li>{@link UltraCartLoginAuthenticationFilter} and, unless the application has its own
 * sign-in page, {@link UltraCartSignInPageFilter}, before the
 * {@link UsernamePasswordAuthenticationFilter}</li>
 * <li>{@link UltraCartUserRefreshFilter}, before the
 * {@link AnonymousAuthenticationFilter}</li>
 * <li>Spring Security's page that confirms a sign-out, at {@code GET /logout}, if the
 * built-in sign-in page is the chain's only one</li>
 * </ul>
 * They respond to their URLs themselves, so these URLs need no {@code permitAll}.
 *
 * <h2>Shared Objects Created</h2>
 * <ul>
 * <li>{@link RequestCache} is wrapped, so that only navigations are saved</li>
 * </ul>
 *
 * <h2>Shared Objects Used</h2>
 * <ul>
 * <li>{@link SecurityContextRepository}, {@link SessionAuthenticationStrategy} and
 * {@link RememberMeServices} act on a login as on any other</li>
 * <li>{@link SessionAuthenticationStrategy} is wrapped, so that the HTTP session of a
 * user with an SSO session gets another id and is not replaced</li>
 * <li>{@link RememberMeServices} and the logout handlers of the chain sign a user out
 * whose session the guard ends</li>
 * <li>{@link DefaultLoginPageGeneratingFilter}: where it generates the sign-in page of
 * other logins, it gets a link to UltraCart, unless there are OAuth 2.0 logins, which use
 * the same place for theirs</li>
 * </ul>
 *
 * @since 0.1
 */
public final class UltraCartLoginConfigurer extends AbstractHttpConfigurer<UltraCartLoginConfigurer, HttpSecurity> {

	private static final Log logger = LogFactory.getLog(UltraCartLoginConfigurer.class);

	private final LoginOptions options = new LoginOptions();

	private @Nullable ChainDefaults chain;

	@SuppressWarnings("NullAway.Init")
	private LoginCollaborators beans;

	@SuppressWarnings("NullAway.Init")
	private UltraCartRequestCache requestCache;

	@SuppressWarnings("NullAway.Init")
	private GuardedMechanisms mechanisms;

	private UltraCartLoginConfigurer() {
	}

	/**
	 * Returns the configurer to pass to {@code HttpSecurity.with}.
	 * @return a new configurer
	 */
	public static UltraCartLoginConfigurer ultraCartLogin() {
		return new UltraCartLoginConfigurer();
	}

	/**
	 * Sets the sign-in page, which explains failed logins and which users see after a
	 * sign-out unless the chain sets another page for that later on. The application must
	 * provide the page and permit access to it. By default there is a built-in page at
	 * {@code /login}.
	 * @param loginPage a URL relative to the context path
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer loginPage(String loginPage) {
		Assert.hasText(loginPage, "loginPage cannot be empty");
		this.options.loginPage = loginPage;
		if (this.chain != null) {
			this.chain.setLogoutSuccessUrl();
		}
		return this;
	}

	/**
	 * Sets where users go after a login that they did not start from a certain page.
	 * Defaults to {@code /}.
	 * @param defaultSuccessUrl a URL relative to the context path
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer defaultSuccessUrl(String defaultSuccessUrl) {
		Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
		this.options.defaultSuccessUrl = defaultSuccessUrl;
		return this;
	}

	/**
	 * Sets the handler of completed logins. By default users are redirected to where they
	 * wanted to go. A {@link SavedRequestAwareAuthenticationSuccessHandler} set here does
	 * so too.
	 * @param successHandler the success handler
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer successHandler(AuthenticationSuccessHandler successHandler) {
		Assert.notNull(successHandler, "successHandler cannot be null");
		this.options.successHandler = successHandler;
		return this;
	}

	/**
	 * Sets the handler of failed logins. By default users are redirected to the sign-in
	 * page, which explains the failure.
	 * @param failureHandler the failure handler
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer failureHandler(AuthenticationFailureHandler failureHandler) {
		Assert.notNull(failureHandler, "failureHandler cannot be null");
		this.options.failureHandler = failureHandler;
		return this;
	}

	/**
	 * Configures where and how a login starts.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer authorizationEndpoint(Customizer<AuthorizationEndpointConfig> customizer) {
		customizer.customize(new AuthorizationEndpointConfig(this.options));
		return this;
	}

	/**
	 * Configures the URL that UltraCart sends the browser back to.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer redirectionEndpoint(Customizer<RedirectionEndpointConfig> customizer) {
		customizer.customize(new RedirectionEndpointConfig(this.options));
		return this;
	}

	/**
	 * Configures how UltraCart's user is mapped to the principal and its authorities.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer userEndpoint(Customizer<UserEndpointConfig> customizer) {
		customizer.customize(new UserEndpointConfig(this.options));
		return this;
	}

	/**
	 * Sets where the SSO sessions of signed-in users are kept. Defaults to the HTTP
	 * session, with the key encrypted.
	 * @param ssoSessionRepository the repository
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer ssoSessionRepository(SsoSessionRepository ssoSessionRepository) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		this.options.ssoSessionRepository = ssoSessionRepository;
		return this;
	}

	/**
	 * The page after a sign-out is set while the chain is being declared, so that what
	 * the application sets later takes precedence.
	 */
	@Override
	public void setBuilder(HttpSecurity http) {
		super.setBuilder(http);
		this.beans = new LoginCollaborators(http.getSharedObject(ApplicationContext.class));
		if (this.beans.isEnabled()) {
			chain(http).setLogoutSuccessUrl();
		}
	}

	private ChainDefaults chain(HttpSecurity http) {
		if (this.chain == null) {
			this.chain = new ChainDefaults(http, this.options, this.beans);
		}
		return this.chain;
	}

	@Override
	public void init(HttpSecurity http) {
		if (!this.beans.isEnabled()) {
			logger.info("ultracart.sso.enabled is false, so ultraCartLogin() adds nothing to its filter chain, and"
					+ " @PreAuthorize and its like have an effect only with @EnableMethodSecurity");
			return;
		}
		this.requestCache = chain(http).wrapRequestCache();
		chain(http).addEntryPoint(entryPoint());
		chain(http).addAccessDeniedHandler(accessDeniedHandler());
		chain(http).addLogoutHandlers();
		this.mechanisms = new GuardedMechanisms(this.options, this.beans);
		http.with(this.mechanisms);
	}

	private AccessDeniedHandler accessDeniedHandler() {
		return this.beans.get(AccessDeniedHandler.class, () -> {
			MissingGrants missingGrants = new MissingGrants(this.options.userMappers().grants(this.beans),
					this.beans.rolePrefix());
			missingGrants.setRoleHierarchy(this.beans.get(RoleHierarchy.class, NullRoleHierarchy::new));
			UltraCartAccessDeniedHandler handler = new UltraCartAccessDeniedHandler(missingGrants,
					new AccessDeniedPage(this.options.defaultSuccessUrl(this.beans)),
					this.beans.get(UltraCartAccessDeniedSettings.class, () -> UltraCartAccessDeniedSettings.DEFAULTS));
			handler.setClock(this.beans.clock());
			handler.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
			handler.setLocaleResolver(this.beans.localeResolver());
			handler.setMessageSource(this.beans.messageSource());
			return handler;
		});
	}

	private UltraCartAuthenticationEntryPoint entryPoint() {
		return new UltraCartAuthenticationEntryPoint(this.options.startUrl, this.options.returnTargets(this.beans));
	}

	@Override
	public void configure(HttpSecurity http) {
		if (!this.beans.isEnabled()) {
			return;
		}
		boolean besideOtherLogins = chain(http).isBesideOtherLogins();
		this.requestCache.setSaveRequests(besideOtherLogins);
		List<LoginUrl> urls = chain(http).checkUrls();
		chain(http).addLink();
		UltraCartUserReader userReader = this.options.userReader(this.beans);
		LoginFilters filters = new LoginFilters(http, this.options, this.beans, getSecurityContextHolderStrategy());
		UltraCartSessionGuardFilter guard = filters.guard(entryPoint());
		guard.setLogoutHandlers(chain(http).logoutHandlers(this.mechanisms.rememberMeServices()));
		http.addFilterBefore(postProcess(filters.redirects()), HeaderWriterFilter.class);
		// before, so that a request from a foreign address cannot sign the user out
		http.addFilterBefore(postProcess(guard), LogoutFilter.class);
		UltraCartAuthorizeFilter authorize = postProcess(filters.authorize());
		http.addFilterAfter(authorize, LogoutFilter.class);
		this.beans.unreachableUrls().add(authorize, urls);
		http.addFilterBefore(postProcess(filters.login(authenticationManager(userReader), this.requestCache)),
				UsernamePasswordAuthenticationFilter.class);
		if (!this.options.hasCustomLoginPage(this.beans)) {
			http.addFilterBefore(postProcess(filters.signInPage(besideOtherLogins)),
					UsernamePasswordAuthenticationFilter.class);
		}
		// after all filters that sign users in and out, so that these do not wait for it
		http.addFilterBefore(postProcess(filters.refresh(guard, userReader)), AnonymousAuthenticationFilter.class);
	}

	/**
	 * Creates a manager that is private to the login filter, which publishes the outcome.
	 * If the chain's manager knew the provider, it would be asked twice when a login
	 * fails.
	 */
	private AuthenticationManager authenticationManager(UltraCartUserReader userReader) {
		UltraCartAuthenticationProvider provider = new UltraCartAuthenticationProvider(userReader);
		provider.setClock(this.beans.clock());
		return this.beans.postProcess(new ProviderManager(postProcess(provider)));
	}

	/**
	 * Options of the start of a login.
	 */
	public static final class AuthorizationEndpointConfig {

		private final LoginOptions options;

		private AuthorizationEndpointConfig(LoginOptions options) {
			this.options = options;
		}

		/**
		 * Sets the start URL. Defaults to {@code /ultracart/authorize}.
		 * @param baseUri a URL relative to the context path
		 * @return this configuration
		 */
		public AuthorizationEndpointConfig baseUri(String baseUri) {
			Assert.hasText(baseUri, "baseUri cannot be empty");
			this.options.startUrl = baseUri;
			return this;
		}

		/**
		 * Sets where logins are kept between their start and their callback. Defaults to
		 * encrypted cookies.
		 * @param pendingLoginRepository the repository
		 * @return this configuration
		 */
		public AuthorizationEndpointConfig pendingLoginRepository(PendingLoginRepository pendingLoginRepository) {
			Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
			this.options.pendingLoginRepository = pendingLoginRepository;
			return this;
		}

	}

	/**
	 * Options of the callback, the request with which a browser comes back from
	 * UltraCart.
	 */
	public static final class RedirectionEndpointConfig {

		private final LoginOptions options;

		private RedirectionEndpointConfig(LoginOptions options) {
			this.options = options;
		}

		/**
		 * Sets the path of the callback. Defaults to the path of the redirect URI, which
		 * is {@code /login/ultracart} by default.
		 * @param baseUri a URL relative to the context path
		 * @return this configuration
		 */
		public RedirectionEndpointConfig baseUri(String baseUri) {
			Assert.hasText(baseUri, "baseUri cannot be empty");
			this.options.callbackUrl = baseUri;
			return this;
		}

	}

	/**
	 * Options of how UltraCart's user is mapped.
	 */
	public static final class UserEndpointConfig {

		private final LoginOptions options;

		private UserEndpointConfig(LoginOptions options) {
			this.options = options;
		}

		/**
		 * Sets what maps UltraCart's user to the principal. By default the principal has
		 * the data of UltraCart's user and the authorities of the
		 * {@linkplain #authoritiesMapper authorities mapper}.
		 * @param userMapper the mapper
		 * @return this configuration
		 */
		public UserEndpointConfig userMapper(UltraCartUserMapper userMapper) {
			Assert.notNull(userMapper, "userMapper cannot be null");
			this.options.userMapper = userMapper;
			return this;
		}

		/**
		 * Sets what maps UltraCart's user to authorities. It cannot be set together with
		 * a {@linkplain #userMapper user mapper} of the application's own, which would
		 * not use it. Defaults to a {@link PermissionAuthoritiesMapper}.
		 * @param authoritiesMapper the mapper
		 * @return this configuration
		 */
		public UserEndpointConfig authoritiesMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
			Assert.notNull(authoritiesMapper, "authoritiesMapper cannot be null");
			this.options.authoritiesMapper = authoritiesMapper;
			return this;
		}

	}

}
