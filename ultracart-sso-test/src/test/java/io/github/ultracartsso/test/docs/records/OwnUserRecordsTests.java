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

package io.github.ultracartsso.test.docs.records;

import java.net.URI;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulatorConfiguration;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.response.SecurityMockMvcResultMatchers.authenticated;

/**
 * Runs the code of {@code docs/how-to/own-user-records.md}.
 */
@SpringBootTest
@AutoConfigureMockMvc
@Import(UltraCartSimulatorConfiguration.class)
class OwnUserRecordsTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private UltraCartSimulator ultraCart;

	@Test
	void loginWhenInTheRecordsThenRoleOfTheRecord(@Autowired LastSeen lastSeen) {
		MvcTestResult login = signIn(41, "jane");
		assertThat(login).hasRedirectedUrl("/");
		assertThat(login).matches(authenticated()
			.withAuthentication((jane) -> assertThat(jane.getAuthorities()).extracting(GrantedAuthority::getAuthority)
				.contains("ROLE_MANAGER", "ROLE_VIEW_ITEMS")));
		assertThat(lastSeen.hasSignedIn(41)).isTrue();
	}

	@Test
	void loginWhenNotInTheRecordsThenDenied() {
		assertThat(signIn(99, "eve")).hasRedirectedUrl("/login?error=denied");
	}

	@Test
	void profileThenRecordOfTheUser() {
		assertThat(this.mvc.get()
			.uri("/profile")
			.with(ultraCartLogin().user(SimulatedUser.withLogin("jane").userId(41).build()))).hasStatusOk()
			.bodyText()
			.contains("Jane Example");
	}

	private MvcTestResult signIn(int userId, String login) {
		this.ultraCart.addUser(SimulatedUser.withLogin(login).userId(userId).permission("View Items").build());
		MvcTestResult start = this.mvc.get().uri("/ultracart/authorize").accept(MediaType.TEXT_HTML).exchange();
		URI callback = this.ultraCart.approve(URI.create(start.getResponse().getRedirectedUrl()), login);
		return this.mvc.get()
			.uri(callback)
			.accept(MediaType.TEXT_HTML)
			.cookie(start.getResponse().getCookies())
			.exchange();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ StaffRecords.class, StaffUserMapper.class, ProfileController.class, LastSeen.class })
	static class Application {

	}

}
