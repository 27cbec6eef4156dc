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

package io.github.ultracartsso.autoconfigure.web;

import java.util.function.Supplier;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;
import io.github.ultracartsso.autoconfigure.security.UltraCartWebSecurityAutoConfiguration;
import io.github.ultracartsso.web.access.AccessDeniedExplanation;
import io.github.ultracartsso.web.access.AccessDeniedPage;
import io.github.ultracartsso.web.access.UltraCartAccessDeniedSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.template.TemplateAvailabilityProviders;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorViewResolver;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.type.MethodMetadata;
import org.springframework.http.HttpStatus;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;

/**
 * Auto-configuration for the page that tells users what they lack, in an application
 * without an error page of its own: it takes the place of Spring Boot's default page.
 *
 * @since 0.1
 */
@AutoConfiguration(before = UltraCartWebSecurityAutoConfiguration.class,
		after = { ErrorMvcAutoConfiguration.class, UltraCartSsoPropertiesAutoConfiguration.class })
@ConditionalOnClass(ErrorViewResolver.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean({ CheckedUltraCartSsoProperties.class, ErrorController.class })
public final class UltraCartErrorPageAutoConfiguration {

	private static final String DEFAULT_VIEW = "error";

	/**
	 * Is asked after the resolvers of the application and of Spring Boot, which find
	 * pages for a status. A page for all errors is not found that way: it is the view
	 * {@value #DEFAULT_VIEW}, which is Spring Boot's default page if there is no such
	 * page.
	 */
	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	ErrorViewResolver ultraCartErrorViewResolver(ConfigurableApplicationContext context,
			CheckedUltraCartSsoProperties checked) {
		Supplier<Boolean> ownErrorPage = SingletonSupplier.of(() -> hasErrorPage(context));
		AccessDeniedPage page = new AccessDeniedPage(checked.properties().defaultSuccessUrl());
		return (request, status, model) -> {
			AccessDeniedExplanation explanation = explanation(request);
			return (explanation != null && status == HttpStatus.FORBIDDEN && !ownErrorPage.get())
					? new ModelAndView(view(page, explanation)) : null;
		};
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartAccessDeniedSettings ultraCartErrorPageSettings(CheckedUltraCartSsoProperties checked) {
		return new UltraCartAccessDeniedSettings(checked.properties().accessDenied().explain(), true);
	}

	private static @Nullable AccessDeniedExplanation explanation(HttpServletRequest request) {
		return (request.getAttribute(AccessDeniedExplanation.ATTRIBUTE) instanceof AccessDeniedExplanation explanation)
				? explanation : null;
	}

	/**
	 * Returns whether the application has a page for all errors: a template, or a view
	 * bean that is not declared by Spring Boot.
	 */
	private static boolean hasErrorPage(ConfigurableApplicationContext context) {
		if (new TemplateAvailabilityProviders(context).getProvider(DEFAULT_VIEW, context) != null) {
			return true;
		}
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		return beans.containsBean(DEFAULT_VIEW) && !isDeclaredBySpringBoot(beans);
	}

	private static boolean isDeclaredBySpringBoot(ConfigurableListableBeanFactory beans) {
		MethodMetadata method = (beans.containsBeanDefinition(DEFAULT_VIEW)
				&& beans.getBeanDefinition(DEFAULT_VIEW) instanceof AnnotatedBeanDefinition definition)
						? definition.getFactoryMethodMetadata() : null;
		return method != null && method.getDeclaringClassName().startsWith(ErrorMvcAutoConfiguration.class.getName());
	}

	private static View view(AccessDeniedPage page, AccessDeniedExplanation explanation) {
		return (model, request, response) -> page.send(request, response, explanation);
	}

}
