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

package io.github.ultracartsso.test.docs.backoffice;

import java.net.URI;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static io.github.ultracartsso.test.simulator.SimulatedOperation.AUTHORIZE;
import static io.github.ultracartsso.test.simulator.SimulatedOperation.SESSION_USER;
import static io.github.ultracartsso.test.simulator.SimulatedOperation.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureUltraCartSimulator(users = @WithUltraCartUser(login = "jane", permissions = "View Items"))
class SignInTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void signIn(@Autowired UltraCartSimulator ultraCart) {
		MvcTestResult start = this.mvc.get().uri("/ultracart/authorize").accept(MediaType.TEXT_HTML).exchange();
		URI loginUrl = URI.create(start.getResponse().getRedirectedUrl());
		URI callback = ultraCart.approve(loginUrl, "jane");
		assertThat(this.mvc.get().uri(callback).accept(MediaType.TEXT_HTML).cookie(start.getResponse().getCookies()))
			.hasRedirectedUrl("/");
		assertThat(ultraCart).receivedExactly(AUTHORIZE, TOKEN, SESSION_USER).hasLiveKeysOf("jane");
	}

	@Test
	void signInWhenUltraCartFails(@Autowired UltraCartSimulator ultraCart) {
		ultraCart.answerAlways(AUTHORIZE, SimulatedFault.status(500));
		assertThat(this.mvc.get().uri("/ultracart/authorize").accept(MediaType.TEXT_HTML))
			.hasRedirectedUrl("/login?error=unavailable");
		assertThat(ultraCart).received(TOKEN, 0).hasNoLiveKeys();
	}

}
