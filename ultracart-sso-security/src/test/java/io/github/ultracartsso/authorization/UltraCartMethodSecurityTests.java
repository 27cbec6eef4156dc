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

package io.github.ultracartsso.authorization;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.aop.Advisor;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.core.annotation.AliasFor;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link UltraCartMethodSecurity} together with Spring Security's method
 * security.
 */
class UltraCartMethodSecurityTests {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(
			MethodSecurityConfiguration.class);

	private final Items items = this.context.getBean(Items.class);

	private final Reports reports = this.context.getBean(Reports.class);

	@AfterEach
	void close() {
		SecurityContextHolder.clearContext();
		this.context.close();
	}

	private static void signIn(List<String> permissions, List<String> groups) {
		UltraCartUser user = UltraCartUser.with(42, "jane").permissions(permissions).groups(groups).build();
		SecurityContextHolder.getContext().setAuthentication(new UltraCartAuthenticationToken(user, List.of()));
	}

	@Test
	void methodWhenPermissionThenCalled() {
		signIn(List.of("Edit Items"), List.of());
		assertThat(this.items.edit()).isEqualTo("edited");
	}

	@Test
	void methodWhenNoPermissionThenDeniedAndMissingNamed() {
		signIn(List.of("View Items"), List.of());
		assertThatExceptionOfType(AuthorizationDeniedException.class).isThrownBy(this.items::edit)
			.satisfies((ex) -> assertThat(ex.getAuthorizationResult()).isInstanceOfSatisfying(
					UltraCartAuthorizationDecision.class,
					(decision) -> assertThat(decision.getMissing()).containsExactly("Edit Items")));
	}

	@ParameterizedTest
	@CsvSource({ "A, true", "B, true", "C, false" })
	void methodWhenAnyOfThenOneIsEnough(String permission, boolean permitted) {
		signIn(List.of(permission), List.of());
		assertPermitted(this.items::anyOf, permitted);
	}

	@ParameterizedTest
	@CsvSource({ "A, A, false", "A, B, true" })
	void methodWhenAllOfThenAllAreRequired(String permission, String other, boolean permitted) {
		signIn(List.of(permission, other), List.of());
		assertPermitted(this.items::allOf, permitted);
	}

	@Test
	void methodWhenMetaAnnotationThenItsNameIsRequired() {
		signIn(List.of("Edit Items"), List.of());
		assertPermitted(this.items::meta, true);
		assertPermitted(this.items::aliased, false);
		signIn(List.of("Bob's {special} items, and more"), List.of());
		assertPermitted(this.items::aliased, true);
	}

	@ParameterizedTest
	@CsvSource({ "Edit Items, Warehouse, true", "Edit Items, Office, false", "View Items, Warehouse, false" })
	void methodWhenPermissionAndGroupThenBothAreRequired(String permission, String group, boolean permitted) {
		signIn(List.of(permission), List.of(group));
		assertPermitted(this.items::both, permitted);
	}

	@Test
	void methodWhenPreAuthorizeTooThenBothArePermitting() {
		signIn(List.of("Edit Items"), List.of());
		assertPermitted(this.items::withPreAuthorize, false);
	}

	@Test
	void typeThenAllMethodsWithoutTheirOwn() {
		signIn(List.of("View Reports"), List.of());
		assertPermitted(this.reports::view, true);
		assertPermitted(this.reports::delete, false);
		signIn(List.of("Delete Reports"), List.of());
		assertPermitted(this.reports::view, false);
		assertPermitted(this.reports::delete, true);
	}

	@Test
	void methodWhenNothingOrSeveralNamedThenThrowIllegalStateException() {
		signIn(List.of("A", "B"), List.of());
		assertThatIllegalStateException().isThrownBy(this.items::nothing).withMessageContaining("none is set");
		assertThatIllegalStateException().isThrownBy(this.items::several).withMessageContaining("several are set");
		assertThatIllegalStateException().isThrownBy(this.items::blank)
			.withMessageStartingWith("@RequiresGroup of ")
			.withMessageEndingWith(
					"Items.blank() must have one of value, anyOf and allOf, of which one has a blank name");
	}

	@Test
	void expressionThenFunctionsOfTheBean() {
		signIn(List.of("Edit Items"), List.of("Warehouse"));
		assertPermitted(this.items::expression, true);
		signIn(List.of("Edit Items"), List.of());
		assertPermitted(this.items::expression, false);
		signIn(List.of("Own"), List.of());
		assertPermitted(this.items::expression, true);
	}

	private static void assertPermitted(Runnable call, boolean permitted) {
		if (permitted) {
			call.run();
		}
		else {
			assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(call::run);
		}
	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresPermission("Edit Items")
	@interface MayEditItems {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresPermission
	@interface May {

		@AliasFor(annotation = RequiresPermission.class)
		String value();

	}

	static class Items {

		@RequiresPermission("Edit Items")
		String edit() {
			return "edited";
		}

		@RequiresPermission(anyOf = { "A", "B" })
		void anyOf() {
		}

		@RequiresPermission(allOf = { "A", "B" })
		void allOf() {
		}

		@MayEditItems
		void meta() {
		}

		@May("Bob's {special} items, and more")
		void aliased() {
		}

		@RequiresPermission("Edit Items")
		@RequiresGroup("Warehouse")
		void both() {
		}

		@RequiresPermission("Edit Items")
		@PreAuthorize("hasRole('OTHER')")
		void withPreAuthorize() {
		}

		@RequiresPermission
		void nothing() {
		}

		@RequiresGroup(anyOf = { "A", " " })
		void blank() {
		}

		@RequiresPermission(value = "A", anyOf = "B")
		void several() {
		}

		@PreAuthorize("(@ultraCart.hasAllPermissions('Edit Items') and @ultraCart.hasAnyGroup('A', 'Warehouse'))"
				+ " or @ultraCart.hasPermission('Own')")
		void expression() {
		}

	}

	@RequiresPermission("View Reports")
	static class Reports {

		void view() {
		}

		@RequiresPermission("Delete Reports")
		void delete() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	static class MethodSecurityConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static Advisor ultraCartMethodSecurity() {
			return new AuthorizationManagerBeforeMethodInterceptor(UltraCartMethodSecurity.pointcut(),
					new UltraCartMethodSecurity());
		}

		@Bean
		UltraCartExpressions ultraCart() {
			return new UltraCartExpressions();
		}

		@Bean
		Items items() {
			return new Items();
		}

		@Bean
		Reports reports() {
			return new Reports();
		}

	}

}
