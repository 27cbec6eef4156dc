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

package io.github.ultracartsso.sample.story;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.sample.SampleApplication;
import io.github.ultracartsso.sample.SimulatedOrders;
import io.github.ultracartsso.sample.SimulatedStaff;
import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.TakesScreenshot;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story of a user of the back office, in the browser of a subclass.
 */
@SpringBootTest(classes = { SampleApplication.class, SimulatedStaff.class },
		webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureUltraCartSimulator
abstract class BackofficeStory {

	@LocalServerPort
	private int port;

	@Autowired
	private UltraCartSimulator ultraCart;

	@Autowired
	private SimulatedOrders orders;

	private WebDriver browser;

	private boolean opened;

	abstract WebDriver openBrowser();

	@BeforeEach
	void setUp() {
		this.orders.restore();
		this.browser = openBrowser();
		this.opened = true;
	}

	@AfterEach
	void tearDown() {
		// a machine without the browser skips the story before one is opened
		if (this.opened) {
			this.browser.quit();
		}
	}

	@Test
	void storyWhenDeepLinkThenSignsInWorksAndSignsOut() {
		goTo("/items/101");
		awaitUltraCart();
		screenshot("1-ultracart-login");

		signInAs("Carl!items");
		awaitPage("/items/101");
		awaitText("#user-name", "Carl Cataloguer");
		assertThat(navigation()).containsExactly("Home", "Items", "Orders", "About");
		assertThat(this.browser.findElements(By.id("edit"))).isEmpty();
		screenshot("2-deep-link");

		goTo("/");
		assertThat(find("#rights").getText()).contains("View Items", "hasRole('VIEW_ITEMS')");
		screenshot("3-home");

		goTo("/users");
		awaitText("h1", "You may not do this");
		awaitText("#requirement", "Edit Users");
		screenshot("4-refused");

		find("#sign-out").click();
		awaitPage("/login?logout");
		awaitText("main", "You have been signed out.");
		assertThat(this.ultraCart).hasNoLiveKeys();
		screenshot("5-signed-out");

		this.browser.navigate().back();
		goTo("/items/101");
		awaitUltraCart();
	}

	@Test
	void storyWhenCancelledThenExplainedAndTriedAgain() {
		goTo("/shipping");
		find("#cancel").click();
		awaitPage("/login?error=denied");
		awaitText("main", "The sign-in was cancelled");
		screenshot("6-cancelled");

		find("#ultracart-sign-in").click();
		awaitUltraCart();
		signInAs("wanda");
		awaitPage("/");
		assertThat(navigation()).containsExactly("Home", "Shipping", "Orders", "About");
	}

	@Test
	void storyWhenPermittedThenChangesAnItem() {
		goTo("/items/101/edit");
		signInAs("olivia");
		WebElement price = find("#price");
		price.clear();
		price.sendKeys("12.34");
		find("#save").click();
		awaitPage("/items/101");
		assertThat(find("#message").getText()).isNotEmpty();
		awaitText("#item-price", "12.34");
		screenshot("7-changed");
	}

	@Test
	void storyWhenTwoTabsThenEachReturnsToItsOwnPage() {
		goTo("/items/101");
		String first = this.browser.getWindowHandle();
		this.browser.switchTo().newWindow(WindowType.TAB);
		goTo("/items/102");
		signInAs("olivia");
		awaitPage("/items/102");
		this.browser.switchTo().window(first);
		signInAs("olivia");
		awaitPage("/items/101");
	}

	@Test
	void storyWhenOrdersThenUltraCartDecidesAndItsKeyLasts() {
		goTo("/orders");
		signInAs("wanda");
		awaitPage("/orders");
		awaitText("#refusal", "You do not have permission");
		assertThat(find("#request-id").getText()).isNotEmpty();
		screenshot("8-refused-by-ultracart");

		find("#sign-out").click();
		awaitPage("/login?logout");
		goTo("/orders");
		signInAs("sam");
		awaitPage("/orders");
		awaitText("#order-DEMO-1002", "Omar Haddad");
		screenshot("9-orders");
		find("#older").click();
		awaitText("#range", "21 to 40");
		awaitText("#order-DEMO-0983", "DEMO-0983");
		screenshot("9-older-orders");
		find("#newer").click();
		awaitText("#range", "1 to 20");
		find("#order-DEMO-1002 .delete").click();
		screenshot("10-delete");
		find("#delete").click();
		awaitText("h1", "UltraCart does not let you do this");

		goTo("/orders/DEMO-1002/delete");
		this.ultraCart.revokeAll();
		find("#delete").click();
		awaitUltraCart();
		goTo("/orders");
		awaitUltraCart();
		signInAs("olivia");
		awaitPage("/orders");
		find("#order-DEMO-1003 .delete").click();
		find("#delete").click();
		awaitPage("/orders");
		awaitText("#message", "DEMO-1003");
		assertThat(this.browser.findElements(By.id("order-DEMO-1003"))).isEmpty();
	}

	@Test
	void storyWhenUltraCartHoldsCallsBackThenSaysWhenToComeBack() {
		goTo("/orders");
		signInAs("sam");
		awaitPage("/orders");
		this.ultraCart.clearCalls();
		this.ultraCart.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ofSeconds(2)));
		goTo("/orders");
		awaitText("h1", "UltraCart is busy");
		awaitText("#retry-after", "Try again in 2 seconds.");
		screenshot("11-busy");

		goTo("/orders");
		awaitText("h1", "UltraCart is busy");
		assertThat(this.ultraCart.calls(SimulatedOperation.RESOURCE)).as("the second is not sent").hasSize(1);

		new WebDriverWait(this.browser, Duration.ofSeconds(30)).until((browser) -> {
			goTo("/orders");
			return !browser.findElements(By.id("orders")).isEmpty();
		});
	}

	private void awaitPage(String path) {
		new WebDriverWait(this.browser, Duration.ofSeconds(30)).until(ExpectedConditions.urlToBe(url(path)));
	}

	private void awaitUltraCart() {
		new WebDriverWait(this.browser, Duration.ofSeconds(30))
			.until(ExpectedConditions.titleIs("UltraCart simulator"));
	}

	/**
	 * Waits for a text, which may be on the page that a click opens: the page before has
	 * the same elements, and goes away while it is read.
	 */
	private void awaitText(String selector, String text) {
		new WebDriverWait(this.browser, Duration.ofSeconds(30))
			.until(ExpectedConditions.textToBePresentInElementLocated(By.cssSelector(selector), text));
	}

	private void goTo(String path) {
		this.browser.get(url(path));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

	private void signInAs(String login) {
		find("button[value='" + login + "']").click();
	}

	private WebElement find(String selector) {
		return new WebDriverWait(this.browser, Duration.ofSeconds(30))
			.until(ExpectedConditions.presenceOfElementLocated(By.cssSelector(selector)));
	}

	private List<String> navigation() {
		return this.browser.findElements(By.cssSelector("#nav a")).stream().map(WebElement::getText).toList();
	}

	private void screenshot(String name) {
		if (this.browser instanceof TakesScreenshot camera) {
			try {
				Path folder = Files.createDirectories(Path.of("target", "screenshots"));
				Files.write(folder.resolve(name + ".png"), camera.getScreenshotAs(OutputType.BYTES));
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		}
	}

}
