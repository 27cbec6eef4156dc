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

import io.github.ultracartsso.client.UltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
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
 * Tests for {@link UltraCartSsoAutoConfiguration} as a whole.
 */
class UltraCartSsoAutoConfigurationTests {

	private static final String OUR_PACKAGE = "io.github.ultracartsso";

	@Test
	void configurationWhenOnClassPathThenSpringBootFindsIt() {
		assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
			.contains(UltraCartSsoAutoConfiguration.class.getName());
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
	void configurationWhenNoWebApplicationThenNothing() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(UltraCartSsoAutoConfiguration.class))
			.run((context) -> assertThat(ourBeans(context)).isEmpty());
	}

	@Test
	void configurationWhenReactiveWebApplicationThenNothing() {
		new ReactiveWebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(UltraCartSsoAutoConfiguration.class))
			.run((context) -> assertThat(ourBeans(context)).isEmpty());
	}

	@Test
	void configurationWhenNoSpringSecurityWebThenNothing() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(UltraCartSsoAutoConfiguration.class))
			.withClassLoader(
					new FilteredClassLoader("org.springframework.security.config.annotation.web.configuration"))
			.run((context) -> assertThat(ourBeans(context)).isEmpty());
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
			.run((context) -> assertThat(context).hasBean("ultraCartSecurityFilterChain")
				.doesNotHaveBean(UltraCartActuatorConfiguration.class)
				.doesNotHaveBean(UltraCartHealthConfiguration.class)
				.doesNotHaveBean(UltraCartMetricsConfiguration.class)
				.doesNotHaveBean(UltraCartSpringSessionConfiguration.class)
				.doesNotHaveBean(UltraCartWebMvcConfiguration.class)
				.doesNotHaveBean(UltraCartSecurityFilterChainConfiguration.HealthConfiguration.class));
	}

	private static WebApplicationContextRunner applicationWithout(String... packageNames) {
		return new WebApplicationContextRunner().withUserConfiguration(FewAutoConfigurations.class)
			.withPropertyValues("ultracart.sso.simple-key=" + TestApplication.KEY)
			.withClassLoader(new FilteredClassLoader(packageNames));
	}

	@Test
	void orderWhenNamedAfterOthersThenTheyExistUnlessTheirModuleIsAbsent() {
		MergedAnnotation<AutoConfiguration> order = MergedAnnotations.from(UltraCartSsoAutoConfiguration.class)
			.get(AutoConfiguration.class);
		assertThat(Stream.of("beforeName", "afterName").flatMap((name) -> Arrays.stream(order.getStringArray(name))))
			.filteredOn((name) -> !ClassUtils.isPresent(name, getClass().getClassLoader()))
			.containsExactlyInAnyOrder(
					"org.springframework.boot.security.oauth2.client.autoconfigure.servlet.OAuth2ClientWebSecurityAutoConfiguration",
					"org.springframework.boot.security.saml2.autoconfigure.Saml2RelyingPartyAutoConfiguration",
					"org.springframework.boot.session.autoconfigure.SessionAutoConfiguration",
					"org.springframework.boot.session.data.redis.autoconfigure.SessionDataRedisAutoConfiguration");
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
	@ImportAutoConfiguration({ UltraCartSsoAutoConfiguration.class, SecurityAutoConfiguration.class,
			UserDetailsServiceAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class,
			SslAutoConfiguration.class })
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
