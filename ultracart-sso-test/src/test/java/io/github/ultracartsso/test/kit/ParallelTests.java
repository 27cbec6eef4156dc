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

package io.github.ultracartsso.test.kit;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that tests which share a simulator do not disturb each other when JUnit runs
 * tests in parallel.
 */
class ParallelTests {

	@Test
	void testsWhenInParallelThenThoseWithASimulatorOneAfterTheOther() {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(FirstCase.class),
					DiscoverySelectors.selectClass(SecondCase.class))
			.configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
			.configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
			.configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
			.configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		assertThat(listener.getSummary().getFailures()).isEmpty();
		assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(4);
	}

	abstract static class Case {

		private static final AtomicInteger running = new AtomicInteger();

		@Test
		void one(@Autowired UltraCartSimulator ultraCart) {
			use(ultraCart, "one");
		}

		@Test
		void two(@Autowired UltraCartSimulator ultraCart) {
			use(ultraCart, "two");
		}

		private void use(UltraCartSimulator ultraCart, String login) {
			assertThat(running.incrementAndGet()).isOne();
			ultraCart.addUser(SimulatedUser.withLogin(login).build());
			for (int i = 0; i < 2000; i++) {
				assertThat(ultraCart.users()).extracting(SimulatedUser::login).containsExactly(login);
			}
			running.decrementAndGet();
		}

	}

	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator
	static class FirstCase extends Case {

	}

	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator
	static class SecondCase extends Case {

	}

}
