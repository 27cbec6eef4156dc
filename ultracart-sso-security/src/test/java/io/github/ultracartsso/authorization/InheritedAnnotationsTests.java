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

import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.core.context.SecurityContextHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartMethodSecurity} with methods that a type inherits.
 */
class InheritedAnnotationsTests {

	@AfterEach
	void clearContext() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void typeWhenMethodOfSuperclassThenRequired() {
		Items items = guarded(new Items(), true);
		assertRequired("Edit Items", () -> items.save("item"));
		assertRequired("Edit Items", items::own);
		assertRequired("Edit Items", items::overridden);
	}

	@Test
	void typeWhenMethodOfSuperclassHasItsOwnThenThatIsRequired() {
		Items items = guarded(new Items(), true);
		assertRequired("Delete Items", items::delete);
	}

	@Test
	void typeWhenDefaultMethodOfInterfaceThenRequired() {
		Items items = guarded(new Items(), true);
		assertRequired("Edit Items", items::list);
		assertRequired("Edit Items", InheritedAnnotationsTests.<Listing>guarded(new Items(), false)::list);
	}

	@Test
	void typeWhenProxyOfInterfacesThenRequired() {
		Saving<String> saving = InheritedAnnotationsTests.<Saving<String>>guarded(new Items(), false);
		assertRequired("Edit Items", () -> saving.save("item"));
	}

	@Test
	void typeWhenProxyOfProxyThenRequired() {
		Saving<String> inner = InheritedAnnotationsTests.<Saving<String>>proxy(new Items(), true);
		Saving<String> saving = guarded(inner, false);
		assertRequired("Edit Items", () -> saving.save("item"));
	}

	@Test
	void typeWhenInterfaceIsAnnotatedThenMethodOfSuperclassIsRequired() {
		Prices prices = guarded(new Prices(), true);
		assertRequired("Edit Prices", () -> prices.save("price"));
		Saving<String> saving = InheritedAnnotationsTests.<Saving<String>>guarded(new Prices(), false);
		assertRequired("Edit Prices", () -> saving.save("price"));
	}

	@Test
	void typeWhenMetaAnnotationThenMethodOfSuperclassIsRequired() {
		Orders orders = guarded(new Orders(), true);
		assertRequired("Edit Orders", () -> orders.save("order"));
	}

	@Test
	void methodWhenGenericMethodIsOverriddenThenRequired() {
		Saving<String> saving = InheritedAnnotationsTests.<Saving<String>>guarded(new Coupons(), false);
		assertRequired("Edit Coupons", () -> saving.save("coupon"));
		Coupons coupons = guarded(new Coupons(), true);
		assertRequired("Edit Coupons", () -> coupons.save("coupon"));
	}

	@Test
	void typeWhenMethodOfObjectThenNotRequired() {
		assertThat(guarded(new Items(), true).toString()).contains("Items");
	}

	@SuppressWarnings("unchecked")
	private static <T> T proxy(T target, boolean ofClass) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(ofClass);
		return (T) factory.getProxy();
	}

	@SuppressWarnings("unchecked")
	private static <T> T guarded(T target, boolean ofClass) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.setProxyTargetClass(ofClass);
		factory.addAdvisor(new DefaultPointcutAdvisor(UltraCartMethodSecurity.pointcut(),
				new AuthorizationManagerBeforeMethodInterceptor(UltraCartMethodSecurity.pointcut(),
						new UltraCartMethodSecurity())));
		return (T) factory.getProxy();
	}

	private static void assertRequired(String permission, Runnable call) {
		signIn(permission);
		assertThatCode(call::run).doesNotThrowAnyException();
		signIn("Other");
		assertThatExceptionOfType(AccessDeniedException.class).isThrownBy(call::run);
	}

	private static void signIn(String permission) {
		UltraCartUser user = UltraCartUser.with(42, "jane").permissions(List.of(permission)).build();
		SecurityContextHolder.getContext().setAuthentication(new UltraCartAuthenticationToken(user, List.of()));
	}

	interface Saving<T> {

		void save(T object);

	}

	interface Listing {

		default void list() {
		}

	}

	static class CrudBase<T> implements Saving<T> {

		@Override
		public void save(T object) {
		}

		void overridden() {
		}

		@RequiresPermission("Delete Items")
		void delete() {
		}

	}

	@RequiresPermission("Edit Items")
	static class Items extends CrudBase<String> implements Listing {

		void own() {
		}

		@Override
		void overridden() {
		}

	}

	@RequiresPermission("Edit Prices")
	interface Priced {

	}

	static class Prices extends CrudBase<String> implements Priced {

	}

	@Retention(RetentionPolicy.RUNTIME)
	@RequiresPermission("Edit Orders")
	@interface MayEditOrders {

	}

	@MayEditOrders
	static class Orders extends CrudBase<String> {

	}

	static class Coupons extends CrudBase<String> {

		@Override
		@RequiresPermission("Edit Coupons")
		public void save(String object) {
		}

	}

}
