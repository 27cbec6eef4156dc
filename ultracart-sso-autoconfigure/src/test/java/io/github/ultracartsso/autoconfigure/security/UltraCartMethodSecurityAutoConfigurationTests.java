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

import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.autoconfigure.TestApplication;
import jakarta.annotation.security.DenyAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportResource;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.SpringAuthorizationEventPublisher;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link UltraCartMethodSecurityAutoConfiguration}.
 */
class UltraCartMethodSecurityAutoConfigurationTests {

	private final WebApplicationContextRunner application = TestApplication.configured()
		.withBean(Service.class)
		.withBean("checks", Checks.class);

	@AfterEach
	void clearContext() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void preAuthorizeWhenNothingSetThenRoleIsDemanded() {
		this.application.run((context) -> {
			Service service = context.getBean(Service.class);
			signIn("ROLE_VIEW_ITEMS");
			assertThat(service.viewItems()).isEqualTo("items");
			signIn("ROLE_OTHER");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::viewItems);
		});
	}

	@Test
	void preAuthorizeWhenDisabledByPropertyThenNothingIsDemanded() {
		TestApplication.configured()
			.withBean(Roles.class)
			.withPropertyValues("ultracart.sso.method-security.enabled=false")
			.run((context) -> {
				signIn("ROLE_OTHER");
				assertThat(context.getBean(Roles.class).viewItems()).isEqualTo("items");
			});
	}

	@Test
	void preAuthorizeWhenApplicationEnablesMethodSecurityThenItIsCheckedOnce() {
		this.application.withUserConfiguration(OwnMethodSecurity.class).run((context) -> {
			assertThat(context).doesNotHaveBean(UltraCartMethodSecurityConfiguration.class);
			signIn("ROLE_OTHER");
			context.getBean(Service.class).countChecks();
			assertThat(context.getBean(Checks.class).count).isOne();
		});
	}

	@Test
	void preAuthorizeWhenApplicationEnablesOtherAnnotationsOnlyThenItIsNotForcedUponIt() {
		this.application.withUserConfiguration(OwnJsr250Security.class).run((context) -> {
			Service service = context.getBean(Service.class);
			signIn("ROLE_OTHER");
			assertThat(service.viewItems()).isEqualTo("items");
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::viewNothing);
		});
	}

	@Test
	void preAuthorizeWhenApplicationEnablesNoAnnotationsThenTheyAreNotForcedUponIt() {
		this.application.withUserConfiguration(OwnMethodSecurityWithoutAnnotations.class).run((context) -> {
			signIn("ROLE_OTHER");
			assertThat(context.getBean(Service.class).viewItems()).isEqualTo("items");
		});
	}

	@Test
	void requiresPermissionWhenNothingSetThenPermissionIsRequired() {
		this.application.run((context) -> assertPermissionIsRequired(context.getBean(Service.class)));
	}

	@Test
	void requiresPermissionWhenApplicationEnablesMethodSecurityThenPermissionIsRequired() {
		this.application.withUserConfiguration(OwnMethodSecurity.class)
			.run((context) -> assertPermissionIsRequired(context.getBean(Service.class)));
	}

	@Test
	void requiresPermissionWhenApplicationEnablesOtherAnnotationsOnlyThenPermissionIsRequired() {
		this.application.withUserConfiguration(OwnJsr250Security.class)
			.run((context) -> assertPermissionIsRequired(context.getBean(Service.class)));
	}

	// not open to everybody
	@Test
	void requiresPermissionWhenLoginDisabledBesideOwnMethodSecurityThenPermissionIsRequired() {
		this.application.withUserConfiguration(OwnMethodSecurity.class)
			.withPropertyValues("ultracart.sso.enabled=false")
			.run((context) -> assertPermissionIsRequired(context.getBean(Service.class)));
	}

	// not open to everybody
	@ParameterizedTest
	@ValueSource(strings = { "ultracart.sso.method-security.enabled=false", "ultracart.sso.enabled=false" })
	void requiresPermissionWhenMethodSecurityDisabledThenStartFails(String property) {
		this.application.withPropertyValues(property).run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = Objects.requireNonNull(
					new UnguardedMethodsFailureAnalyzer().analyze(Objects.requireNonNull(context.getStartupFailure())));
			assertThat(analysis.getDescription()).contains("@RequiresPermission", "Service]", "method security is off");
			assertThat(analysis.getAction()).contains("@EnableMethodSecurity", property);
		});
	}

	@Test
	void requiresPermissionWhenMethodSecurityIsOfXmlThenPermissionIsRequired() {
		this.application.withUserConfiguration(XmlMethodSecurity.class).run((context) -> {
			Service service = context.getBean(Service.class);
			signIn(UltraCartUser.with(42, "jane").permissions(List.of("Edit Items")).build());
			assertThat(service.editItems()).isEqualTo("edited");
			signIn(UltraCartUser.with(42, "jane").build());
			assertThatExceptionOfType(AuthorizationDeniedException.class).isThrownBy(service::editItems);
		});
	}

	@Test
	void requiresPermissionWhenDeniedThenPublished() {
		this.application
			.withBean(AuthorizationEventPublisher.class, () -> new SpringAuthorizationEventPublisher((event) -> {
				throw new IllegalStateException("published " + event.getClass().getSimpleName());
			}))
			.run((context) -> {
				signIn("ROLE_OTHER");
				assertThatIllegalStateException().isThrownBy(() -> context.getBean(Service.class).editItems())
					.withMessage("published AuthorizationDeniedEvent");
			});
	}

	private static void assertPermissionIsRequired(Service service) {
		UltraCartUser.Builder jane = UltraCartUser.with(42, "jane");
		signIn(jane.permissions(List.of("Edit Items")).build());
		assertThat(service.editItems()).isEqualTo("edited");
		assertThat(service.editItemsByExpression()).isEqualTo("edited");
		signIn(jane.permissions(List.of()).build());
		assertThatExceptionOfType(AuthorizationDeniedException.class).isThrownBy(service::editItems)
			.satisfies((ex) -> assertThat(String.valueOf(ex.getAuthorizationResult())).contains("[Edit Items]"));
		signIn("ROLE_EDIT_ITEMS");
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(service::editItems);
	}

	private static void signIn(UltraCartUser user) {
		SecurityContextHolder.getContext().setAuthentication(new UltraCartAuthenticationToken(user, List.of()));
	}

	@Test
	void preAuthorizeWhenNoWebApplicationThenItIsNotForcedUponIt() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(UltraCartMethodSecurityAutoConfiguration.class));
	}

	private static void signIn(String authority) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken("jane", null, authority));
	}

	/**
	 * Public, because an expression names it.
	 */
	public static class Checks {

		private int count;

		public boolean count() {
			this.count++;
			return true;
		}

	}

	static class Roles {

		@PreAuthorize("hasRole('VIEW_ITEMS')")
		String viewItems() {
			return "items";
		}

	}

	static class Service {

		@PreAuthorize("hasRole('VIEW_ITEMS')")
		String viewItems() {
			return "items";
		}

		@RequiresPermission("Edit Items")
		String editItems() {
			return "edited";
		}

		@PreAuthorize("@ultraCart.hasPermission('Edit Items')")
		String editItemsByExpression() {
			return "edited";
		}

		@PreAuthorize("@checks.count()")
		void countChecks() {
		}

		@DenyAll
		String viewNothing() {
			return "nothing";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ImportResource("classpath:method-security.xml")
	static class XmlMethodSecurity {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class OwnMethodSecurity {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(prePostEnabled = false, jsr250Enabled = true)
	static class OwnJsr250Security {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity(prePostEnabled = false)
	static class OwnMethodSecurityWithoutAnnotations {

	}

}
