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

package io.github.ultracartsso.sample;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.web.api.UltraCartApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page for the status 403 says, depending on who has refused the request.
 */
@SpringBootTest(classes = { SampleApplication.class, SimulatedStaff.class, ForbiddenPageTests.OtherController.class },
		webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureUltraCartSimulator
class ForbiddenPageTests {

	private final WebDriver browser = new HtmlUnitDriver();

	@LocalServerPort
	private int port;

	@AfterEach
	void tearDown() {
		this.browser.quit();
	}

	@Test
	void pageWhenUltraCartRefusesACallOfAnotherControllerThenSaysWhatUltraCartSays() {
		openAs("wanda", "/other/refused-by-ultracart");
		assertThat(text("h1")).isEqualTo("UltraCart does not let you do this");
		assertThat(text("#refusal")).isEqualTo("You do not have permission to do this.");
		assertThat(text("#request-id")).matches("[0-9A-F]{31}");
		assertThat(text("#content")).doesNotContain("open for too long", "You may not do this");
	}

	@Test
	void pageWhenPermissionIsMissingThenNamesIt() {
		openAs("wanda", "/items");
		assertThat(text("h1")).isEqualTo("You may not do this");
		assertThat(text("#requirement")).contains("View Items");
		assertThat(text("#content")).doesNotContain("open for too long", "UltraCart says");
	}

	@Test
	void pageWhenFormIsOlderThanTheSessionThenAsksToReloadIt() {
		openAs("olivia", "/items/101/edit");
		String form = this.browser.getWindowHandle();
		this.browser.switchTo().newWindow(WindowType.TAB);
		this.browser.get(url("/"));
		this.browser.findElement(By.id("sign-out")).click();
		openAs("olivia", "/items/102");
		this.browser.switchTo().window(form);
		this.browser.findElement(By.id("save")).click();
		assertThat(text("h1")).isEqualTo("This did not go through");
		assertThat(text(".lead")).contains("open for too long");
		assertThat(text("#content")).doesNotContain("You may not do this", "UltraCart says");
	}

	@Test
	void pageWhenAnotherReasonThenGuessesNone() {
		openAs("wanda", "/other/refused");
		assertThat(text("h1")).isEqualTo("You may not do this");
		assertThat(text("#content")).contains("You do not have access to this.")
			.doesNotContain("open for too long", "UltraCart says", "the permission");
	}

	private void openAs(String login, String path) {
		this.browser.get(url(path));
		this.browser.findElement(By.cssSelector("button[value='" + login + "']")).click();
		assertThat(this.browser.getCurrentUrl()).isEqualTo(url(path));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	private String text(String selector) {
		return this.browser.findElement(By.cssSelector(selector)).getText();
	}

	/**
	 * A controller as of an application that began with the sample.
	 */
	@RestController
	static class OtherController {

		private final RestClient ultraCart;

		OtherController(@UltraCartApi RestClient ultraCart) {
			this.ultraCart = ultraCart;
		}

		@GetMapping("/other/refused-by-ultracart")
		String refusedByUltraCart() {
			return this.ultraCart.get()
				.uri("/order/orders?creation_date_begin=2026-11-01T00:00:00Z")
				.retrieve()
				.requiredBody(String.class);
		}

		@GetMapping("/other/refused")
		String refused() {
			throw new AccessDeniedException("not today");
		}

	}

}
