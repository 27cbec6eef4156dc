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
import java.util.function.Consumer;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.EncryptionKeys;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.web.NavigationRequestMatcher;
import io.github.ultracartsso.web.login.HttpSessionPendingLoginRepository;
import io.github.ultracartsso.web.login.LoginLoopBreaker;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.web.login.UltraCartAuthenticationEntryPoint;
import io.github.ultracartsso.web.login.UltraCartAuthenticationFailureHandler;
import io.github.ultracartsso.web.login.UltraCartAuthorizeFilter;
import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import io.github.ultracartsso.web.login.UltraCartRequestCache;
import io.github.ultracartsso.web.login.UltraCartSignInPageFilter;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartLogoutHandler;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.web.session.UltraCartUserRefreshFilter;

import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.config.annotation.web.configurers.FormLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.ott.OneTimeTokenLoginConfigurer;
import org.springframework.security.config.annotation.web.configurers.saml2.Saml2LoginConfigurer;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.LogoutFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.authentication.ui.DefaultLoginPageGeneratingFilter;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.Assert;

/**
 * Lets users sign in with UltraCart in a filter chain: <pre>
 * http.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
 * </pre>
 * <p>
 * Each collaborator is what is set here, else the only bean of its type, else a default;
 * several mappers of users or authorities, none of them set here, fail the start. Only
 * the {@link io.github.ultracartsso.client.UltraCartSsoClient} has none. Where several
 * chains share their sessions, an {@link io.github.ultracartsso.session.EncryptionKeys}
 * bean is needed, since each chain's default can open only what it has sealed itself.
 *
 * <h2>Security Filters</h2>
 * <ul>
 * <li>{@link UltraCartSessionGuardFilter}, before the {@link LogoutFilter}</li>
 * <li>{@link UltraCartAuthorizeFilter}, after the {@link LogoutFilter}</li>
 * <li>{@link UltraCartLoginAuthenticationFilter} and, unless the application has a
 * sign-in page of its own, {@link UltraCartSignInPageFilter}, before the
 * {@link UsernamePasswordAuthenticationFilter}</li>
 * <li>{@link UltraCartUserRefreshFilter}, before the
 * {@link AnonymousAuthenticationFilter}</li>
 * </ul>
 * They answer their URLs themselves, so that these need no {@code permitAll}.
 *
 * <h2>Shared Objects Created</h2>
 * <ul>
 * <li>{@link RequestCache} is wrapped, so that a request that is no navigation is not
 * saved</li>
 * </ul>
 *
 * <h2>Shared Objects Used</h2>
 * <ul>
 * <li>{@link SecurityContextRepository}, {@link SessionAuthenticationStrategy} and
 * {@link RememberMeServices} act on a login as on any other</li>
 * <li>{@link DefaultLoginPageGeneratingFilter}: where it answers {@code /login} for other
 * login mechanisms, it gets a link to UltraCart, unless OAuth 2.0 logins are among them,
 * whose links take that place</li>
 * </ul>
 *
 * @since 0.1
 */
public final class UltraCartLoginConfigurer extends AbstractHttpConfigurer<UltraCartLoginConfigurer, HttpSecurity> {

	private static final String DEFAULT_START_URL = "/ultracart/authorize";

	private static final String DEFAULT_CALLBACK_URL = "/login/ultracart";

	private static final List<Class<?>> OTHER_LOGINS = List.of(FormLoginConfigurer.class, OAuth2LoginConfigurer.class,
			Saml2LoginConfigurer.class, OneTimeTokenLoginConfigurer.class);

	private final AuthorizationEndpointConfig authorizationEndpoint = new AuthorizationEndpointConfig();

	private final RedirectionEndpointConfig redirectionEndpoint = new RedirectionEndpointConfig();

	private final UserEndpointConfig userEndpoint = new UserEndpointConfig();

	private @Nullable String loginPage;

	private @Nullable String defaultSuccessUrl;

	private @Nullable AuthenticationSuccessHandler successHandler;

	private @Nullable AuthenticationFailureHandler failureHandler;

	private @Nullable SsoSessionRepository ssoSessionRepository;

	private @Nullable LoginCollaborators collaborators;

	private @Nullable HttpSecurity http;

	@SuppressWarnings("NullAway.Init")
	private UltraCartRequestCache requestCache;

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
	 * Sets the sign-in page, where failed logins are explained, and where those who sign
	 * out come to unless the chain says otherwise afterwards. The application must answer
	 * it, and permit it. By default there is a built-in page at {@code /login}.
	 * @param loginPage a URL relative to the context path
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer loginPage(String loginPage) {
		Assert.hasText(loginPage, "loginPage cannot be empty");
		this.loginPage = loginPage;
		followLoginPage();
		return this;
	}

