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
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login in a real browser that reaches application and simulator over plain http under
 * another name than localhost, as a browser in a container does.
 */
@SpringBootTest(classes = { SampleApplication.class, SimulatedStaff.class },
		webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "ultracart.sso.development.plain-http-hosts=backoffice")
class PlainHttpTests {

	@Test
	void loginWhenHostIsListedThenSignedIn(@LocalServerPort int port) {
		WebDriver browser = Chromium.open("--host-resolver-rules=MAP backoffice 127.0.0.1");
		try {
			browser.get("http://backoffice:" + port + "/items/101");
			WebDriverWait wait = new WebDriverWait(browser, Duration.ofSeconds(20));
			wait.until(ExpectedConditions.urlContains("/merchant/sso/login.do"));
			assertThat(browser.getCurrentUrl()).startsWith("http://backoffice:");
			browser.findElement(By.cssSelector("[data-login='Carl!items']")).click();
			wait.until(ExpectedConditions.urlToBe("http://backoffice:" + port + "/items/101"));
			assertThat(browser.findElement(By.id("user-name")).getText()).isEqualTo("Carl Cataloguer");
		}
		finally {
			browser.quit();
		}
	}

}
