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
import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.FakeUltraCartSsoClient;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.web.login.HttpSessionPendingLoginRepository;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.web.login.UltraCartAuthorizeFilter;
import io.github.ultracartsso.web.login.UltraCartLoginAuthenticationFilter;
import io.github.ultracartsso.web.login.UltraCartRedirectFilter;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionGuardFilter;
import io.github.ultracartsso.web.session.UltraCartUserRefreshFilter;
import io.github.ultracartsso.web.signin.UltraCartSignInPageFilter;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.BeansException;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.event.AuthenticationFailureDisabledEvent;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.spy;

/**
 * Tests for {@link UltraCartLoginConfigurer}.
 */
class UltraCartLoginConfigurerTests {

	private static final UltraCartUserMapper REFUSING = (user) -> {
		throw new DisabledException("not you");
	};

	@RegisterExtension
	final TestApplication application = new TestApplication();

	private final FakeUltraCartSsoClient client = new FakeUltraCartSsoClient();

	private LoginCustomizer customizer = (login) -> {
	};

	@Test
	void startWhenNoClientThenNamesBothRemedies() {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.withBean("customizer", this.customizer).start(CustomizedChain.class))
			.havingRootCause()
			.isInstanceOf(IllegalStateException.class)
			.withMessage("An UltraCartSsoClient is required for ultraCartLogin(). Provide one as a bean, or let the"
					+ " UltraCart SSO starter do so by setting the property ultracart.sso.simple-key.");
	}

	@Test
	void startWhenApplicationStartsThenNoCall() {
		start();
		assertThat(this.client.authorized()).isEmpty();
	}

	@Test
	void authorizationEndpointBaseUriWhenSetThenLoginStartsThere() {
		this.customizer = (login) -> login.authorizationEndpoint((endpoint) -> endpoint.baseUri("/go"));
		Browser browser = start();
		String startUrl = Browser.location(browser.navigate("/items"));
		assertThat(startUrl).startsWith("/go?target=");
		assertThat(Browser.body(browser.fetch("/items"))).contains("\"loginUrl\":\"/go\"");
		assertThat(Browser.body(browser.navigate("/login"))).contains("href=\"/go\"");
		assertThat(Browser.location(browser.navigate(startUrl))).startsWith("https://secure.ultracart.com/");
		assertThat(Browser.location(browser.navigate("/go"))).startsWith("https://secure.ultracart.com/");
	}

	@Test
	void redirectionEndpointBaseUriWhenSetThenCallbackIsThere() {
		this.customizer = (login) -> login.redirectionEndpoint((endpoint) -> endpoint.baseUri("/cb"));
		Browser browser = start();
		browser.navigate("/ultracart/authorize");
		assertThat(Browser.location(browser.navigate("/cb?code=code&state=" + lastState()))).isEqualTo("/");
		assertThat(this.client.exchanged()).hasSize(1);
	}

	@Test
	void redirectUriWhenSetThenCallbackFollowsIt() {
		this.application.withBean("settings", TestSettings.redirectUri("{baseUrl}/cb"));
		Browser browser = start();
		browser.navigate("/ultracart/authorize");
		assertThat(this.client.authorized().get(0).redirectUri()).isEqualTo("http://localhost/cb");
		assertThat(Browser.location(browser.navigate("/cb?code=code&state=" + lastState()))).isEqualTo("/");
	}

	@Test
	void loginPageWhenSetThenFailuresGoThereAndNoneIsBuiltIn() {
		this.customizer = (login) -> login.loginPage("/public");
		Browser browser = start();
		assertThat(Browser.location(browser.navigate("/login/ultracart"))).isEqualTo("/public?error=unknown_state");
		assertThat(Browser.body(browser.navigate("/public?error=unknown_state"))).isEqualTo("public");
		assertThat(Browser.location(browser.navigate("/login"))).startsWith("/ultracart/authorize");
	}

	@Test
	void loginPageWhenSetForAllChainsThenFailuresGoThereAndNoneIsBuiltIn() {
		this.application.withBean("settings", TestSettings.loginPage("/public"));
		Browser browser = start();
		assertThat(Browser.location(browser.navigate("/login/ultracart"))).isEqualTo("/public?error=unknown_state");
		assertThat(Browser.body(browser.navigate("/public"))).isEqualTo("public");
	}

	@Test
	void defaultSuccessUrlWhenSetThenThereUnlessTheUserWantedElsewhere() {
		this.application.withBean("settings", TestSettings.defaultSuccessUrl("/users"));
		this.customizer = (login) -> login.defaultSuccessUrl("/home");
		Browser browser = start();
		assertThat(signIn(browser, "/ultracart/authorize")).isEqualTo("/home");
		assertThat(Browser.body(browser.navigate("/login"))).contains("href=\"/home\"");
		assertThat(signIn(this.application.newBrowser(), "/items")).isEqualTo("/items");
	}

	@Test
	void defaultSuccessUrlWhenSetForAllChainsThenThere() {
		this.application.withBean("settings", TestSettings.defaultSuccessUrl("/users"));
		assertThat(signIn(start(), "/ultracart/authorize")).isEqualTo("/users");
	}

	@Test
	void successHandlerWhenSetThenAnswers() {
		this.customizer = (login) -> login
			.successHandler((request, response, authentication) -> response.setStatus(204));
		Browser browser = start();
		browser.navigate("/ultracart/authorize");
		assertThat(browser.callback(lastState(), "code").getStatus()).isEqualTo(204);
		assertThat(browser.navigate("/items").getStatus()).isEqualTo(200);
	}

	@Test
	void successHandlerWhenOwnSavedRequestAwareThenGetsTheTarget() {
		SavedRequestAwareAuthenticationSuccessHandler own = new SavedRequestAwareAuthenticationSuccessHandler() {
		};
		own.setDefaultTargetUrl("/home");
		this.customizer = (login) -> login.successHandler(own);
		assertThat(signIn(start(), "/items?page=2")).isEqualTo("/items?page=2");
		assertThat(signIn(this.application.newBrowser(), "/ultracart/authorize")).isEqualTo("/home");
	}

	@Test
	void failureHandlerWhenSetThenAnswersFailuresOfStartAndCallback() {
		this.customizer = (login) -> login.failureHandler((request, response, ex) -> response.setStatus(418));
		Browser browser = start();
		assertThat(browser.navigate("/login/ultracart").getStatus()).isEqualTo(418);
		this.client.onAuthorize((request) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
		});
		assertThat(browser.navigate("/ultracart/authorize").getStatus()).isEqualTo(418);
	}

	@Test
	void userMapperWhenSetThenMakesThePrincipal() {
		this.application.withBean("mapper", REFUSING);
		this.customizer = (login) -> login
			.userEndpoint((endpoint) -> endpoint.userMapper(UltraCartLoginConfigurerTests::renamed));
		assertThat(nameAfterLogin()).isEqualTo("/items for renamed");
	}

	@Test
	void userMapperWhenBeanThenMakesThePrincipal() {
		this.application.withBean("mapper", (UltraCartUserMapper) UltraCartLoginConfigurerTests::renamed);
		assertThat(nameAfterLogin()).isEqualTo("/items for renamed");
	}

	@Test
	void userMapperWhenTwoBeansThenStartFails() {
		this.application.withBean("mapper", REFUSING).withBean("otherMapper", REFUSING);
		assertThatExceptionOfType(BeansException.class).isThrownBy(this::start)
			.havingRootCause()
			.isInstanceOf(NoUniqueBeanDefinitionException.class);
	}

	@Test // E6
	void userMapperWhenItGrantsNothingThenFactorIsStillThere() {
		this.customizer = (login) -> login
			.userEndpoint((endpoint) -> endpoint.userMapper(UltraCartLoginConfigurerTests::renamed));
		Browser browser = start();
		signIn(browser, "/items");
		assertThat(Browser.body(browser.navigate("/authorities")))
			.isEqualTo("ROLE_ULTRACART_USER FACTOR_ULTRACART_SSO");
	}

	@Test
	void authoritiesMapperWhenSetThenTellsTheAuthorities() {
		this.customizer = (login) -> login.userEndpoint((endpoint) -> endpoint.authoritiesMapper(granting("SET")));
		assertThat(authoritiesAfterLogin()).contains("SET").doesNotContain("ROLE_VIEW_ITEMS");
	}

	@Test
	void authoritiesMapperWhenUserMapperBeanWouldNotAskItThenStartFails() {
		this.application.withBean("mapper", REFUSING);
		this.customizer = (login) -> login.userEndpoint((endpoint) -> endpoint.authoritiesMapper(granting("SET")));
		assertThatExceptionOfType(BeansException.class).isThrownBy(this::start)
			.havingRootCause()
			.withMessageContainingAll("authoritiesMapper", "UltraCartUserMapper bean", "Remove");
	}

	@Test
	void authoritiesMapperWhenUserMapperSetTooThenStartFails() {
		this.customizer = (login) -> login
			.userEndpoint((endpoint) -> endpoint.userMapper(REFUSING).authoritiesMapper(granting("SET")));
		assertThatExceptionOfType(BeansException.class).isThrownBy(this::start)
			.havingRootCause()
			.withMessageContainingAll("userMapper", "authoritiesMapper", "Remove");
	}

	@Test
	void authoritiesMapperWhenBeanThenTellsTheAuthorities() {
		this.application.withBean("authorities", granting("BEAN"));
		assertThat(authoritiesAfterLogin()).contains("BEAN").doesNotContain("ROLE_VIEW_ITEMS");
	}

	@Test // E8, H1
	void userMapperWhenItRefusesThenDeniedAndRevokedAndAskedOnce() {
		AtomicInteger asked = new AtomicInteger();
		this.application.withBean("mapper", (UltraCartUserMapper) (user) -> {
			asked.incrementAndGet();
			throw new DisabledException("not you");
		});
		assertThat(signIn(start(), "/items")).isEqualTo("/login?error=denied");
		assertThat(asked).hasValue(1);
		assertThat(this.client.exchanged()).hasSize(1);
		assertThat(this.client.read()).hasSize(1);
		assertThat(this.client.revoked()).containsExactly("key-of-code");
		assertThat(this.application.events()).singleElement().isInstanceOf(AuthenticationFailureDisabledEvent.class);
	}

	@Test
	void loginWhenOtherProvidersInTheContextThenOursIsAskedOnceAndTheyAreNot() {
		AuthenticationProvider other = mock(AuthenticationProvider.class);
		given(other.supports(any())).willReturn(true);
		this.application.withBean("provider", other);
		this.client.onSessionUser((key) -> {
			throw FakeUltraCartSsoClient.failure(UltraCartApiFailure.SERVER_ERROR);
		});
		assertThat(signIn(start(), "/items")).isEqualTo("/login?error=unavailable");
		assertThat(this.client.read()).hasSize(1);
		then(other).should(never()).authenticate(any());
	}

	@Test
	void pendingLoginRepositoryWhenSetThenUsedRatherThanTheBean() {
		PendingLoginRepository set = spy(new HttpSessionPendingLoginRepository());
		PendingLoginRepository bean = mock(PendingLoginRepository.class);
		this.application.withBean("pendingLogins", bean);
		this.customizer = (login) -> login.authorizationEndpoint((endpoint) -> endpoint.pendingLoginRepository(set));
		signIn(start(), "/items");
		then(set).should().savePendingLogin(any(), any(), any());
		then(set).should().removePendingLogin(any(), any(), any());
		then(bean).shouldHaveNoInteractions();
	}

	@Test
	void pendingLoginRepositoryWhenBeanThenUsed() {
		PendingLoginRepository bean = spy(new HttpSessionPendingLoginRepository());
		this.application.withBean("pendingLogins", bean);
		signIn(start(), "/items");
		then(bean).should().removePendingLogin(any(), any(), any());
	}

	@Test
	void ssoSessionRepositoryWhenSetThenUsedRatherThanTheBean() {
		SsoSessionRepository set = spy(new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test")));
		SsoSessionRepository bean = mock(SsoSessionRepository.class);
		this.application.withBean("ssoSessionRepository", bean);
		this.customizer = (login) -> login.ssoSessionRepository(set);
		Browser browser = start();
		signIn(browser, "/items");
		then(set).should().saveSsoSession(any(), any(), any());
		browser.submit("/logout");
		then(set).should().removeSsoSession(any(), any());
		then(bean).shouldHaveNoInteractions();
	}

	@Test
	void ssoSessionRepositoryWhenBeanThenUsed() {
		SsoSessionRepository bean = spy(new HttpSessionSsoSessionRepository(EncryptionKeys.random().sealer("test")));
		this.application.withBean("ssoSessionRepository", bean);
		signIn(start(), "/items");
		then(bean).should().saveSsoSession(any(), any(), any());
	}

	@Test
	void secretSealerWhenBeanThenSealsKeysAndNothingElse() {
		SecretSealer sealer = spy(SecretSealer.class);
		given(sealer.seal(any())).willReturn("sealed");
		this.application.withBean("sealer", sealer);
		assertThat(signIn(start(), "/items")).isEqualTo("/items");
		then(sealer).should().seal("key-of-code");
		then(sealer).should(never()).seal(contains("/items"));
	}

	@Test
	void encryptionKeysWhenBeanThenSealsTargets() {
		EncryptionKeys keys = EncryptionKeys.random();
		this.application.withBean("keys", keys);
		Browser browser = start();
		String target = keys.sealer("return-target").seal("0 /users");
		assertThat(signIn(browser, "/ultracart/authorize?target=" + target)).isEqualTo("/users");
	}

	@Test
	void eventPublisherWhenBeanThenTold() {
		AuthenticationEventPublisher publisher = mock(AuthenticationEventPublisher.class);
		this.application.withBean("publisher", publisher);
		Browser browser = start();
		signIn(browser, "/items");
		then(publisher).should().publishAuthenticationSuccess(any());
		browser.navigate("/login/ultracart");
		then(publisher).should().publishAuthenticationFailure(any(), any());
	}

	@Test
	void filtersAndProviderWhenBuiltThenPostProcessed() {
		List<Object> processed = new ArrayList<>();
		this.customizer = (login) -> login.withObjectPostProcessor(new ObjectPostProcessor<Object>() {

			@Override
			public <O> O postProcess(O object) {
				processed.add(object);
				return object;
			}

		});
		start();
		assertThat(processed)
			.hasOnlyElementsOfTypes(UltraCartRedirectFilter.class, UltraCartSessionGuardFilter.class,
					UltraCartUserRefreshFilter.class, UltraCartAuthorizeFilter.class,
					UltraCartLoginAuthenticationFilter.class, UltraCartSignInPageFilter.class,
					UltraCartAuthenticationProvider.class)
			.hasSize(7);
	}

	@Test
	void authenticationManagerWhenObservationRegistryThenObserved() {
		List<String> observed = new ArrayList<>();
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig().observationHandler((context) -> observed.add(context.getClass().getSimpleName()));
		this.application.withBean("observations", registry);
		signIn(start(), "/items");
		assertThat(observed).containsOnlyOnce("AuthenticationObservationContext");
	}

	@ParameterizedTest
	@ValueSource(classes = { ImplicitSaveFirst.class, ImplicitSaveLast.class })
	void chainWhenContextIsSavedImplicitlyThenRefusedAtStart(Class<?> configuration) {
		assertThatExceptionOfType(BeanCreationException.class)
			.isThrownBy(() -> this.application.withClient(this.client).start(configuration))
			.withStackTraceContaining("requireExplicitSave(false)");
	}

	@Test
	void rememberMeWhenConfiguredThenToldOfSuccessAndFailure() {
		RememberMeServices rememberMe = mock(RememberMeServices.class);
		this.application.withBean("rememberMe", rememberMe);
		Browser browser = this.application.withClient(this.client).start(RememberMe.class);
		signIn(browser, "/items");
		then(rememberMe).should().loginSuccess(any(), any(), any());
		browser.navigate("/login/ultracart");
		then(rememberMe).should().loginFail(any(), any());
	}

	@Test
	void loginWhenChainHasNoRequestCacheAndNoExceptionHandlingThenWorks() {
		Browser browser = this.application.withClient(this.client).start(BareChain.class);
		assertThat(signIn(browser, "/ultracart/authorize")).isEqualTo("/");
		assertThat(browser.navigate("/public").getStatus()).isEqualTo(200);
	}

	@Test
	@SuppressWarnings("NullAway")
	void optionsWhenEmptyThenThrowIllegalArgumentException() {
		UltraCartLoginConfigurer login = UltraCartLoginConfigurer.ultraCartLogin();
		assertThatIllegalArgumentException().isThrownBy(() -> login.loginPage(""))
			.withMessage("loginPage cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> login.defaultSuccessUrl(""))
			.withMessage("defaultSuccessUrl cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> login.successHandler(null))
			.withMessage("successHandler cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> login.failureHandler(null))
			.withMessage("failureHandler cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> login.ssoSessionRepository(null))
			.withMessage("ssoSessionRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> login.authorizationEndpoint((endpoint) -> endpoint.baseUri("")))
			.withMessage("baseUri cannot be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> login.authorizationEndpoint((endpoint) -> endpoint.pendingLoginRepository(null)))
			.withMessage("pendingLoginRepository cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> login.redirectionEndpoint((endpoint) -> endpoint.baseUri("")))
			.withMessage("baseUri cannot be empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> login.userEndpoint((endpoint) -> endpoint.userMapper(null)))
			.withMessage("userMapper cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> login.userEndpoint((endpoint) -> endpoint.authoritiesMapper(null)))
			.withMessage("authoritiesMapper cannot be null");
	}

	private Browser start() {
		return this.application.withClient(this.client)
			.withBean("customizer", this.customizer)
			.start(CustomizedChain.class);
	}

	/**
	 * Goes to a page and signs in on the way there.
	 * @return where the login ends
	 */
	private String signIn(Browser browser, String url) {
		MockHttpServletResponse response = browser.navigate(url);
		if (!url.startsWith("/ultracart/authorize")) {
			browser.navigate(Browser.location(response));
		}
		return Browser.location(browser.callback(lastState(), "code"));
	}

	private String lastState() {
		return this.client.authorized().get(this.client.authorized().size() - 1).state();
	}

	private String nameAfterLogin() {
		Browser browser = start();
		signIn(browser, "/items");
		return Browser.body(browser.navigate("/items"));
	}

	private String authoritiesAfterLogin() {
		Browser browser = start();
		signIn(browser, "/items");
		return Browser.body(browser.navigate("/authorities"));
	}

	private static UltraCartUser renamed(User user) {
		return UltraCartUser.with(4711, "renamed").build();
	}

	private static UltraCartAuthoritiesMapper granting(String authority) {
		return (user) -> AuthorityUtils.createAuthorityList(authority);
	}

	/**
	 * What a test sets of the login.
	 */
	interface LoginCustomizer {

		void customize(UltraCartLoginConfigurer login);

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class CustomizedChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, LoginCustomizer customizer) {
			return Pages.protect(http).with(UltraCartLoginConfigurer.ultraCartLogin(), customizer::customize).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class RememberMe {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, RememberMeServices services) {
			return Pages.protect(http)
				.rememberMe((rememberMe) -> rememberMe.rememberMeServices(services).key("key"))
				.with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> {
				})
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class BareChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
				.requestCache(AbstractHttpConfigurer::disable)
				.exceptionHandling(AbstractHttpConfigurer::disable)
				.sessionManagement(AbstractHttpConfigurer::disable)
				.with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> {
				})
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class ImplicitSaveFirst {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http)
				.securityContext((context) -> context.requireExplicitSave(false))
				.with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> {
				})
				.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Pages.class)
	static class ImplicitSaveLast {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return Pages.protect(http).with(UltraCartLoginConfigurer.ultraCartLogin(), (login) -> {
			}).securityContext((context) -> context.requireExplicitSave(false)).build();
		}

	}

}
