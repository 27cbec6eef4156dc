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

package io.github.ultracartsso.web;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.context.i18n.LocaleContext;
import org.springframework.context.i18n.LocaleContextHolder;

/**
 * Determines the language of the built-in pages for a request. The filters of Spring
 * Security run before Spring MVC does, so what Spring MVC knows of a request is not
 * available to them. With the starter, it is the {@code LocaleResolver} of Spring MVC.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RequestLocaleResolver {

	/**
	 * Returns the language of a request.
	 * @param request the request
	 * @return the locale
	 */
	Locale resolveLocale(HttpServletRequest request);

	/**
	 * Returns a resolver for the locale of {@link LocaleContextHolder}, which a filter of
	 * the application may have set, else for that of the browser.
	 * @return the default resolver
	 */
	static RequestLocaleResolver ofContext() {
		return (request) -> {
			LocaleContext context = LocaleContextHolder.getLocaleContext();
			Locale locale = (context != null) ? context.getLocale() : null;
			return (locale != null) ? locale : request.getLocale();
		};
	}

}