	/**
	 * Sets where users go who did not want to go anywhere else. Defaults to {@code /}.
	 * @param defaultSuccessUrl a URL relative to the context path
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer defaultSuccessUrl(String defaultSuccessUrl) {
		Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
		this.defaultSuccessUrl = defaultSuccessUrl;
		return this;
	}

	/**
	 * Sets what answers a completed login. By default the user is sent where he wanted to
	 * go; a {@link SavedRequestAwareAuthenticationSuccessHandler} set here does so too.
	 * @param successHandler the success handler
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer successHandler(AuthenticationSuccessHandler successHandler) {
		Assert.notNull(successHandler, "successHandler cannot be null");
		this.successHandler = successHandler;
		return this;
	}

	/**
	 * Sets what answers a failed login. By default the user is sent to the sign-in page,
	 * which explains the failure.
	 * @param failureHandler the failure handler
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer failureHandler(AuthenticationFailureHandler failureHandler) {
		Assert.notNull(failureHandler, "failureHandler cannot be null");
		this.failureHandler = failureHandler;
		return this;
	}

	/**
	 * Configures where and how a login starts.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer authorizationEndpoint(Customizer<AuthorizationEndpointConfig> customizer) {
		customizer.customize(this.authorizationEndpoint);
		return this;
	}

	/**
	 * Configures where UltraCart sends the browser back to.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer redirectionEndpoint(Customizer<RedirectionEndpointConfig> customizer) {
		customizer.customize(this.redirectionEndpoint);
		return this;
	}

	/**
	 * Configures what becomes of UltraCart's user.
	 * @param customizer sets the options
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer userEndpoint(Customizer<UserEndpointConfig> customizer) {
		customizer.customize(this.userEndpoint);
		return this;
	}

	/**
	 * Sets where the SSO sessions of signed-in users are kept. Defaults to the HTTP
	 * session, with the key sealed.
	 * @param ssoSessionRepository the repository
	 * @return this configurer
	 */
	public UltraCartLoginConfigurer ssoSessionRepository(SsoSessionRepository ssoSessionRepository) {
		Assert.notNull(ssoSessionRepository, "ssoSessionRepository cannot be null");
		this.ssoSessionRepository = ssoSessionRepository;
		return this;
	}

	@Override
	public void setBuilder(HttpSecurity http) {
		super.setBuilder(http);
		this.http = http;
		followLoginPage();
	}

	/**
	 * Has those who sign out come to the sign-in page there is. It is done while the
	 * chain is being declared, so that what the application says of logging out
	 * afterwards stands.
	 */
	@SuppressWarnings("unchecked")
	private void followLoginPage() {
		LogoutConfigurer<HttpSecurity> logout = (this.http != null) ? this.http.getConfigurer(LogoutConfigurer.class)
				: null;
		if (this.http == null || logout == null) {
			return;
		}
		LoginCollaborators beans = collaborators(this.http);
		String logoutSuccessUrl = beans.settings().pages().logoutSuccessUrl();
		if (logoutSuccessUrl != null) {
			logout.logoutSuccessUrl(logoutSuccessUrl);
		}
		else if (hasCustomLoginPage(beans)) {
			logout.logoutSuccessUrl(loginPage(beans) + "?logout");
		}
	}

	@Override
	public void init(HttpSecurity http) {
		LoginCollaborators beans = collaborators(http);
		wrapRequestCache(http);
		addEntryPoint(http, entryPoint(beans));
		addLogoutHandlers(http, beans);
	}

	private LoginCollaborators collaborators(HttpSecurity http) {
		if (this.collaborators == null) {
			this.collaborators = new LoginCollaborators(http.getSharedObject(ApplicationContext.class));
		}
		return this.collaborators;
	}

	private void wrapRequestCache(HttpSecurity http) {
		RequestCache delegate = http.getSharedObject(RequestCache.class);
		this.requestCache = new UltraCartRequestCache((delegate != null) ? delegate : new HttpSessionRequestCache());
		http.setSharedObject(RequestCache.class, this.requestCache);
	}

