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

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that test classes with equal annotations share one application context and one
 * simulator.
 */
class SimulatorContextTests {

	@Test
	void contextWhenAnnotationsAreEqualThenShared() {
		assertThat(context(First.class)).isSameAs(context(Second.class)).isSameAs(context(Composed.class));
	}

	@Test
	void contextWhenUsersDifferThenAnotherSimulator() {
		ApplicationContext first = context(First.class);
		ApplicationContext other = context(Other.class);
		assertThat(first.getBean(UltraCartSimulator.class).users()).extracting(SimulatedUser::login)
			.containsExactly("jane");
		assertThat(other.getBean(UltraCartSimulator.class).users()).extracting(SimulatedUser::login)
			.containsExactly("joe");
		assertThat(first.getBean(UltraCartSimulator.class).baseUrl())
			.isNotEqualTo(other.getBean(UltraCartSimulator.class).baseUrl());
	}

	@Test
	void testWhenAnotherUsesTheSameSimulatorThenFailsAndSaysWhich() throws Exception {
		TestContextManager first = new TestContextManager(First.class);
		TestContextManager second = new TestContextManager(Second.class);
		First firstTest = new First();
		Second secondTest = new Second();
		Method method = Object.class.getMethod("toString");
		first.beforeTestMethod(firstTest, method);
		assertThatIllegalStateException().isThrownBy(() -> second.beforeTestMethod(secondTest, method))
			.withMessageContaining("Second.toString is in use by First.toString");
		second.afterTestMethod(secondTest, method, null);
		assertThatIllegalStateException().isThrownBy(() -> second.beforeTestMethod(secondTest, method));
		second.afterTestMethod(secondTest, method, null);
		first.afterTestMethod(firstTest, method, null);
		second.beforeTestMethod(secondTest, method);
		second.afterTestMethod(secondTest, method, null);
	}

	private static ApplicationContext context(Class<?> testClass) {
		return new TestContextManager(testClass).getTestContext().getApplicationContext();
	}

	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator(users = @WithUltraCartUser(login = "jane", permissions = "View Items"))
	static class First {

	}

	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator(users = @WithUltraCartUser(login = "jane", permissions = "View Items"))
	static class Second {

	}

	@OfficeTest
	static class Composed {

	}

	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator(users = @WithUltraCartUser(login = "joe"))
	static class Other {

	}

	/**
	 * Has the annotations of a test of the whole application.
	 */
	@Retention(RetentionPolicy.RUNTIME)
	@SpringBootTest(classes = OfficeApplication.class)
	@AutoConfigureUltraCartSimulator(users = @WithUltraCartUser(login = "jane", permissions = "View Items"))
	@interface OfficeTest {

	}

}
