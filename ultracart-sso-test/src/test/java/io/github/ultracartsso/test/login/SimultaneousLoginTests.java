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

package io.github.ultracartsso.test.login;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many users sign in at the same moment, as at the beginning of a shift, in an
 * application with defaults. UltraCart takes its time and allows one call at a time.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@DirtiesContext(classMode = DirtiesContext.ClassMode.BEFORE_EACH_TEST_METHOD)
class SimultaneousLoginTests {

	private static final int WARM_UP = 7;

	private static final Duration AT_ONCE = Duration.ofSeconds(2);

	@Autowired
	private UltraCartSimulator ultraCart;

	private String application = "";

	private ExecutorService users = Executors.newCachedThreadPool();

	@BeforeEach
	void setUp(@LocalServerPort int port) {
		this.application = "http://localhost:" + port;
		this.ultraCart.enforce(SimulatedLimits.none().oneCallAtATime());
	}

	@AfterEach
	void stop() {
		this.users.shutdownNow();
	}

	@Test
	void loginsWhenTwentyAndACallTakesFortyMillisecondsThenAllGetIn() throws Exception {
		assertThat(signIn(20, Duration.ofMillis(40))).hasSize(20).allMatch(Login::succeeded);
		assertThat(this.ultraCart.liveKeys()).isEqualTo(20);
		assertThat(this.ultraCart.traffic().concurrencyRefusals()).isZero();
	}

	@Test
	void loginsWhenMoreThanCanBeServedInTimeThenTheOthersAreToldAtOnce() throws Exception {
		Duration latency = Duration.ofMillis(80);
		// the application gets to know how long calls take
		assertThat(signIn(WARM_UP, latency)).allMatch(Login::succeeded);
		List<Login> logins = signIn(40, latency);
		List<Login> refused = logins.stream().filter((login) -> !login.succeeded()).toList();
		assertThat(logins.size() - refused.size()).isBetween(12, 20);
		assertThat(refused).as("of %d", logins.size()).allSatisfy((login) -> {
			assertThat(login.page().uri()).hasPath("/login").hasParameter("error", "busy");
			assertThat(login.page().statusCode()).isEqualTo(503);
			assertThat(login.page().headers().firstValueAsLong("Retry-After")).isPresent();
			assertThat(login.startedWithin()).isLessThan(AT_ONCE);
		});
		assertThat(this.ultraCart.liveKeys()).isEqualTo(WARM_UP + logins.size() - refused.size());
	}

	private List<Login> signIn(int number, Duration latency) throws Exception {
		for (SimulatedOperation operation : SimulatedOperation.values()) {
			this.ultraCart.answerAlways(operation, SimulatedFault.delay(latency));
		}
		CyclicBarrier moment = new CyclicBarrier(number);
		List<Callable<Login>> logins = IntStream.range(0, number).<Callable<Login>>mapToObj((i) -> () -> {
			Browser browser = new Browser(this.application);
			String start = Browser.location(browser.navigate("/items"));
			moment.await(1, TimeUnit.MINUTES);
			return signIn(browser, start);
		}).toList();
		List<Login> results = new ArrayList<>();
		for (Future<Login> login : this.users.invokeAll(logins)) {
			results.add(login.get());
		}
		return results;
	}

	private Login signIn(Browser browser, String start) {
		long begin = System.nanoTime();
		String location = Browser.location(browser.navigate(start));
		Duration startedWithin = Duration.ofNanos(System.nanoTime() - begin);
		if (location.contains("error=")) {
			return new Login(browser.navigate(location), startedWithin);
		}
		URI callback = this.ultraCart.approve(URI.create(location), "Jane!ops");
		return new Login(browser.navigate(Browser.location(browser.navigate(callback.toString()))), startedWithin);
	}

	private record Login(HttpResponse<String> page, Duration startedWithin) {

		boolean succeeded() {
			return this.page.statusCode() == 200 && this.page.body().equals("items");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(UltraCartSimulatorConfiguration.class)
	static class Application {

		@Bean
		SimulatedUser jane() {
			return SimulatedUser.withLogin("Jane!ops").permission("View Items").build();
		}

		@RestController
		static class Pages {

			@GetMapping("/items")
			String items() {
				return "items";
			}

		}

	}

}
