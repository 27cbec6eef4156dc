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

package io.github.ultracartsso.test.context;

import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.context.SimulatorUse.Run;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.TestExecutionListener;

/**
 * Resets the simulator before each test method of a class with
 * {@link AutoConfigureUltraCartSimulator @AutoConfigureUltraCartSimulator}. The
 * application forgets too that UltraCart has rejected or failed calls.
 */
final class SimulatorResetTestExecutionListener implements TestExecutionListener, Ordered {

	private static final String RUN = SimulatorResetTestExecutionListener.class.getName();

	/**
	 * Before test users are set up.
	 */
	@Override
	public int getOrder() {
		return 9_000;
	}

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (TestContextAnnotationUtils.hasAnnotation(testContext.getTestClass(),
				AutoConfigureUltraCartSimulator.class)) {
			ApplicationContext application = testContext.getApplicationContext();
			Run run = new Run(testContext.getTestClass().getSimpleName() + "." + testContext.getTestMethod().getName());
			testContext.setAttribute(RUN, run);
			application.getBean(SimulatorUse.class).begin(run);
			application.getBean(UltraCartSimulator.class).reset();
			application.getBeanProvider(CallGate.class).forEach(CallGate::reset);
		}
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.removeAttribute(RUN) instanceof Run run) {
			testContext.getApplicationContext().getBean(SimulatorUse.class).end(run);
		}
	}

}
