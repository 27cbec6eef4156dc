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

package io.github.ultracartsso.benchmarks;

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.RequiresPermission;
import io.github.ultracartsso.authorization.UltraCartAuthorizationManager;
import io.github.ultracartsso.autoconfigure.security.UltraCartAuthorizationAutoConfiguration;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.User;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authorization.AuthorityAuthorizationManager;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Measures checks of one permission of a user who has 40: of a request, of a method, and
 * in an expression, each by role and by the name of the permission. The permission is the
 * last of the user.
 */
@State(Scope.Benchmark)
public class CheckBenchmark {

	private static final String PERMISSION = "Export Workflow Tasks";

	private final Authentication user = user();

	private final AuthorizationManager<Object> role = AuthorityAuthorizationManager.hasRole("EXPORT_WORKFLOW_TASKS");

	private final AuthorizationManager<Object> permission = UltraCartAuthorizationManager.hasPermission(PERMISSION);

	private @Nullable AnnotationConfigApplicationContext context;

	private Guarded guarded = new Guarded();

	private static Authentication user() {
		List<@Nullable Permission> permissions = new ArrayList<>(Permissions.create());
		permissions.add(new Permission("Workflow Tasks", PERMISSION, true));
		User user = new User(1, "jane", null, null, permissions, null);
		UltraCartUser principal = UltraCartUser.with(1, "jane")
			.permissions(
					user.permissions().stream().map((granted) -> String.valueOf(granted.permissionName())).toList())
			.authorities(new PermissionAuthoritiesMapper().mapAuthorities(user))
			.build();
		return new UltraCartAuthenticationToken(principal, principal.getAuthorities());
	}

	/**
	 * Starts an application with method security, and signs the user in.
	 */
	@Setup
	public void start() {
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_GLOBAL);
		this.context = new AnnotationConfigApplicationContext(MethodSecurity.class);
		this.guarded = this.context.getBean(Guarded.class);
		SecurityContextHolder.getContext().setAuthentication(this.user);
	}

	/**
	 * Stops the application.
	 */
	@TearDown
	public void close() {
		SecurityContextHolder.clearContext();
		SecurityContextHolder.setStrategyName(SecurityContextHolder.MODE_THREADLOCAL);
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * Authorizes a request by a role.
	 * @return the decision
	 */
	@Benchmark
	public @Nullable Object requestByRole() {
		return this.role.authorize(() -> this.user, this);
	}

	/**
	 * Authorizes a request by the name of a permission.
	 * @return the decision
	 */
	@Benchmark
	public @Nullable Object requestByPermission() {
		return this.permission.authorize(() -> this.user, this);
	}

	/**
	 * Calls a method that requires a role.
	 * @return what the method returns
	 */
	@Benchmark
	public int methodByRole() {
		return this.guarded.byRole();
	}

	/**
	 * Calls a method that requires a permission by an annotation.
	 * @return what the method returns
	 */
	@Benchmark
	public int methodByPermission() {
		return this.guarded.byPermission();
	}

	/**
	 * Calls a method that requires a permission by an expression.
	 * @return what the method returns
	 */
	@Benchmark
	public int expressionByPermission() {
		return this.guarded.byExpression();
	}

	/**
	 * A bean with methods that require a permission.
	 */
	static class Guarded {

		@PreAuthorize("hasRole('EXPORT_WORKFLOW_TASKS')")
		int byRole() {
			return 1;
		}

		@RequiresPermission(PERMISSION)
		int byPermission() {
			return 2;
		}

		@PreAuthorize("@ultraCart.hasPermission('" + PERMISSION + "')")
		int byExpression() {
			return 3;
		}

	}

	/**
	 * An application with method security, and what the starter adds to it.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableMethodSecurity
	@ImportAutoConfiguration(UltraCartAuthorizationAutoConfiguration.class)
	static class MethodSecurity {

		@Bean
		Guarded guarded() {
			return new Guarded();
		}

	}

}
