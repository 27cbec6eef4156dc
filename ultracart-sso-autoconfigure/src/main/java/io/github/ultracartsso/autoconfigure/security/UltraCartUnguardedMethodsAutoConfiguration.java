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

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.github.ultracartsso.authorization.UltraCartMethodSecurity;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.Ordered;
import org.springframework.core.log.LogMessage;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.util.ClassUtils;

/**
 * Auto-configuration that stops the start of an application whose beans have
 * {@code @RequiresPermission} or {@code @RequiresGroup} while method security is off,
 * also with {@code ultracart.sso.enabled=false}. The methods would be open to all users
 * otherwise.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartAuthorizationAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(EnableMethodSecurity.class)
@Conditional(UltraCartUnguardedMethodsAutoConfiguration.OnUnguardedMethods.class)
public final class UltraCartUnguardedMethodsAutoConfiguration {

	@Bean
	static SmartInitializingSingleton ultraCartUnguardedMethods(ConfigurableListableBeanFactory beans) {
		return () -> {
			throw new UnguardedMethodsException(OnUnguardedMethods.find(beans));
		};
	}

	/**
	 * Matches if beans have the annotations and nothing checks them.
	 */
	static final class OnUnguardedMethods extends SpringBootCondition implements ConfigurationCondition {

		private static final Log logger = LogFactory.getLog(OnUnguardedMethods.class);

		@Override
		public ConfigurationPhase getConfigurationPhase() {
			return ConfigurationPhase.REGISTER_BEAN;
		}

		@Override
		public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
			List<String> found = find(Objects.requireNonNull(context.getBeanFactory()));
			ConditionMessage.Builder message = ConditionMessage.forCondition("Unguarded methods");
			return found.isEmpty() ? ConditionOutcome.noMatch(message.because("there are none"))
					: ConditionOutcome.match(message.found("bean", "beans").items(found));
		}

		static List<String> find(ConfigurableListableBeanFactory beans) {
			if (beans.containsBean(UltraCartAuthorizationAutoConfiguration.INTERCEPTOR_BEAN_NAME)) {
				return List.of();
			}
			return Arrays.stream(beans.getBeanDefinitionNames()).filter((name) -> isAnnotated(beans, name)).toList();
		}

		private static boolean isAnnotated(ConfigurableListableBeanFactory beans, String name) {
			try {
				Class<?> type = beans.getType(name, false);
				return type != null && !type.getName().startsWith("org.springframework.")
						&& AopUtils.canApply(UltraCartMethodSecurity.pointcut(), ClassUtils.getUserClass(type));
			}
			catch (RuntimeException | LinkageError ex) {
				logger.debug(LogMessage.format("Cannot read the annotations of bean '%s'", name), ex);
				return false;
			}
		}

	}

}
