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

package io.github.ultracartsso.sample.orders;

import io.github.ultracartsso.sample.BackofficeTest;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.config.CronTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.scheduling.config.Task;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

@BackofficeTest
@Import({ UltraCartSimulatorConfiguration.class, SimulatedOrders.class })
@DirtiesContext
@ExtendWith(OutputCaptureExtension.class)
class OrderReportTests {

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private ScheduledTaskHolder scheduled;

	@AfterEach
	void tearDown() {
		this.ultraCart.clearCalls();
	}

	@Test
	void writeWhenItIsNightThenCountsOrdersAsTheApplication(CapturedOutput output) {
		atNight();
		assertThat(output)
			.contains("Orders by stage: {Accounts Receivable=1, Completed Order=118, Shipping Department=1}");
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).as("pages of 100").hasSize(2);
		assertThat(this.ultraCart.liveKeys()).as("no user is signed in").isZero();
	}

	/**
	 * Runs what the scheduler runs at night.
	 */
	private void atNight() {
		assertThat(this.scheduled.getScheduledTasks()).singleElement().satisfies((scheduledTask) -> {
			Task task = scheduledTask.getTask();
			assertThat(task).isInstanceOfSatisfying(CronTask.class,
					(cron) -> assertThat(cron.getExpression()).isEqualTo("0 0 3 * * *"));
			task.getRunnable().run();
		});
	}

}
