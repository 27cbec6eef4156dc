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

import java.time.Duration;

import io.github.ultracartsso.sample.SampleApplication;
import io.github.ultracartsso.sample.SimulatedStaff;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Public pages whose scripts need a signed-in user: after the login the user is on the
 * page again.
 */
@SpringBootTest(classes = { SampleApplication.class, SimulatedStaff.class },
		properties = "ultracart.sso.permit-all=/scripts/**,/webjars/**", webEnvironment = WebEnvironment.RANDOM_PORT)
class ScriptTests {

	@LocalServerPort
	private int port;

	private final WebDriver browser = Chromium.open();

	@AfterEach
	void tearDown() {
		this.browser.quit();
	}

	@Test
	void pageWhenItsFetchIsUnauthenticatedThenShownAgainAfterTheLogin() {
		this.browser.get(url("/scripts/fetch.html"));
		signIn();
		await().until(ExpectedConditions.textToBe(By.id("items"), "8 items"));
		await().until(ExpectedConditions.urlToBe(url("/scripts/fetch.html?view=items")));
	}

	@Test
	void pageWhenItsHtmxRequestIsUnauthenticatedThenShownAgainAfterTheLogin() {
		this.browser.get(url("/scripts/htmx.html?view=items#list"));
		this.browser.findElement(By.id("load")).click();
		signIn();
		await().until(ExpectedConditions.urlToBe(url("/scripts/htmx.html?view=items#list")));
		this.browser.findElement(By.id("load")).click();
		await().until(ExpectedConditions.textToBePresentInElementLocated(By.id("items"), "101"));
	}

	private void signIn() {
		await().until(ExpectedConditions.titleIs("UltraCart simulator"));
		this.browser.findElement(By.cssSelector("button[value='olivia']")).click();
	}

	private WebDriverWait await() {
		return new WebDriverWait(this.browser, Duration.ofSeconds(30));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
