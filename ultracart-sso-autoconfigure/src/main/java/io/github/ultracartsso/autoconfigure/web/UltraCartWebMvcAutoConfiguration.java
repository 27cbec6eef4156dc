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

import java.util.List;

import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.web.RequestLocaleResolver;
import io.github.ultracartsso.web.session.CurrentSsoSessionArgumentResolver;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration that lets controller methods have the SSO session of the user as an
 * argument, annotated with {@code @CurrentSsoSession}, that responds to requests which do
 * not handle a failed call to UltraCart, and that has the built-in pages in the language
 * of the application's pages.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoSessionAutoConfiguration.class)
@ConditionalOnClass(WebMvcConfigurer.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(CurrentSsoSessions.class)
public final class UltraCartWebMvcAutoConfiguration {

	@Bean
	UltraCartApiExceptionAdvice ultraCartApiExceptionAdvice() {
		return new UltraCartApiExceptionAdvice();
	}

	/**
	 * Looks the bean that Spring MVC uses up with the first request, because it is
	 * created with the MVC configuration, and the filter chains are created before that.
	 */
	@Bean
	@ConditionalOnMissingBean
	RequestLocaleResolver ultraCartRequestLocaleResolver(
			@Qualifier(DispatcherServlet.LOCALE_RESOLVER_BEAN_NAME) ObjectProvider<LocaleResolver> localeResolvers) {
		SingletonSupplier<RequestLocaleResolver> resolver = SingletonSupplier.of(() -> {
			LocaleResolver localeResolver = localeResolvers.getIfAvailable();
			return (localeResolver != null) ? localeResolver::resolveLocale : RequestLocaleResolver.ofContext();
		});
		return (request) -> resolver.obtain().resolveLocale(request);
	}

	/**
	 * Looks the SSO sessions up with the first request, because the MVC configuration is
	 * created before other beans of the application.
	 */
	@Bean
	WebMvcConfigurer ultraCartWebMvcConfigurer(ObjectProvider<CurrentSsoSessions> currentSsoSessions) {
		return new WebMvcConfigurer() {

			@Override
			public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
				resolvers.add(new CurrentSsoSessionArgumentResolver(currentSsoSessions::getObject));
			}

		};
	}

}
