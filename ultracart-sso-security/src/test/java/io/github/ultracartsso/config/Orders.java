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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

import io.github.ultracartsso.session.SsoSessionEndedException;
import io.github.ultracartsso.web.api.UltraCartKeyInterceptor;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.concurrent.DelegatingSecurityContextCallable;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutorService;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * An application whose pages show what UltraCart's API tells its users. It needs an
 * {@link UltraCartKeyInterceptor} and the base URL of the API, {@code apiUrl}.
 */
@Configuration(proxyBeanMethods = false)
@Import(Pages.class)
class Orders {

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/public/**").permitAll());
		return Pages.protect(http).with(UltraCartLoginConfigurer.ultraCartLogin(), Customizer.withDefaults()).build();
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService threads() {
		return Executors.newCachedThreadPool();
	}

	@RestController
	static class OrderPages {

		private final RestClient ultraCart;

		private final ExecutorService threads;

		private final AtomicReference<@Nullable Callable<@Nullable String>> later = new AtomicReference<>();

		OrderPages(UltraCartKeyInterceptor interceptor, String apiUrl, ExecutorService threads) {
			this.ultraCart = RestClient.builder().baseUrl(apiUrl).requestInterceptor(interceptor).build();
			this.threads = threads;
		}

		@GetMapping({ "/orders", "/public/orders" })
		@Nullable String orders() {
			return this.ultraCart.get().uri("/order/orders").retrieve().body(String.class);
		}

		@PostMapping("/orders/delete")
		@Nullable String delete() {
			return orders();
		}

		@GetMapping("/orders/caught")
		@Nullable String ordersIfThereAreAny() {
			try {
				return orders();
			}
			catch (SsoSessionEndedException ex) {
				return "no orders";
			}
		}

		@GetMapping("/orders/on-another-thread")
		@Nullable String ordersOnAnotherThread() throws Exception {
			return new DelegatingSecurityContextExecutorService(this.threads).submit(this::orders).get();
		}

		@GetMapping("/orders/on-another-thread/caught")
		String ordersOnAnotherThreadIfThereAreAny() throws Exception {
			return new DelegatingSecurityContextExecutorService(this.threads).submit(this::ordersIfThereAreAny).get();
		}

		@GetMapping("/orders/async")
		Callable<@Nullable String> ordersAsync() {
			return this::orders;
		}

		@GetMapping("/orders/later")
		String ordersLater() {
			this.later.set(new DelegatingSecurityContextCallable<>(this::orders));
			return "later";
		}

		/**
		 * Does what is left of the last {@code /orders/later}, on another thread.
		 */
		@Nullable String doLater() throws Exception {
			Callable<@Nullable String> task = this.later.get();
			return (task != null) ? this.threads.submit(task).get() : null;
		}

	}

}
