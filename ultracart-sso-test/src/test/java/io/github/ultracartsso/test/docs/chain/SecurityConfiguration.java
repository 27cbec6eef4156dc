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

package io.github.ultracartsso.test.docs.chain;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static io.github.ultracartsso.authorization.UltraCartAuthorizationManager.hasPermission;
import static io.github.ultracartsso.config.UltraCartLoginConfigurer.ultraCartLogin;
import static org.springframework.security.config.Customizer.withDefaults;

@Configuration
class SecurityConfiguration {

	@Bean
	SecurityFilterChain filterChain(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> {
			requests.requestMatchers("/public/**", "/error").permitAll();
			requests.requestMatchers("/items/**").access(hasPermission("View Items"));
			requests.anyRequest().authenticated();
		});
		http.with(ultraCartLogin(), withDefaults());
		return http.build();
	}

}
