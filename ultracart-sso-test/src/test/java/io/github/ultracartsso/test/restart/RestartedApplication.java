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

package io.github.ultracartsso.test.restart;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorBuilder;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.web.api.UltraCartApi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * An application with the simulator. It restarts on request, as devtools have it restart
 * after a change of its classes.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(UltraCartSimulatorConfiguration.class)
public class RestartedApplication {

	public static void main(String[] args) {
		SpringApplication.run(RestartedApplication.class, args);
	}

	@Bean
	SimulatedUser jane() {
		return SimulatedUser.withLogin("Jane!ops").build();
	}

	@Bean
	Integer start() {
		Object starts = Restarter.getInstance().getOrAddAttribute("starts", () -> new int[1]);
		return ++((int[]) starts)[0];
	}

	@Bean
	SimulatedResource orders(Integer start) {
		return SimulatedResource.get("/order/orders")
			.answer((request) -> ResponseEntity.ok("orders of the application started " + start + " times"));
	}

	@Bean
	UltraCartSimulatorBuilder simulator(Integer start) {
		return UltraCartSimulator.builder()
			.users(List.of(SimulatedUser.withLogin("of-the-builder").build()))
			.resources(List.of(SimulatedResource.get("/item/items").json("\"items of the builder\"")))
			.limits(SimulatedLimits.none().rate(100 * start, Duration.ofHours(1)));
	}

	@RestController
	static class Pages {

		private final RestClient client;

		private final UltraCartSimulator simulator;

		Pages(@UltraCartApi RestClient client, UltraCartSimulator simulator) {
			this.client = client;
			this.simulator = simulator;
		}

		@GetMapping("/orders")
		String orders(@AuthenticationPrincipal UltraCartUser user) {
			return user.login() + ": " + this.client.get().uri("/order/orders").retrieve().body(String.class);
		}

		@GetMapping("/items")
		String items() {
			return String.valueOf(this.client.get().uri("/item/items").retrieve().body(String.class));
		}

		@GetMapping("/users")
		String users() {
			return this.simulator.users().stream().map(SimulatedUser::login).collect(Collectors.joining(" "));
		}

		@GetMapping("/console")
		String console() {
			return this.simulator.consoleUrl().toString();
		}

		@GetMapping("/logins")
		String logins() {
			return String.valueOf(this.simulator.calls(SimulatedOperation.TOKEN).size());
		}

		@GetMapping("/restart")
		void restart() {
			Thread restart = new Thread(() -> Restarter.getInstance().restart());
			restart.setDaemon(false);
			restart.start();
		}

	}

}
