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
import java.util.Map;
import java.util.regex.Pattern;

import io.github.ultracartsso.sample.SampleApplication;
import io.github.ultracartsso.sample.cluster.ChildProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The simulator as a program, beside the back office that a plain file connects to it.
 * What is done in the console is seen in the application.
 */
class ConsoleTests {

	private static final String CONFIGURATION = """
			server:
			  port: 0
			ultracart:
			  sso:
			    base-url: %s
			    simple-key: ultracart-simulator
			    session:
			      refresh-interval: 1s
			""";

	private WebDriver browser;

	private SimulatorProgram simulator;

	private ChildProcess application;

	private String console;

	private String backoffice;

	@BeforeEach
	void setUp(@TempDir Path directory) throws IOException {
		this.browser = Chromium.open();
		this.simulator = new SimulatorProgram();
		Path configuration = Files.writeString(directory.resolve("application.yml"),
				CONFIGURATION.formatted(this.simulator.baseUrl()));
		this.application = ChildProcess.start(
				ChildProcess.java(SampleApplication.class,
						List.of("--spring.config.additional-location=" + configuration.toUri())),
				Pattern.compile("Tomcat started on port (\\d+)"));
		this.backoffice = this.browser.getWindowHandle();
		this.browser.switchTo().newWindow(WindowType.TAB);
		this.browser.get(this.simulator.consoleUrl());
		this.console = this.browser.getWindowHandle();
	}

	@AfterEach
	void tearDown() {
		for (AutoCloseable closeable : new AutoCloseable[] { this.application, this.simulator,
				(this.browser != null) ? this.browser::quit : null }) {
			close(closeable);
		}
	}

	@Test
	void storyWhenFaultIsOnThenSeenInTheApplicationUntilOff() {
		new Select(find("select[name=operation]")).selectByVisibleText("AUTHORIZE");
		new Select(find("select[name=fault]")).selectByValue("UNAVAILABLE");
		press("fault-always");
		assertThat(find("#active-faults").getText()).contains("AUTHORIZE every call: 503, not available");

		goTo("/items/101");
		await(ExpectedConditions.urlToBe(url("/login?error=unavailable")));
		screenshot("fault");

		this.browser.switchTo().window(this.console);
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("calls-table"), "503"));
		press("clear-faults");

		goTo("/items/101");
		signInAs("olivia");
		await(ExpectedConditions.urlToBe(url("/items/101")));
		assertThat(find("#user-name").getText()).isEqualTo("Olivia Owner");

		this.browser.switchTo().window(this.console);
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("sessions-table"), "olivia"));
		assertThat(find("#calls-table").getText()).contains("GET /sso/session/user 200 olivia (session 1)");
		this.browser.get(this.simulator.consoleUrl());
		screenshot("console");
	}

	@Test
	void storyWhenSessionIsEndedThenItEndsInTheApplication() {
		goTo("/items/101");
		signInAs("olivia");
		await(ExpectedConditions.urlToBe(url("/items/101")));

		this.browser.switchTo().window(this.console);
		// without a reload
		await(ExpectedConditions.textToBePresentInElementLocated(By.id("sessions-table"), "olivia"));
		press("end-session");
		assertThat(find("#sessions-table").getText()).contains("No user is signed in.");

		this.browser.switchTo().window(this.backoffice);
		new WebDriverWait(this.browser, Duration.ofSeconds(30)).until((browser) -> {
			browser.get(url("/items/101"));
			return "UltraCart simulator".equals(browser.getTitle());
		});
		screenshot("session-ended");
	}

	@Test
	void storyWhenPermissionIsTakenThenTheApplicationRefuses() {
		goTo("/items/101");
		signInAs("olivia");
		await(ExpectedConditions.urlToBe(url("/items/101")));

		this.browser.switchTo().window(this.console);
		find("[data-user=olivia] summary").click();
		find("[data-user=olivia] input[value='View Items']").click();
		screenshot("console-user");
		find("[data-user=olivia] button[value=save-user]").click();

		this.browser.switchTo().window(this.backoffice);
		new WebDriverWait(this.browser, Duration.ofSeconds(30)).until((browser) -> {
			browser.get(url("/items/101"));
			return "You may not do this".equals(browser.findElement(By.tagName("h1")).getText());
		});
	}

	@Test
	void consoleWhenBrowserPrefersDarkThenDark() {
		assertThat(backgroundBrightness()).isGreaterThan(200);
		((ChromeDriver) this.browser).executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
		assertThat(backgroundBrightness()).isLessThan(60);
		screenshot("console-dark");
	}

	@Test
	void consoleWhenAnotherSiteSubmitsAFormThenRefused() {
		this.browser.get("data:text/html,<form method=post action='" + this.simulator.consoleUrl()
				+ "/DEMO'><button name=action value=remove-user>Go</button><input name=login value=olivia></form>");
		find("button").click();
		await(ExpectedConditions.textToBePresentInElementLocated(By.tagName("h1"), "This form comes from elsewhere"));
		this.browser.get(this.simulator.consoleUrl());
		assertThat(find("#users").getText()).contains("olivia");
	}

	private int backgroundBrightness() {
		String color = find("body").getCssValue("background-color");
		return Integer.parseInt(color.replaceFirst("rgba?\\((\\d+),.*", "$1"));
	}

	private void press(String action) {
		WebElement button = find("button[value=" + action + "]");
		button.click();
		await(ExpectedConditions.stalenessOf(button));
	}

	private void goTo(String path) {
		this.browser.switchTo().window(this.backoffice);
		this.browser.get(url(path));
	}

	private String url(String path) {
		return "http://localhost:" + this.application.ready().group(1) + path;
	}

	private void signInAs(String login) {
		await(ExpectedConditions.titleIs("UltraCart simulator"));
		find("button[value='" + login + "']").click();
	}

	private void await(ExpectedCondition<?> condition) {
		new WebDriverWait(this.browser, Duration.ofSeconds(30)).until(condition);
	}

	private WebElement find(String selector) {
		return this.browser.findElement(By.cssSelector(selector));
	}

	private void screenshot(String name) {
		try {
			Path folder = Files.createDirectories(Path.of("target", "screenshots"));
			Files.write(folder.resolve("simulator-" + name + ".png"),
					((ChromeDriver) this.browser).getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	private static void close(AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
