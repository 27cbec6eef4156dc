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

package io.github.ultracartsso.autoconfigure;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An application that is no web application gets the clients of UltraCart, with and
 * without the servlet API on the class path. Calls on behalf of a user fail, because
 * nobody is signed in.
 */
class NonWebApplicationTests {

	private static final String SERVLETS = ".*/(tomcat-|jakarta\\.servlet|spring-webmvc-|spring-boot-(tomcat|webmvc|servlet|web-server)|spring-security-web-|wiremock).*";

	@Test
	void runWhenNotWebThenClientsOnly() {
		assertThat(new NonWebApplication().get())
			.contains("ultraCartSsoClient", "ultraCartRestClient",
					AuthenticationCredentialsNotFoundException.class.getName())
			.doesNotContain("FilterChain", "ultraCartSsoSessionRepository", "ultraCartSsoSessionRevoker",
					"ultraCartLoginSettings");
	}

	@Test
	@SuppressWarnings("unchecked")
	void runWhenNoServletApiThenStartsAllTheSame() throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader withoutServlets = new URLClassLoader(classPathWithoutServlets(),
				ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(withoutServlets);
			assertThatExceptionOfType(ClassNotFoundException.class)
				.isThrownBy(() -> withoutServlets.loadClass("jakarta.servlet.Servlet"));
			Supplier<String> application = (Supplier<String>) withoutServlets
				.loadClass(NonWebApplication.class.getName())
				.getConstructor()
				.newInstance();
			assertThat(application.get()).contains("ultraCartSsoClient", "ultraCartRestClient",
					AuthenticationCredentialsNotFoundException.class.getName());
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] classPathWithoutServlets() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.matches(SERVLETS))
			.map(NonWebApplicationTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

}
