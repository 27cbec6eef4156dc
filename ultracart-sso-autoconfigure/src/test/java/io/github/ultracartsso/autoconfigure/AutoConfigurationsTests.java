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

package io.github.ultracartsso.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartAuditAutoConfiguration;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartSsoEndpointAutoConfiguration;
import io.github.ultracartsso.autoconfigure.permissions.UltraCartPermissionsAutoConfiguration;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartHealthContributorAutoConfiguration;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartMetricsAutoConfiguration;
import io.github.ultracartsso.autoconfigure.actuate.UltraCartSanitizingAutoConfiguration;
import io.github.ultracartsso.autoconfigure.api.UltraCartApiAutoConfiguration;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.autoconfigure.security.UltraCartMethodSecurityAutoConfiguration;
import io.github.ultracartsso.autoconfigure.security.UltraCartUnguardedMethodsAutoConfiguration;
import io.github.ultracartsso.autoconfigure.security.UltraCartWebSecurityAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartHttpSessionAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSessionExpiryAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSpringSessionAutoConfiguration;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.autoconfigure.web.UltraCartWebMvcAutoConfiguration;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.security.authentication.AuthenticationManagerResolver;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.WebApplicationContext;

import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.springframework.security.config.Customizer.withDefaults;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestBuilders.formLogin;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;

/**
 * Tests for all auto-configurations of this module together.
 */
class AutoConfigurationsTests {

	private static final String OUR_PACKAGE = "io.github.ultracartsso";

	@Test
	void configurationWhenOnClassPathThenSpringBootFindsEach() {
		assertThat(AutoConfigurationList.load()).hasSize(21)
			.allSatisfy((type) -> assertThat(type).hasAnnotation(AutoConfiguration.class));
	}

