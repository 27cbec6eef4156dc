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

import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Warns at start if the URLs of the login cannot be reached, because all servlets are
 * below a path: Tomcat then responds to other paths without calling a filter.
 */
final class UltraCartServletPathCheck implements SmartInitializingSingleton {

	private static final Log logger = LogFactory.getLog(UltraCartServletPathCheck.class);

	/**
	 * Other servers call filters where there is no servlet too.
	 */
	private static final boolean IS_TOMCAT = ClassUtils.isPresent("org.apache.catalina.startup.Tomcat",
			UltraCartServletPathCheck.class.getClassLoader());

	private static final String SERVLET_PATH = "spring.mvc.servlet.path";

	private static final String DEFAULT_SERVLET = "server.servlet.register-default-servlet";

	private final Environment environment;

	private final UltraCartSsoWarnings warnings;

	UltraCartServletPathCheck(Environment environment, UltraCartSsoWarnings warnings) {
		this.environment = environment;
		this.warnings = warnings;
	}

	@Override
	public void afterSingletonsInstantiated() {
		Binder binder = Binder.get(this.environment);
		String path = binder.bind(SERVLET_PATH, String.class).orElse("");
		if (IS_TOMCAT && StringUtils.hasText(path) && !path.equals("/")
				&& !binder.bind(DEFAULT_SERVLET, Boolean.class).orElse(false)) {
			this.warnings.give(logger,
					SERVLET_PATH + " is set, but the URLs of a login are relative to the context path, where there is"
							+ " no servlet, so users may get a 404 in place of a login. Set " + DEFAULT_SERVLET
							+ "=true, or use server.servlet.context-path.");
		}
	}

}
