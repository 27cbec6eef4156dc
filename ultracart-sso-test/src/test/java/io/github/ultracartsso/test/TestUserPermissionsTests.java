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

package io.github.ultracartsso.test;

import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockServletContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a test is told of misspelt permissions of its users.
 */
@ExtendWith(OutputCaptureExtension.class)
class TestUserPermissionsTests {

	private static final String MISSPELT = "has the permission 'Edit Itmes', which UltraCart does not document."
			+ " Did you mean 'Edit Items'?";

	private final SimulatedUser jane = SimulatedUser.withLogin("jane")
		.permissions("Edit Itmes", "View Items", "View Orders")
		.build();

	@Test
	void userOfATestWhenPermissionIsMisspeltThenToldOnce(CapturedOutput output) {
		try (AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext()) {
			context.setServletContext(new MockServletContext());
			context.register(UltraCartTestConfiguration.class);
			context.refresh();
			for (int i = 0; i < 2; i++) {
				authenticate(context, this.jane);
			}
		}
		assertThat(output).containsOnlyOnce("A test user " + MISSPELT)
			.doesNotContain("'View Items'")
			.doesNotContain("View Orders");
	}

	@Test
	void userOfTheSimulatorWhenPermissionIsMisspeltThenTold(CapturedOutput output) {
		try (UltraCartSimulator ultraCart = UltraCartSimulator.start()) {
			ultraCart.addUser(this.jane);
		}
		assertThat(output).containsOnlyOnce("A simulated user " + MISSPELT).doesNotContain("View Orders");
	}

	@Test
	void nameWhenItHasControlCharactersThenNotInLog(CapturedOutput output) {
		authenticate(null, SimulatedUser.withLogin("jane").permission("Edit\r\nItems").build());
		assertThat(output).contains("'Edit Items', which").doesNotContain("Edit\r\nItems");
	}

	private static void authenticate(@Nullable BeanFactory beans, SimulatedUser user) {
		new SimulatedLogin(beans).authenticate(TestUser.of(user, UltraCartUser.DEFAULT_REGISTRATION_ID), "127.0.0.1");
	}

}