	@SuppressWarnings("unchecked")
	private static void addEntryPoint(HttpSecurity http, UltraCartAuthenticationEntryPoint entryPoint) {
		ExceptionHandlingConfigurer<HttpSecurity> exceptions = http.getConfigurer(ExceptionHandlingConfigurer.class);
		if (exceptions != null) {
			exceptions.defaultAuthenticationEntryPointFor(entryPoint, AnyRequestMatcher.INSTANCE);
			exceptions.defaultDeniedHandlerForMissingAuthority(
					(builder) -> builder.addEntryPointFor(entryPoint, AnyRequestMatcher.INSTANCE),
					UltraCartAuthenticationProvider.FACTOR_AUTHORITY);
		}
	}

	@SuppressWarnings("unchecked")
	private void addLogoutHandlers(HttpSecurity http, LoginCollaborators beans) {
		LogoutConfigurer<HttpSecurity> logout = http.getConfigurer(LogoutConfigurer.class);
		if (logout == null) {
			return;
		}
		logout.addLogoutHandler(new UltraCartLogoutHandler(ssoSessionRepository(beans), beans.revoker()));
		logout.addLogoutHandler(new LoginLoopBreaker(beans.clock()));
		logout.defaultLogoutSuccessHandlerFor(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
				new NegatedRequestMatcher(new NavigationRequestMatcher()));
	}

	@Override
	public void configure(HttpSecurity http) {
		LoginCollaborators beans = collaborators(http);
		boolean besideOtherLogins = OTHER_LOGINS.stream().anyMatch((other) -> hasConfigurer(http, other));
		this.requestCache.setSaveRequests(besideOtherLogins);
		UltraCartUserReader userReader = new UltraCartUserReader(beans.client(),
				new UserMappers(this.userEndpoint.userMapper, this.userEndpoint.authoritiesMapper).choose(beans));
		addGuardFilters(http, beans, userReader);
		http.addFilterAfter(postProcess(authorizeFilter(beans)), LogoutFilter.class);
		http.addFilterBefore(postProcess(loginFilter(http, beans, userReader)),
				UsernamePasswordAuthenticationFilter.class);
		addSignInPage(http, beans, besideOtherLogins);
	}

	private UltraCartAuthenticationEntryPoint entryPoint(LoginCollaborators beans) {
		return new UltraCartAuthenticationEntryPoint(this.authorizationEndpoint.baseUri, returnTargets(beans));
	}

	private void addGuardFilters(HttpSecurity http, LoginCollaborators beans, UltraCartUserReader userReader) {
		SsoSessionRepository repository = ssoSessionRepository(beans);
		UltraCartSessionGuardFilter guard = new UltraCartSessionGuardFilter(repository, beans.ssoSessions(),
				beans.currentSsoSessions(), beans.revoker(), entryPoint(beans));
		guard.setApplicationEventPublisher(beans.eventPublisher());
		guard.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
		UltraCartUserRefreshFilter refresh = new UltraCartUserRefreshFilter(guard, repository, beans.refresher(),
				userReader);
		refresh.setApplicationEventPublisher(beans.eventPublisher());
		refresh.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
		useIfPresent(http, SecurityContextRepository.class, (contexts) -> {
			guard.setSecurityContextRepository(contexts);
			refresh.setSecurityContextRepository(contexts);
		});
		// before, so that a request from a foreign address cannot sign the user out
		http.addFilterBefore(postProcess(guard), LogoutFilter.class);
		// after all that sign users in and out, so that these do not wait for it
		http.addFilterBefore(postProcess(refresh), AnonymousAuthenticationFilter.class);
	}

	private UltraCartAuthorizeFilter authorizeFilter(LoginCollaborators beans) {
		UltraCartAuthorizeFilter filter = new UltraCartAuthorizeFilter(
				getRequestMatcherBuilder().matcher(this.authorizationEndpoint.baseUri), beans.loginService(),
				pendingLoginRepository(beans), returnTargets(beans), new LoginLoopBreaker(beans.clock()));
		filter.setLoginPage(loginPage(beans));
		filter.setAuthenticationFailureHandler(failureHandler(beans));
		filter.setAuthenticationEventPublisher(beans.authenticationEventPublisher());
		return filter;
	}

