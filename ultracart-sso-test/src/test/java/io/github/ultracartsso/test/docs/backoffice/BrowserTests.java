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

import java.time.Duration;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureUltraCartSimulator(usersFile = "users/staff.json")
class BrowserTests {

	private final WebDriver browser = new HtmlUnitDriver();

	@AfterEach
	void quit() {
		this.browser.quit();
	}

	@Test
	void signInAndOut(@LocalServerPort int port, @Autowired UltraCartSimulator ultraCart) {
		this.browser.get("http://localhost:" + port + "/items");
		this.browser.findElement(By.cssSelector("button[value='Jane!ops']")).click();
		assertThat(this.browser.getPageSource()).contains("All items");

		this.browser.get("http://localhost:" + port + "/logout");
		this.browser.findElement(By.cssSelector("button")).click();
		new WebDriverWait(this.browser, Duration.ofSeconds(10)).until(ExpectedConditions.urlContains("/login?logout"));
		assertThat(ultraCart).hasNoLiveKeys();
	}

}
