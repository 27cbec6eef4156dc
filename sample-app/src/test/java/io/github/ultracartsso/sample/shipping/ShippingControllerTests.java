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

package io.github.ultracartsso.sample.shipping;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

import static io.github.ultracartsso.sample.TestUsers.user;
import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

@BackofficeTest
class ShippingControllerTests {

	@Autowired
	private MockMvcTester mvc;

	@Autowired
	private ParcelRepository parcels;

	@Test
	void listWhenShippingPermissionThenShowsParcels() {
		assertThat(this.mvc.get().uri("/shipping").with(userWith("Access Shipping Department"))).hasStatusOk()
			.bodyText()
			.contains("P-20421", "action=\"/shipping/P-20421/shipped\"", "2 Mar, 15:40")
			.doesNotContain("action=\"/shipping/P-20417/shipped\"");
	}

	@Test
	void listWhenGroupWarehouseThenShowsParcels() {
		assertThat(this.mvc.get().uri("/shipping").with(user("Carol", List.of(), List.of("Warehouse")))).hasStatusOk()
			.bodyText()
			.contains("P-20421");
	}

	@Test
	void listWhenNeitherThenForbidden() {
		assertThat(this.mvc.get().uri("/shipping").with(userWith("View Items"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("\"missing\":[\"Access Shipping Department\",\"group:Warehouse\"]")
			.doesNotContain("P-20421");
	}

	@Test
	void listWhenBrowserSpeaksAnotherLanguageThenDatesAreInEnglish() {
		assertThat(this.mvc.get().uri("/shipping").locale(Locale.GERMAN).with(userWith("Access Shipping Department")))
			.bodyText()
			.contains("2 Mar, 15:40");
	}

	@Test
	void shipWhenShippingPermissionThenShippedAndRedirects() {
		assertThat(this.mvc.post()
			.uri("/shipping/P-20418/shipped")
			.with(userWith("Access Shipping Department"))
			.with(csrf())).hasStatus3xxRedirection()
			.hasRedirectedUrl("/shipping")
			.flash()
			.containsEntry("message", "Parcel P-20418 is on its way.");
		assertThat(parcel("P-20418").shippedAt()).isNotNull();
	}

	@Test
	void shipWhenGroupWarehouseThenShipped() {
		assertThat(this.mvc.post()
			.uri("/shipping/P-20419/shipped")
			.with(user("Carol", List.of(), List.of("Warehouse")))
			.with(csrf())).hasStatus3xxRedirection();
		assertThat(parcel("P-20419").shippedAt()).isNotNull();
	}

	@Test
	void shipWhenShippedBeforeThenKeepsTime() {
		assertThat(this.mvc.post()
			.uri("/shipping/P-20417/shipped")
			.with(userWith("Access Shipping Department"))
			.with(csrf())).hasStatus3xxRedirection();
		assertThat(parcel("P-20417").shippedAt()).isEqualTo(Instant.parse("2026-03-02T15:40:00Z"));
	}

	@Test
	void shipWhenNeitherThenForbiddenAndNotShipped() {
		assertThat(this.mvc.post().uri("/shipping/P-20420/shipped").with(userWith("View Items")).with(csrf()))
			.hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("\"missing\":[\"Access Shipping Department\",\"group:Warehouse\"]");
		assertThat(parcel("P-20420").shippedAt()).isNull();
	}

	@Test
	void shipWhenUnknownThenNotFound() {
		assertThat(
				this.mvc.post().uri("/shipping/P-1/shipped").with(userWith("Access Shipping Department")).with(csrf()))
			.hasStatus(HttpStatus.NOT_FOUND);
	}

	private Parcel parcel(String number) {
		return this.parcels.findAll()
			.stream()
			.filter((parcel) -> parcel.number().equals(number))
			.findFirst()
			.orElseThrow();
	}

}
