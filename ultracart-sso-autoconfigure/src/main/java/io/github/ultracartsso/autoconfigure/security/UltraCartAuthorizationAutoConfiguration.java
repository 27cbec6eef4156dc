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

import java.util.Optional;
import java.util.function.Supplier;

import io.github.ultracartsso.authorization.UltraCartExpressions;
import io.github.ultracartsso.authorization.UltraCartMethodSecurity;
import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import org.aopalliance.intercept.MethodInvocation;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Role;
import org.springframework.security.authorization.AuthorizationEventPublisher;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.method.AuthorizationAdvisor;
import org.springframework.security.authorization.method.AuthorizationInterceptorsOrder;
import org.springframework.security.authorization.method.AuthorizationManagerBeforeMethodInterceptor;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.function.SingletonSupplier;

/**
 * Auto-configuration for authorization by the names of UltraCart's permissions and
 * groups: in expressions, and with annotations of methods. Where the application has
 * enabled method security itself, it is there whatever the properties say. Otherwise
 * {@code @RequiresPermission} would permit all users in an application that
 * {@code ultracart.sso.enabled=false} is set for. Without users of UltraCart, all checks
 * deny. Where method security is off, {@link UltraCartUnguardedMethodsAutoConfiguration}
 * stops the start of an application with such annotations.
 *
 * @since 0.1
 */
@AutoConfiguration(
		after = { UltraCartSsoPropertiesAutoConfiguration.class, UltraCartMethodSecurityAutoConfiguration.class })
@ConditionalOnClass(EnableMethodSecurity.class)
@Conditional(UltraCartAuthorizationAutoConfiguration.LoginOrMethodSecurity.class)
public final class UltraCartAuthorizationAutoConfiguration {

	static final String INTERCEPTOR_BEAN_NAME = "ultraCartMethodInterceptor";

	@Bean(UltraCartExpressions.BEAN_NAME)
	@ConditionalOnMissingBean(name = UltraCartExpressions.BEAN_NAME)
	UltraCartExpressions ultraCartExpressions(ObjectProvider<SecurityContextHolderStrategy> strategy) {
		UltraCartExpressions expressions = new UltraCartExpressions();
		strategy.ifUnique(expressions::setSecurityContextHolderStrategy);
		return expressions;
	}

	/**
	 * Gets its collaborators with the first call, because it is created before other
	 * beans of the application.
	 */
	@Bean(INTERCEPTOR_BEAN_NAME)
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	@Conditional(MethodSecurity.class)
	static AuthorizationManagerBeforeMethodInterceptor ultraCartMethodInterceptor(
			ObjectProvider<SecurityContextHolderStrategy> strategy,
			ObjectProvider<AuthorizationEventPublisher> eventPublisher,
			ObjectProvider<ObjectPostProcessor<AuthorizationManager<MethodInvocation>>> postProcessor) {
		SingletonSupplier<AuthorizationManager<MethodInvocation>> manager = SingletonSupplier
			.of(() -> postProcessor.getIfUnique(ObjectPostProcessor::identity)
				.postProcess(new UltraCartMethodSecurity()));
		AuthorizationManagerBeforeMethodInterceptor interceptor = new AuthorizationManagerBeforeMethodInterceptor(
				UltraCartMethodSecurity.pointcut(),
				(authentication, invocation) -> manager.obtain().authorize(authentication, invocation));
		interceptor.setOrder(AuthorizationInterceptorsOrder.PRE_AUTHORIZE.getOrder());
		strategy.ifUnique(interceptor::setSecurityContextHolderStrategy);
		interceptor.setAuthorizationEventPublisher(new LazyEventPublisher(eventPublisher));
		return interceptor;
	}

	/**
	 * Matches if users sign in with UltraCart, or if method security is enabled.
	 */
	static final class LoginOrMethodSecurity extends AnyNestedCondition {

		LoginOrMethodSecurity() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
		@ConditionalOnBean(CheckedUltraCartSsoProperties.class)
		static class Login {

		}

		@Conditional(MethodSecurity.class)
		static class WithMethodSecurity {

		}

	}

	/**
	 * Matches if method security is enabled: by the annotation, in XML, or by an advisor
	 * of Spring Security that the application has defined.
	 */
	static final class MethodSecurity extends AnyNestedCondition {

		MethodSecurity() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnBean(annotation = EnableMethodSecurity.class)
		static class ByAnnotation {

		}

		@ConditionalOnBean(AuthorizationAdvisor.class)
		static class ByAdvisor {

		}

		@ConditionalOnBean(name = "preAuthorizeAuthorizationMethodInterceptor")
		static class ByName {

		}

	}

	/**
	 * Publishes by the publisher of the application, if there is one. Finds it with the
	 * first call.
	 */
	private static final class LazyEventPublisher implements AuthorizationEventPublisher {

		private final SingletonSupplier<Optional<AuthorizationEventPublisher>> delegate;

		LazyEventPublisher(ObjectProvider<AuthorizationEventPublisher> delegate) {
			this.delegate = SingletonSupplier.of(() -> Optional.ofNullable(delegate.getIfUnique()));
		}

		@Override
		public <T> void publishAuthorizationEvent(Supplier<Authentication> authentication, T object,
				@Nullable AuthorizationResult result) {
			this.delegate.obtain()
				.ifPresent((publisher) -> publisher.publishAuthorizationEvent(authentication, object, result));
		}

	}

}
