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

import java.net.URI;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.WithUltraCartUser;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import jakarta.servlet.http.Cookie;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Tests that nothing of one test reaches the next through the simulator that they share.
 */
@SpringBootTest
@AutoConfigureMockMvc
@AutoConfigureUltraCartSimulator(users = { @WithUltraCartUser(login = "amy", permissions = "View Items"),
		@WithUltraCartUser("users/jane.json") }, usersFile = "users/staff.json")
class SimulatorResetTests {

	private static @Nullable MockHttpSession earlier;

	private static @Nullable List<Integer> userIds;

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@BeforeEach
	void addUser() {
		this.ultraCart.addUser(SimulatedUser.withLogin("of-each-test").build());
	}

	@RepeatedTest(2)
	void testWhenAnotherHasChangedEverythingThenAsAtStart(@Autowired UltraCartSimulator ultraCart) {
		assertThat(ultraCart).receivedExactly().hasNoLiveKeys();
		if (earlier != null) {
			// the application revokes the key of the test before
			assertThat(this.mvc.post().uri("/logout").session(earlier).with(csrf()).accept(MediaType.TEXT_HTML))
				.hasRedirectedUrl("/login?logout");
			assertThat(ultraCart).receivedExactly();
		}
		assertThat(ultraCart.users()).extracting(SimulatedUser::userId).isEqualTo(userIds(ultraCart));
		assertThat(ultraCart.users()).extracting(SimulatedUser::login)
			.containsExactlyInAnyOrder("Jane!ops", "joe", "amy", "bean", "of-each-test");
		MvcTestResult signedIn = signIn("amy");
		assertThat(signedIn.getResponse().getRedirectedUrl()).isEqualTo("/items");
		earlier = (MockHttpSession) signedIn.getRequest().getSession();
		assertThat(ultraCart)
			.receivedExactly(SimulatedOperation.AUTHORIZE, SimulatedOperation.TOKEN, SimulatedOperation.SESSION_USER)
			.neverReceivedTwoCallsAtOnce()
			.hasLiveKeysOf("amy");

		ultraCart.addUser(SimulatedUser.withLogin("bob").build());
		ultraCart.addMerchant(UltraCartSimulator.builder().merchantId("ACME"));
		ultraCart.moveClock(Duration.ofDays(2));
		ultraCart.removeUser("amy");
		ultraCart.addResource(SimulatedResource.get("/order/orders").json("{}"));
		ultraCart.enforce(SimulatedLimits.none().rate(1, Duration.ofDays(1)));
		ultraCart.answerAlways(SimulatedOperation.AUTHORIZE, SimulatedFault.rateLimited(Duration.ofMinutes(4)));
		// the application does not call UltraCart for four minutes
		assertThat(this.mvc.get().uri("/ultracart/authorize").accept(MediaType.TEXT_HTML))
			.hasRedirectedUrl("/login?error=busy");
	}

	/**
	 * Returns the user ids as they were in the first test.
	 */
	private static List<Integer> userIds(UltraCartSimulator ultraCart) {
		if (userIds == null) {
			userIds = ultraCart.users().stream().map(SimulatedUser::userId).toList();
		}
		return userIds;
	}

	private MvcTestResult signIn(String login) {
		MvcTestResult refused = this.mvc.get().uri("/items").accept(MediaType.TEXT_HTML).exchange();
		MvcTestResult started = this.mvc.get()
			.uri(URI.create(refused.getResponse().getRedirectedUrl()))
			.accept(MediaType.TEXT_HTML)
			.exchange();
		URI callback = this.ultraCart.approve(URI.create(started.getResponse().getRedirectedUrl()), login);
		Cookie[] cookies = started.getResponse().getCookies();
		return this.mvc.get().uri(callback).accept(MediaType.TEXT_HTML).cookie(cookies).exchange();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Users {

		@Bean
		SimulatedUser bean() {
			return SimulatedUser.withLogin("bean").build();
		}

	}

}