	private UltraCartLoginAuthenticationFilter loginFilter(HttpSecurity http, LoginCollaborators beans,
			UltraCartUserReader userReader) {
		UltraCartLoginAuthenticationFilter filter = new UltraCartLoginAuthenticationFilter(callbackMatcher(beans),
				beans.loginService(), pendingLoginRepository(beans),
				new UltraCartLoginAuthenticationFilter.Sessions(ssoSessionRepository(beans), beans.revoker()),
				new LoginLoopBreaker(beans.clock()));
		filter.setAuthenticationManager(authenticationManager(beans, userReader));
		filter.setAuthenticationEventPublisher(beans.authenticationEventPublisher());
		filter.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
		filter.setAuthenticationSuccessHandler(successHandler(beans));
		filter.setAuthenticationFailureHandler(failureHandler(beans));
		useIfPresent(http, SecurityContextRepository.class, filter::setSecurityContextRepository);
		useIfPresent(http, SessionAuthenticationStrategy.class, filter::setSessionAuthenticationStrategy);
		useIfPresent(http, RememberMeServices.class, filter::setRememberMeServices);
		return filter;
	}

	private static <T> void useIfPresent(HttpSecurity http, Class<T> type, Consumer<T> user) {
		T sharedObject = http.getSharedObject(type);
		if (sharedObject != null) {
			user.accept(sharedObject);
		}
	}

	/**
	 * Creates a manager that is private to the filter, which publishes the outcome: a
	 * provider known to the chain's manager as well would be asked twice when a login
	 * fails.
	 */
	private AuthenticationManager authenticationManager(LoginCollaborators beans, UltraCartUserReader userReader) {
		UltraCartAuthenticationProvider provider = new UltraCartAuthenticationProvider(userReader);
		provider.setClock(beans.clock());
		return beans.postProcess(new ProviderManager(postProcess(provider)));
	}

	private AuthenticationSuccessHandler successHandler(LoginCollaborators beans) {
		AuthenticationSuccessHandler handler = this.successHandler;
		if (handler == null) {
			SavedRequestAwareAuthenticationSuccessHandler defaultHandler = new SavedRequestAwareAuthenticationSuccessHandler();
			defaultHandler.setDefaultTargetUrl(defaultSuccessUrl(beans));
			handler = defaultHandler;
		}
		if (handler instanceof SavedRequestAwareAuthenticationSuccessHandler savedRequestHandler) {
			savedRequestHandler.setRequestCache(this.requestCache);
		}
		return handler;
	}

	private AuthenticationFailureHandler failureHandler(LoginCollaborators beans) {
		return (this.failureHandler != null) ? this.failureHandler
				: new UltraCartAuthenticationFailureHandler(loginPage(beans));
	}

	private void addSignInPage(HttpSecurity http, LoginCollaborators beans, boolean besideOtherLogins) {
		DefaultLoginPageGeneratingFilter otherPage = http.getSharedObject(DefaultLoginPageGeneratingFilter.class);
		boolean shared = otherPage != null && otherPage.isEnabled();
		if (shared && !hasConfigurer(http, OAuth2LoginConfigurer.class)) {
			// the only links to other parties that page knows
			otherPage.setOauth2LoginEnabled(true);
			otherPage.setOauth2AuthenticationUrlToClientName(Map.of(this.authorizationEndpoint.baseUri, "UltraCart"));
		}
		if (!hasCustomLoginPage(beans)) {
			UltraCartSignInPageFilter filter = new UltraCartSignInPageFilter(
					getRequestMatcherBuilder().matcher(loginPage(beans)), this.authorizationEndpoint.baseUri,
					defaultSuccessUrl(beans));
			filter.setSecurityContextHolderStrategy(getSecurityContextHolderStrategy());
			filter.setOnlyErrors(besideOtherLogins);
			filter.setRetryAfter(beans.loginPause()::untilNextLogin);
			http.addFilterBefore(postProcess(filter), UsernamePasswordAuthenticationFilter.class);
		}
	}

	private String loginPage(LoginCollaborators beans) {
		return (this.loginPage != null) ? this.loginPage : beans.settings().pages().loginPage();
	}

	private boolean hasCustomLoginPage(LoginCollaborators beans) {
		return this.loginPage != null || beans.settings().pages().isCustomLoginPage();
	}

	private String defaultSuccessUrl(LoginCollaborators beans) {
		return (this.defaultSuccessUrl != null) ? this.defaultSuccessUrl : beans.settings().pages().defaultSuccessUrl();
	}

	private RequestMatcher callbackMatcher(LoginCollaborators beans) {
		return new OrRequestMatcher(callbackUrls(beans).stream()
			.<RequestMatcher>map((url) -> getRequestMatcherBuilder().matcher(HttpMethod.GET, url))
			.toList());
	}