	@ParameterizedTest
	@MethodSource("autoConfigurations")
	void configurationWhenExcludedThenApplicationStartsWithoutIt(Class<?> type) {
		everything().run((context) -> assertThat(context).hasSingleBean(type));
		everything().withPropertyValues("spring.autoconfigure.exclude=" + type.getName())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(type));
	}

	static Stream<Class<?>> autoConfigurations() {
		return Stream.of(AutoConfigurationList.load())
			.filter((type) -> !type.getSimpleName()
				.matches("UltraCart(SpringSession|Audit|SsoEndpoint|UnguardedMethods)AutoConfiguration"));
	}

	@ParameterizedTest
	@ValueSource(classes = { UltraCartSpringSessionAutoConfiguration.class, UltraCartAuditAutoConfiguration.class,
			UltraCartSsoEndpointAutoConfiguration.class })
	void configurationWhenItsConditionsAreMetAndItIsExcludedThenApplicationStartsWithoutIt(Class<?> type) {
		WebApplicationContextRunner application = everything()
			.withUserConfiguration(TestApplication.SpringSession.class)
			.withBean(InMemoryAuditEventRepository.class)
			.withPropertyValues("management.endpoints.web.exposure.include=ultracartsso");
		application.run((context) -> assertThat(context).hasSingleBean(type));
		application.withPropertyValues("spring.autoconfigure.exclude=" + type.getName())
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(type));
	}

	@Test
	void configurationWhenUnguardedMethodsAreExcludedThenApplicationStarts() {
		WebApplicationContextRunner application = everything().withBean(Guarded.class)
			.withPropertyValues("ultracart.sso.method-security.enabled=false");
		application.run((context) -> assertThat(context).hasFailed());
		application
			.withPropertyValues(
					"spring.autoconfigure.exclude=" + UltraCartUnguardedMethodsAutoConfiguration.class.getName())
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@MethodSource("allAutoConfigurations")
	void configurationWhenDisabledThenNotThere(Class<?> type) {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(type))
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(type));
	}

	static Stream<Class<?>> allAutoConfigurations() {
		return Stream.of(AutoConfigurationList.load());
	}

	/**
	 * A bean with a method that nothing checks while method security is off.
	 */
	static class Guarded {

		@RequiresPermission("Edit Items")
		public void edit() {
		}

	}

	private static WebApplicationContextRunner everything() {
		return new WebApplicationContextRunner().withUserConfiguration(TestApplication.Everything.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY);
	}

	@Test
	void configurationWhenKeySetThenApplicationHasClientAndChain() {
		TestApplication.configured().run((context) -> {
			assertThat(context).hasSingleBean(UltraCartSsoClient.class).hasSingleBean(SecurityFilterChain.class);
			assertThat(ourBeans(context)).isNotEmpty();
		});
	}

	@Test
	void configurationWhenDisabledThenNoBeanIsOurs() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(ourBeans(context)).isEmpty());
	}

	@Test
	void configurationWhenDisabledThenNoCredentialIsDemanded() {
		TestApplication.unconfigured()
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void configurationWhenDisabledThenSpringBootsDefaultsReturn() {
		TestApplication.configured()
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(SecurityFilterChain.class)
				.hasBean("managementSecurityFilterChain")
				.hasBean("inMemoryUserDetailsManager"));
	}

	/**
	 * Names beans whose class or whose factory is ours.
	 */
	private static List<String> ourBeans(ConfigurableApplicationContext context) {
		ConfigurableListableBeanFactory beanFactory = context.getBeanFactory();
		return Arrays.stream(beanFactory.getBeanDefinitionNames()).filter((name) -> {
			BeanDefinition definition = beanFactory.getBeanDefinition(name);
			return Stream
				.of(name, String.valueOf(beanFactory.getType(name)), String.valueOf(definition.getFactoryBeanName()),
						String.valueOf(definition.getBeanClassName()),
						String.valueOf(definition.getResourceDescription()))
				.anyMatch((text) -> text.contains(OUR_PACKAGE));
		}).toList();
	}

	@Test
	void configurationWhenNoWebApplicationThenCallsOnly() {
		new ApplicationContextRunner().withUserConfiguration(TestApplication.Everything.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(ourAutoConfigurations(context)).containsExactlyInAnyOrder(
					"UltraCartSsoPropertiesAutoConfiguration", "UltraCartLimitsAutoConfiguration",
					"UltraCartSsoClientAutoConfiguration", "UltraCartSsoSessionAutoConfiguration",
					"UltraCartApiAutoConfiguration", "UltraCartMetricsAutoConfiguration",
					"UltraCartSanitizingAutoConfiguration"));
	}

	@Test
	void configurationWhenReactiveWebApplicationThenNothingOfServlets() {
		new ReactiveWebApplicationContextRunner().withConfiguration(AutoConfigurations.of(AutoConfigurationList.load()))
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.run((context) -> assertThat(ourAutoConfigurations(context)).containsExactlyInAnyOrder(
					"UltraCartSsoPropertiesAutoConfiguration", "UltraCartLimitsAutoConfiguration",
					"UltraCartSsoClientAutoConfiguration", "UltraCartSsoSessionAutoConfiguration",
					"UltraCartApiAutoConfiguration", "UltraCartSanitizingAutoConfiguration"));
	}

	private static List<String> ourAutoConfigurations(ConfigurableApplicationContext context) {
		return allAutoConfigurations().filter((type) -> context.getBeanNamesForType(type).length > 0)
			.<String>map(Class::getSimpleName)
			.toList();
	}

	@Test
	void configurationWhenNoSpringSecurityWebThenNoLogin() {
		new WebApplicationContextRunner().withUserConfiguration(FewAutoConfigurations.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.withClassLoader(
					new FilteredClassLoader("org.springframework.security.config.annotation.web.configuration"))
			.run((context) -> assertThat(ourAutoConfigurations(context))
				.doesNotContain("UltraCartWebSecurityAutoConfiguration")
				.contains("UltraCartSsoClientAutoConfiguration"));
	}

	@Test
	void startWhenBaseUrlIsServerThenNobodyConnectsToIt() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			server.setSoTimeout(50);
			new WebApplicationContextRunner().withUserConfiguration(TestApplication.Everything.class)
				.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY,
						"ultracart.sso.base-url=http://localhost:" + server.getLocalPort())
				.run((context) -> {
					assertThat(context).hasSingleBean(UltraCartSsoClient.class);
					assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(server::accept);
				});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health",
			"io.micrometer.core", "org.springframework.session", "org.springframework.data.redis",
			"org.springframework.web.servlet" })
	void startWhenOptionalLibraryAbsentThenApplicationStarts(String packageName) {
		applicationWithout(packageName).run((context) -> assertThat(context).hasSingleBean(UltraCartSsoClient.class)
			.hasBean("ultraCartSecurityFilterChain"));
	}

	@Test
	void startWhenAllOptionalLibrariesAbsentThenNothingOfThemIsThere() {
		applicationWithout("org.springframework.boot.actuate", "org.springframework.boot.health", "io.micrometer.core",
				"org.springframework.session", "org.springframework.data.redis", "org.springframework.web.servlet")
			.run((context) -> {
				assertThat(context).hasBean("ultraCartSecurityFilterChain")
					.doesNotHaveBean("ultraCartOpenHealthEndpoint");
				assertThat(ourAutoConfigurations(context)).noneMatch((name) -> name.matches(
						"UltraCart(Sanitizing|HealthContributor|Metrics|Audit|SsoEndpoint|SpringSession|WebMvc)AutoConfiguration"));
			});
	}

	private static WebApplicationContextRunner applicationWithout(String... packageNames) {
		return new WebApplicationContextRunner().withUserConfiguration(FewAutoConfigurations.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.withClassLoader(new FilteredClassLoader(packageNames));
	}

	@Test
	void orderWhenNamedAfterOthersThenTheyExistUnlessTheirModuleIsAbsent() {
		assertThat(allAutoConfigurations().flatMap(AutoConfigurationsTests::othersByName))
			.filteredOn((name) -> !ClassUtils.isPresent(name, getClass().getClassLoader()))
			.containsExactlyInAnyOrder("org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration",
					"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
					"org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration",
					"org.springframework.boot.security.saml2.autoconfigure.Saml2RelyingPartyAutoConfiguration",
					"org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
					"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration");
	}

	private static Stream<String> othersByName(Class<?> type) {
		MergedAnnotation<AutoConfiguration> order = MergedAnnotations.from(type).get(AutoConfiguration.class);
		return Stream.of("beforeName", "afterName").flatMap((name) -> Arrays.stream(order.getStringArray(name)));
	}

	@Test
	// I1
	void formLoginWhenOwnUserDetailsServiceBesideUltraCartThenItsUsersSignIn() {
		TestApplication.configured()
			.withUserConfiguration(FormLoginBesideUltraCart.class, OwnUsers.class)
			.run((context) -> {
				assertThat(context).doesNotHaveBean(AuthenticationManagerResolver.class);
				mockMvc(context).perform(formLogin().user("clerk").password("hush"))
					.andExpect(authenticated().withUsername("clerk"));
			});
	}

	@Test
	// I1
	void formLoginWhenBootUserBesideUltraCartThenHeSignsIn() {
		TestApplication.configured()
			.withUserConfiguration(FormLoginBesideUltraCart.class)
			.withPropertyValues("spring.security.user.name=emergency", "spring.security.user.password=hush")
			.run((context) -> mockMvc(context).perform(formLogin().user("emergency").password("hush"))
				.andExpect(authenticated().withUsername("emergency")));
	}

	private static MockMvc mockMvc(WebApplicationContext context) {
		return MockMvcBuilders.webAppContextSetup(context).apply(springSecurity()).build();
	}

	/**
	 * Imports by name, as Spring Boot does, so that annotations of absent libraries are
	 * not seen.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ UltraCartAuditAutoConfiguration.class, UltraCartSsoEndpointAutoConfiguration.class,
			UltraCartPermissionsAutoConfiguration.class, UltraCartHealthContributorAutoConfiguration.class,
			UltraCartMetricsAutoConfiguration.class, UltraCartSanitizingAutoConfiguration.class,
			UltraCartApiAutoConfiguration.class, UltraCartSsoClientAutoConfiguration.class,
			UltraCartSsoPropertiesAutoConfiguration.class, UltraCartMethodSecurityAutoConfiguration.class,
			UltraCartWebSecurityAutoConfiguration.class, UltraCartHttpSessionAutoConfiguration.class,
			UltraCartSessionExpiryAutoConfiguration.class, UltraCartSpringSessionAutoConfiguration.class,
			UltraCartSsoSessionAutoConfiguration.class, UltraCartWebMvcAutoConfiguration.class,
			SecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class,
			ServletWebSecurityAutoConfiguration.class, SslAutoConfiguration.class })
	static class FewAutoConfigurations {

	}

	@Configuration(proxyBeanMethods = false)
	static class FormLoginBesideUltraCart {

		@Bean
		SecurityFilterChain filterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.with(ultraCartLogin(), withDefaults()).formLogin(withDefaults()).build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnUsers {

		@Bean
		UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("clerk").password("{noop}hush").roles("CLERK").build());
		}

	}

}
