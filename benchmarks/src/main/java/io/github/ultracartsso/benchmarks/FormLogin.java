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

import java.io.UnsupportedEncodingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.util.Assert;

/**
 * An application whose users sign in with Spring Security's form login.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class FormLogin {

	private static final Pattern CSRF_TOKEN = Pattern.compile("name=\"_csrf\"[^>]* value=\"([^\"]+)\"");

	@Bean
	UserDetailsService users() {
		return (name) -> User.withUsername(name)
			.password("{noop}password")
			.authorities(Permissions.grantedAuthorities().toArray(String[]::new))
			.build();
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.formLogin(Customizer.withDefaults())
			.build();
	}

	@Bean
	SignIn signIn() {
		return (browser) -> browser.post("/login", "username", "clerk", "password", "password", "_csrf",
				csrfToken(browser.get("/login")));
	}

	private static String csrfToken(MockHttpServletResponse loginPage) {
		try {
			Matcher matcher = CSRF_TOKEN.matcher(loginPage.getContentAsString());
			Assert.state(matcher.find(), "The login page has no CSRF token");
			return matcher.group(1);
		}
		catch (UnsupportedEncodingException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
