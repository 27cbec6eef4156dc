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

package io.github.ultracartsso.config;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

/**
 * The pages of an application, all protected but those of {@code /csrf}, {@code /public}
 * and {@code /error}.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebMvc
@EnableWebSecurity
@RestController
class Pages {

	static HttpSecurity protect(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.requestMatchers("/csrf", "/public", "/error")
			.permitAll()
			.anyRequest()
			.authenticated());
	}

	@GetMapping({ "/", "/items", "/users", "/home" })
	String page(HttpServletRequest request, Authentication user) {
		return request.getRequestURI() + " for " + user.getName();
	}

	@PostMapping("/items")
	String change() {
		return "changed";
	}

	@GetMapping("/async")
	Callable<String> async(Authentication user) {
		return () -> "async for " + user.getName();
	}

	@GetMapping("/authorities")
	String authorities(Authentication user) {
		return user.getAuthorities()
			.stream()
			.map(GrantedAuthority::getAuthority)
			.map(String::valueOf)
			.collect(Collectors.joining(" "));
	}

	@GetMapping("/cart")
	String putIntoCart(HttpSession session) {
		session.setAttribute("cart", "3 items");
		return "put";
	}

	@GetMapping("/csrf")
	String csrf(CsrfToken token) {
		return token.getToken();
	}

	@GetMapping("/public")
	String everybodysPage() {
		return "public";
	}

	@GetMapping("/error")
	String error(HttpServletRequest request) {
		return "error page for " + request.getRemoteUser();
	}

}
