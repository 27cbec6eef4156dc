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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.TestBrowser;
import io.github.ultracartsso.autoconfigure.TestConnectionDetails;
import io.github.ultracartsso.autoconfigure.TestEncryptionKeys;
import io.github.ultracartsso.autoconfigure.TestUltraCart;
import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.config.UltraCartLoginConfigurer;
import io.github.ultracartsso.login.LoginStartBudget;
import io.github.ultracartsso.login.StartingBrowser;
import io.github.ultracartsso.login.UltraCartLoginService;
import io.github.ultracartsso.login.UltraCartLoginSettings;
import io.github.ultracartsso.session.IpLock;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.UltraCartUserRefresher;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.TestingAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartWebSecurityAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class UltraCartWebSecurityAutoConfigurationTests {

	@RegisterExtension
	final TestUltraCart ultraCart = new TestUltraCart();

	private final LoggingSystem loggingSystem = LoggingSystem.get(getClass().getClassLoader());

	@AfterEach
	void resetLogging() {
		this.loggingSystem.setLogLevel(SsoSessionRevoker.class.getName(), null);
	}

	@Test
	void settingsWhenNothingSetThenDefaults() {
		TestApplication.configured().run((context) -> {
			UltraCartLoginSettings settings = context.getBean(UltraCartLoginSettings.class);
			assertThat(settings.pages().loginPage()).isEqualTo("/login");
			assertThat(settings.pages().isCustomLoginPage()).isFalse();
			assertThat(settings.pages().defaultSuccessUrl()).isEqualTo("/");
			assertThat(settings.pages().logoutSuccessUrl()).isNull();
			assertThat(settings.redirectUris().paths("")).containsExactly("/login/ultracart");
		});
	}

	@Test
	void policyWhenNothingSetThenDefaults() {
		TestApplication.configured().run((context) -> {
			SsoSessionPolicy policy = policy(context);
			assertThat(policy.ipLock()).isEqualTo(IpLock.OFF);
			assertThat(policy.refreshInterval()).isEqualTo(Duration.ofMinutes(30));
			assertThat(policy.maxAge()).isNull();
			assertThat(policy.unknownExpiryMaxAge()).isEqualTo(Duration.ofHours(1));
		});
	}

	@Test
	void policyWhenPropertiesSetThenOfThem() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.session.ip-lock=enforce", "ultracart.sso.session.refresh-interval=0",
					"ultracart.sso.session.max-age=8h", "ultracart.sso.session.unknown-expiry-max-age=20m")
			.run((context) -> {
				SsoSessionPolicy policy = policy(context);
				assertThat(policy.ipLock()).isEqualTo(IpLock.ENFORCE);
				assertThat(policy.refreshInterval()).isZero();
				assertThat(policy.maxAge()).isEqualTo(Duration.ofHours(8));
				assertThat(policy.unknownExpiryMaxAge()).isEqualTo(Duration.ofMinutes(20));
			});
	}

	@Test
	void policyWhenReadTimeoutSetThenNoRequestWaitsLonger() {
		TestApplication.configured()
			.run((context) -> assertThat(policy(context).refreshTimeout()).isEqualTo(Duration.ofSeconds(5)));
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.http.read-timeout=3s")
			.run((context) -> assertThat(policy(context).refreshTimeout()).isEqualTo(Duration.ofSeconds(3)));
	}

	private static SsoSessionPolicy policy(ApplicationContext context) {
		return context.getBean(SsoSessionPolicy.class);
	}

	@Test
	// C3
	void loginWhenHostOfLoginUrlAllowedThenBrowserIsSentThere() {
		givenLoginUrl("https://login.ultracart.example.com/sso");
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.allowed-login-hosts=ultracart.com,ultracart.example.com")
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize"))
				.hasRedirectedUrl("https://login.ultracart.example.com/sso"));
	}

	@Test
	// C3
	void loginWhenHostOfLoginUrlNotAllowedThenUnavailable() {
		givenLoginUrl("https://login.ultracart.example.com/sso");
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize"))
				.hasRedirectedUrl("/login?error=unavailable"));
	}

	private void givenLoginUrl(String loginUrl) {
		this.ultraCart.given(WireMock.put(TestUltraCart.AUTHORIZE),
				WireMock.okJson("{\"login_url\":\"%s\"}".formatted(loginUrl)));
	}

	@Test
	// C4
	void loginWhenRedirectUriAbsoluteThenUltraCartIsToldIt() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.redirect-uri=https://backoffice.example.com/sso/done")
			.run((context) -> {
				new TestBrowser(context).navigate("/ultracart/authorize");
				assertThat(this.ultraCart.authorizeRequest("redirect_uri"))
					.isEqualTo("https://backoffice.example.com/sso/done");
			});
	}

	@Test
	void loginWhenRedirectUriNotSetThenMadeOfTheRequest() {
		TestApplication.calling(this.ultraCart).run((context) -> {
			new TestBrowser(context).navigate("/ultracart/authorize");
			assertThat(this.ultraCart.authorizeRequest("redirect_uri")).isEqualTo("http://localhost/login/ultracart");
		});
	}

	@Test
	void loginWhenDefaultSuccessUrlSetThenUserComesThere() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.default-success-url=/welcome")
			.run((context) -> assertThat(new TestBrowser(context).signIn(this.ultraCart)).hasRedirectedUrl("/welcome"));
	}

	@Test
	// D9
	void loginWhenPendingStoreNotSetThenNoSessionBeforeItSucceeds() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.session.encryption-keys=" + TestEncryptionKeys.text(1))
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				MvcTestResult start = browser.navigate("/ultracart/authorize");
				assertThat(start.getRequest().getSession(false)).isNull();
				assertThat(start.getResponse().getCookies()).singleElement()
					.satisfies((cookie) -> assertThat(
							TestEncryptionKeys.of(1).sealer("pending-login").open(cookie.getValue()))
						.contains(this.ultraCart.authorizeRequest("state")));
				assertThat(browser.signIn(this.ultraCart)).hasRedirectedUrl("/");
			});
	}

	@Test
	void loginWhenPendingStoreIsSessionThenPendingInSession() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.login.pending-store=session")
			.run((context) -> {
				MvcTestResult start = new TestBrowser(context).navigate("/ultracart/authorize");
				assertThat(start.getRequest().getSession(false)).isNotNull();
				assertThat(start.getResponse().getCookies()).isEmpty();
			});
	}

	@Test
	void loginWhenClockOfApplicationThenItTellsHowLongTheCookieIsKept() {
		Clock clock = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> clock)
			.run((context) -> assertThat(
					new TestBrowser(context).navigate("/ultracart/authorize").getResponse().getCookies())
				.singleElement()
				.satisfies((cookie) -> assertThat(cookie.getMaxAge()).isEqualTo(1200)));
	}

	@Test
	void configurationWhenOwnPendingLoginRepositoryThenBacksOff() {
		PendingLoginRepository repository = mock(PendingLoginRepository.class);
		TestApplication.configured()
			.withBean("myRepository", PendingLoginRepository.class, () -> repository)
			.run((context) -> assertThat(context).getBean(PendingLoginRepository.class).isSameAs(repository));
	}

	@Test
	// G5
	void loginWhenMaxStartsPerHourReachedThenBusyUntilAnHourAfterTheFirst() {
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC))
			.withPropertyValues("ultracart.sso.login.max-starts-per-hour=8")
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.navigate("/ultracart/authorize");
				browser.navigate("/ultracart/authorize");
				assertThat(browser.navigate("/ultracart/authorize")).hasRedirectedUrl("/login?error=busy");
				assertThat(this.ultraCart.calls()).hasSize(2);
				assertThat(browser.navigate("/login?error=busy")).hasStatus(503).hasHeader("Retry-After", "3600");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ultracart.sso.limits.calls-per-hour=16", "ultracart.sso.limits.calls-per-day=8" })
	void loginWhenFewCallsAreAllowedThenNewBrowsersCauseHalfOfThemAtMost(String limit) {
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC))
			.withPropertyValues(limit)
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.navigate("/ultracart/authorize");
				browser.navigate("/ultracart/authorize");
				assertThat(browser.navigate("/ultracart/authorize")).hasRedirectedUrl("/login?error=busy");
				assertThat(this.ultraCart.calls()).hasSize(2);
			});
	}

	@Test
	// G4
	void loginWhenUltraCartHasHadTooManyCallsThenPageSaysWhenToTryAgain() {
		this.ultraCart.given(WireMock.put(TestUltraCart.AUTHORIZE),
				WireMock.aResponse().withStatus(429).withHeader("Retry-After", "77"));
		TestApplication.calling(this.ultraCart)
			.withBean(Clock.class, () -> Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC))
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				assertThat(browser.navigate("/ultracart/authorize")).hasRedirectedUrl("/login?error=busy");
				assertThat(browser.navigate("/login?error=busy")).hasStatus(503).hasHeader("Retry-After", "77");
			});
	}

	@Test
	// G5
	void configurationWhenOwnStartBudgetThenItIsTheOnlyOne() {
		LoginStartBudget budget = new LoginStartBudget(1);
		TestApplication.calling(this.ultraCart)
			.withBean("myBudget", LoginStartBudget.class, () -> budget)
			.run((context) -> {
				assertThat(context).getBean(LoginStartBudget.class).isSameAs(budget);
				new TestBrowser(context).navigate("/ultracart/authorize");
				assertThat(budget.untilNextStart(new StartingBrowser("127.0.0.1", null))).isPositive();
			});
	}

	@Test
	void loginWhenLoginPageSetThenFailureIsExplainedThere() {
		this.ultraCart.givenStatus(WireMock.put(TestUltraCart.AUTHORIZE), 500);
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.login-page=/sign-in")
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize"))
				.hasRedirectedUrl("/sign-in?error=unavailable"));
	}

	@Test
	void logoutWhenSuccessUrlSetThenUserComesThere() {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.logout.success-url=/goodbye")
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.signIn(this.ultraCart);
				assertThat(browser.signOut()).hasRedirectedUrl("/goodbye");
			});
	}

	@Test
	// D5
	void logoutWhenUltraCartSilentThenWaitsForRevokeTimeoutOnly(CapturedOutput output) {
		this.ultraCart.given(WireMock.delete(TestUltraCart.REVOKE), WireMock.noContent().withFixedDelay(1000));
		this.loggingSystem.setLogLevel(SsoSessionRevoker.class.getName(), LogLevel.DEBUG);
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.logout.revoke-timeout=150ms")
			.run((context) -> {
				TestBrowser browser = new TestBrowser(context);
				browser.signIn(this.ultraCart);
				assertThat(browser.signOut()).hasRedirectedUrl("/login?logout");
				assertThat(output).contains("has not confirmed within PT0.15S");
			});
	}

	@Test
	// E1, E2
	void authoritiesWhenNothingSetThenDefaultPrefixes() {
		TestApplication.configured()
			.run((context) -> assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class)))
				.containsExactlyInAnyOrder("ROLE_VIEW_ITEMS", "GROUP_WAREHOUSE"));
	}

	@Test
	void authoritiesWhenPrefixesSetThenTheyAreUsed() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities.permission-prefix=UC_",
					"ultracart.sso.authorities.group-prefix=TEAM_")
			.run((context) -> assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class)))
				.containsExactlyInAnyOrder("UC_VIEW_ITEMS", "TEAM_WAREHOUSE"));
	}

	@Test
	void authoritiesWhenRolesSetThenAnyOneOfTheirGrantsGrantsThem() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities.roles.READER=Edit Users,View Items",
					"ultracart.sso.authorities.roles.PACKER=group:Warehouse",
					"ultracart.sso.authorities.roles.ADMIN=Edit Users")
			.run((context) -> assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class)))
				.contains("ROLE_READER", "ROLE_PACKER")
				.doesNotContain("ROLE_ADMIN"));
	}

	@Test
	void authoritiesWhenRoleHasUnderscoreThenItIsKept() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities.roles.CATALOG_READER=View Items")
			.run((context) -> assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class)))
				.contains("ROLE_CATALOG_READER"));
	}

	private static List<String> authorities(UltraCartAuthoritiesMapper mapper) {
		User user = JsonMapper.shared().readValue("""
				{
				  "user_id": 17,
				  "login": "jane",
				  "permissions": [
				    { "permission_Name": "View Items", "selected": true },
				    { "permission_Name": "Edit Users", "selected": false }
				  ],
				  "groups": [ { "name": "Warehouse", "member": true }, { "name": "Office", "member": false } ]
				}""", User.class);
		Collection<? extends GrantedAuthority> authorities = mapper.mapAuthorities(user);
		return authorities.stream().map((authority) -> String.valueOf(authority.getAuthority())).toList();
	}

	@Test
	void configurationWhenOwnSettingsThenBacksOff() {
		UltraCartLoginSettings settings = UltraCartLoginSettings.DEFAULTS;
		TestApplication.configured()
			.withBean(UltraCartLoginSettings.class, () -> settings)
			.run((context) -> assertThat(context).getBean(UltraCartLoginSettings.class).isSameAs(settings));
	}

	@Test
	void configurationWhenOwnAuthoritiesMapperThenLoginUsesIt() {
		UltraCartAuthoritiesMapper mapper = (user) -> List.of(() -> "CUSTOM");
		TestApplication.calling(this.ultraCart)
			.withBean(UltraCartAuthoritiesMapper.class, () -> mapper)
			.run((context) -> {
				assertThat(authenticate(context.getBean(AuthenticationManagerResolver.class)).getAuthorities())
					.extracting(GrantedAuthority::getAuthority)
					.contains("CUSTOM");
			});
	}

	@Test
	void authoritiesWhenOwnMapperAddsThenBoth(CapturedOutput output) {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.authorities.roles.READER=View Items")
			.withUserConfiguration(AddingMapperConfiguration.class)
			.run((context) -> {
				assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class))).contains("ROLE_VIEW_ITEMS",
						"ROLE_READER", "OWN");
				assertThat(output).doesNotContain("no effect");
			});
	}

	@ParameterizedTest
	@CsvSource({ "roles.READER=View Items, ultracart.sso.authorities.roles has",
			"permission-prefix=UC_, ultracart.sso.authorities.permission-prefix has",
			"group-prefix=TEAM_, ultracart.sso.authorities.group-prefix has" })
	void authoritiesWhenOwnMapperReplacesThenWarnsThatPropertyHasNoEffect(String property, String named,
			CapturedOutput output) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities." + property)
			.withBean("myMapper", UltraCartAuthoritiesMapper.class, () -> (user) -> List.of())
			.run((context) -> assertThat(output).contains(named + " no effect", "'myMapper' replaces",
					"permissions.plus(...)"));
	}

	@Test
	void authoritiesWhenOwnUserMapperReplacesThenWarnsThatPropertiesHaveNoEffect(CapturedOutput output) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities.roles.READER=View Items",
					"ultracart.sso.authorities.permission-prefix=UC_")
			.withBean("staff", UltraCartUserMapper.class, () -> (user) -> UltraCartUser.with(42, "mapped").build())
			.run((context) -> assertThat(output).contains("roles and ultracart.sso.authorities.permission-prefix have",
					"'staff' replaces"));
	}

	@Test
	void authoritiesWhenMapperSetForTheChainReplacesThenWarnsThatPropertyHasNoEffect(CapturedOutput output) {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.authorities.roles.READER=View Items")
			.withUserConfiguration(MapperOfTheChain.class)
			.run((context) -> assertThat(output).contains("ultracart.sso.authorities.roles has no effect",
					"a mapper that is set for ultraCartLogin() replaces", "permissions.plus(...)"));
	}

	@Configuration(proxyBeanMethods = false)
	static class MapperOfTheChain {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			return http
				.with(UltraCartLoginConfigurer.ultraCartLogin(),
						(login) -> login.userEndpoint((endpoint) -> endpoint.authoritiesMapper((user) -> List.of())))
				.build();
		}

	}

	@Test
	void authoritiesWhenOwnMapperAndNothingSetThenNoWarning(CapturedOutput output) {
		TestApplication.configured()
			.withBean(UltraCartAuthoritiesMapper.class, () -> (user) -> List.of())
			.run((context) -> assertThat(output).doesNotContain("no effect"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "MAY_" })
	void authoritiesWhenGrantedAuthorityDefaultsThenAllRolesHaveTheirPrefix(String prefix) {
		TestApplication.calling(this.ultraCart)
			.withPropertyValues("ultracart.sso.authorities.roles.READER=View Items")
			.withBean(GrantedAuthorityDefaults.class, () -> new GrantedAuthorityDefaults(prefix))
			.run((context) -> {
				assertThat(authorities(context.getBean(UltraCartAuthoritiesMapper.class)))
					.contains(prefix + "VIEW_ITEMS", prefix + "READER");
				assertThat(authenticate(context.getBean(AuthenticationManagerResolver.class)).getAuthorities())
					.extracting(GrantedAuthority::getAuthority)
					.contains(prefix + "ULTRACART_USER");
			});
	}

	@Configuration(proxyBeanMethods = false)
	static class AddingMapperConfiguration {

		@Bean
		UltraCartAuthoritiesMapper adding(PermissionAuthoritiesMapper permissions) {
			return permissions.plus((user) -> AuthorityUtils.createAuthorityList("OWN"));
		}

	}

	@Test
	void configurationWhenOwnUserMapperThenBacksOffAndLoginUsesIt() {
		UltraCartUserMapper mapper = (user) -> UltraCartUser.with(42, "mapped").build();
		TestApplication.calling(this.ultraCart).withBean(UltraCartUserMapper.class, () -> mapper).run((context) -> {
			assertThat(context).doesNotHaveBean(DefaultUltraCartUserMapper.class);
			assertThat(authenticate(context.getBean(AuthenticationManagerResolver.class)).getName())
				.isEqualTo("mapped");
		});
	}

	@Test
	void loginWhenOwnClientThenLoginUrlMayBeOnLoopbackHostOfBaseUrl() {
		UltraCartSsoClient client = mock(UltraCartSsoClient.class);
		given(client.authorize(any()))
			.willReturn(new SingleSignOnAuthorizeResponse("http://localhost:8081/login", null));
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.base-url=http://localhost:8081/rest/v2")
			.withBean(UltraCartSsoClient.class, () -> client)
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize"))
				.hasRedirectedUrl("http://localhost:8081/login"));
	}

	@Test
	void loginWhenOwnConnectionDetailsThenLoginUrlMayBeOnTheirLoopbackHost() {
		URI baseUrl = URI.create(this.ultraCart.baseUrl());
		TestApplication.unconfigured()
			.withBean(UltraCartSsoConnectionDetails.class, () -> new TestConnectionDetails(baseUrl))
			.run((context) -> assertThat(new TestBrowser(context).navigate("/ultracart/authorize"))
				.hasRedirectedUrl(baseUrl.resolve("/login").toString()));
	}

	@Test
	void usersWhenNothingConfiguredThenNoneIsGenerated(CapturedOutput output) {
		TestApplication.configured().run((context) -> {
			assertThat(context).doesNotHaveBean("inMemoryUserDetailsManager")
				.doesNotHaveBean(UserDetailsService.class)
				.doesNotHaveBean(AuthenticationProvider.class)
				.doesNotHaveBean(AuthenticationManager.class);
			assertThat(output).doesNotContain("Using generated security password");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.security.user.name=emergency", "spring.security.user.password=hush" })
	void usersWhenBootUserConfiguredThenItExists(String property) {
		TestApplication.configured().withPropertyValues(property).run((context) -> {
			assertThat(context).doesNotHaveBean(AuthenticationManagerResolver.class)
				.hasSingleBean(InMemoryUserDetailsManager.class);
			String name = context.getEnvironment().getProperty("spring.security.user.name", "user");
			assertThat(context.getBean(InMemoryUserDetailsManager.class).userExists(name)).isTrue();
		});
	}

	@Test
	void usersWhenOwnUserDetailsServiceThenItIsTheOnlyOne() {
		UserDetailsService users = new InMemoryUserDetailsManager();
		TestApplication.configured().withBean(UserDetailsService.class, () -> users).run((context) -> {
			assertThat(context).getBean(UserDetailsService.class).isSameAs(users);
			assertThat(context).doesNotHaveBean(AuthenticationManagerResolver.class);
		});
	}

	@Test
	void usersWhenOwnAuthenticationProviderThenResolverBacksOff() {
		TestApplication.configured()
			.withBean(AuthenticationProvider.class, TestingAuthenticationProvider::new)
			.run((context) -> assertThat(context).doesNotHaveBean(AuthenticationManagerResolver.class)
				.doesNotHaveBean(UserDetailsService.class));
	}

	@Test
	void resolverWhenAskedThenAuthenticatesKeyOfUser() {
		TestApplication.calling(this.ultraCart)
			.run((context) -> assertThat(authenticate(context.getBean(AuthenticationManagerResolver.class)).getName())
				.isEqualTo("jane"));
	}

	@SuppressWarnings("unchecked")
	private static Authentication authenticate(AuthenticationManagerResolver<?> resolver) {
		AuthenticationManager manager = ((AuthenticationManagerResolver<HttpServletRequest>) resolver)
			.resolve(new MockHttpServletRequest());
		assertThat(manager).isNotNull();
		Authentication result = manager.authenticate(new UltraCartLoginAuthenticationToken(
				UltraCartUser.DEFAULT_REGISTRATION_ID, SimpleKey.of(TestUltraCart.USER_KEY)));
		assertThat(result).isNotNull();
		return result;
	}

	@Test
	void configurationWhenNoWebApplicationThenNothing() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartWebSecurityAutoConfiguration.class)
				.doesNotHaveBean(UltraCartLoginSettings.class));
	}

	@Test
	void configurationWhenNoClientThenNothing() {
		TestApplication.without(UltraCartSsoClientAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartLoginSettings.class)
				.doesNotHaveBean("ultraCartSecurityFilterChain"));
	}

	@Test
	void configurationWhenNoSsoSessionsThenNothing() {
		TestApplication.without(UltraCartSsoSessionAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartLoginSettings.class)
				.doesNotHaveBean("ultraCartSecurityFilterChain"));
	}

	@Test
	void configurationWhenOwnLoginServiceOrRefresherThenBacksOff() {
		UltraCartLoginService loginService = new UltraCartLoginService(mock(UltraCartSsoClient.class),
				UltraCartLoginSettings.DEFAULTS, new LoginStartBudget(), new SsoSessions(SsoSessionPolicy.DEFAULTS));
		UltraCartUserRefresher refresher = new UltraCartUserRefresher(Duration.ofSeconds(1));
		TestApplication.configured()
			.withBean(UltraCartLoginService.class, () -> loginService)
			.withBean(UltraCartUserRefresher.class, () -> refresher)
			.run((context) -> {
				assertThat(context).getBean(UltraCartLoginService.class).isSameAs(loginService);
				assertThat(context).getBean(UltraCartUserRefresher.class).isSameAs(refresher);
			});
	}

}