	private List<String> callbackUrls(LoginCollaborators beans) {
		if (this.redirectionEndpoint.baseUri != null) {
			return List.of(this.redirectionEndpoint.baseUri);
		}
		List<String> redirectPaths = beans.settings().redirectUris().paths(beans.contextPath());
		return redirectPaths.isEmpty() ? List.of(DEFAULT_CALLBACK_URL) : redirectPaths;
	}

	private ReturnTargets returnTargets(LoginCollaborators beans) {
		LoginUrlPaths paths = new LoginUrlPaths(this.authorizationEndpoint.baseUri, callbackUrls(beans),
				loginPage(beans));
		return new ReturnTargets(beans.returnTargetSealer(), paths.all());
	}

	private PendingLoginRepository pendingLoginRepository(LoginCollaborators beans) {
		return (this.authorizationEndpoint.pendingLoginRepository != null)
				? this.authorizationEndpoint.pendingLoginRepository
				: beans.get(PendingLoginRepository.class, HttpSessionPendingLoginRepository::new);
	}

	private SsoSessionRepository ssoSessionRepository(LoginCollaborators beans) {
		return (this.ssoSessionRepository != null) ? this.ssoSessionRepository : beans.get(SsoSessionRepository.class,
				() -> new HttpSessionSsoSessionRepository(beans.secretSealer()));
	}

	@SuppressWarnings({ "unchecked", "rawtypes" })
	private static boolean hasConfigurer(HttpSecurity http, Class<?> type) {
		return http.getConfigurer((Class) type) != null;
	}

	/**
	 * How a login starts.
	 */
	public static final class AuthorizationEndpointConfig {

		private String baseUri = DEFAULT_START_URL;

		private @Nullable PendingLoginRepository pendingLoginRepository;

		private AuthorizationEndpointConfig() {
		}

		/**
		 * Sets the start URL. Defaults to {@code /ultracart/authorize}.
		 * @param baseUri a URL relative to the context path
		 * @return this configuration
		 */
		public AuthorizationEndpointConfig baseUri(String baseUri) {
			Assert.hasText(baseUri, "baseUri cannot be empty");
			this.baseUri = baseUri;
			return this;
		}

		/**
		 * Sets where logins are kept between their start and their callback. Defaults to
		 * the HTTP session.
		 * @param pendingLoginRepository the repository
		 * @return this configuration
		 */
		public AuthorizationEndpointConfig pendingLoginRepository(PendingLoginRepository pendingLoginRepository) {
			Assert.notNull(pendingLoginRepository, "pendingLoginRepository cannot be null");
			this.pendingLoginRepository = pendingLoginRepository;
			return this;
		}

	}

	/**
	 * Where UltraCart sends the browser back to.
	 */
	public static final class RedirectionEndpointConfig {

		private @Nullable String baseUri;

		private RedirectionEndpointConfig() {
		}

		/**
		 * Sets the path of the callback. Defaults to the path of the redirect URI, which
		 * is {@code /login/ultracart} by default.
		 * @param baseUri a URL relative to the context path
		 * @return this configuration
		 */
		public RedirectionEndpointConfig baseUri(String baseUri) {
			Assert.hasText(baseUri, "baseUri cannot be empty");
			this.baseUri = baseUri;
			return this;
		}

	}

	/**
	 * What becomes of UltraCart's user.
	 */
	public static final class UserEndpointConfig {

		private @Nullable UltraCartUserMapper userMapper;

		private @Nullable UltraCartAuthoritiesMapper authoritiesMapper;

		private UserEndpointConfig() {
		}

		/**
		 * Sets what makes the principal. Defaults to taking UltraCart's user as it is,
		 * with the authorities of the {@linkplain #authoritiesMapper authorities mapper}.
		 * @param userMapper the mapper
		 * @return this configuration
		 */
		public UserEndpointConfig userMapper(UltraCartUserMapper userMapper) {
			Assert.notNull(userMapper, "userMapper cannot be null");
			this.userMapper = userMapper;
			return this;
		}

		/**
		 * Sets what tells the authorities of a user. It cannot be set beside a
		 * {@linkplain #userMapper user mapper} of the application's own, which would not
		 * ask it. Defaults to a {@link PermissionAuthoritiesMapper}.
		 * @param authoritiesMapper the mapper
		 * @return this configuration
		 */
		public UserEndpointConfig authoritiesMapper(UltraCartAuthoritiesMapper authoritiesMapper) {
			Assert.notNull(authoritiesMapper, "authoritiesMapper cannot be null");
			this.authoritiesMapper = authoritiesMapper;
			return this;
		}

	}

}
