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

package io.github.ultracartsso.test.docs.roles;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.test.UltraCartMockMvc.ultraCartLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

/**
 * Runs the code of {@code docs/how-to/roles-and-permissions.md}.
 */
@SpringBootTest(properties = { "ultracart.sso.simple-key=unused",
		"ultracart.sso.authorities.roles.SHIPPER=Access Shipping Department,group:Warehouse" })
@AutoConfigureMockMvc
class RolesAndPermissionsTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void permissionThenAsked() {
		assertThat(this.mvc.get().uri("/catalog").with(ultraCartLogin().permissions("View Items"))).hasStatusOk();
		assertThat(this.mvc.get().uri("/catalog").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN)
			.bodyJson()
			.extractingPath("$.missing")
			.asArray()
			.containsExactly("View Items");
	}

	@Test
	void permissionsWhenAllThenAskedForAll() {
		assertThat(this.mvc.post()
			.uri("/catalog")
			.with(csrf())
			.with(ultraCartLogin().permissions("View Items", "Edit Items"))).hasStatusOk();
		assertThat(this.mvc.post().uri("/catalog").with(csrf()).with(ultraCartLogin().permissions("View Items")))
			.hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void groupThenAsked() {
		assertThat(this.mvc.get().uri("/stock").with(ultraCartLogin().groups("Warehouse"))).hasStatusOk();
		assertThat(this.mvc.get().uri("/stock").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void roleThenGrantedByAnyOfItsNames() {
		assertThat(this.mvc.get().uri("/parcels").with(ultraCartLogin().groups("Warehouse"))).hasStatusOk();
		assertThat(this.mvc.get().uri("/parcels").with(ultraCartLogin().permissions("Access Shipping Department")))
			.hasStatusOk();
		assertThat(this.mvc.get().uri("/parcels").with(ultraCartLogin())).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void roleOfTheCodeThenAddedToThoseOfTheProperties() {
		SimulatedUser max = SimulatedUser.withLogin("max").userId(41).groups("Warehouse").build();
		assertThat(this.mvc.get().uri("/report").with(ultraCartLogin().user(max))).hasStatusOk();
		assertThat(this.mvc.get().uri("/parcels").with(ultraCartLogin().user(max))).hasStatusOk();
		assertThat(this.mvc.get().uri("/report").with(ultraCartLogin().groups("Warehouse")))
			.hasStatus(HttpStatus.FORBIDDEN);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ CatalogController.class, StaffConfiguration.class })
	static class Application {

	}

}
