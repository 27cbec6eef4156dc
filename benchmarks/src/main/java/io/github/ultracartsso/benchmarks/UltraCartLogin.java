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

import java.time.Clock;

import io.github.ultracartsso.config.UltraCartLoginConfigurer;
import io.github.ultracartsso.login.LoginStartBudget;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * An application whose users sign in with UltraCart.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class UltraCartLogin {

	/**
	 * More than six times as many as the benchmark starts within ten minutes.
	 */
	private static final int MAX_STARTS_PER_HOUR = 1_000_000;

	@Bean
	SteppingClock clock() {
		return new SteppingClock();
	}

	@Bean
	InstantUltraCart ultraCart() {
		return new InstantUltraCart();
	}

	@Bean
	LoginStartBudget startBudget(Clock clock) {
		LoginStartBudget startBudget = new LoginStartBudget(MAX_STARTS_PER_HOUR);
		startBudget.setClock(clock);
		return startBudget;
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults())
			.build();
	}

	@Bean
	SignIn signIn(InstantUltraCart ultraCart) {
		return (browser) -> {
			browser.get("/ultracart/authorize");
			return browser.get("/login/ultracart", "code", "c0de", "state", ultraCart.lastState());
		};
	}

}
