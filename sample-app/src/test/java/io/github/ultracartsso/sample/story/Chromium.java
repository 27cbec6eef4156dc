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

import java.io.File;

import io.github.ultracartsso.sample.InstalledProgram;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/**
 * Opens a real browser. A test is skipped on a machine without Chromium and ChromeDriver,
 * unless the environment variable {@code ULTRACART_TEST_BROWSER} is {@code required}.
 */
final class Chromium {

	private Chromium() {
	}

	static WebDriver open(String... arguments) {
		File browser = find("chromium", "chromium-browser", "google-chrome");
		File driver = find("chromedriver");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1200,900");
		options.addArguments(arguments);
		return new ChromeDriver(
				new ChromeDriverService.Builder().usingDriverExecutable(driver).usingAnyFreePort().build(), options);
	}

	private static File find(String... names) {
		return new InstalledProgram("ULTRACART_TEST_BROWSER",
				"Chromium and ChromeDriver are not installed; HtmlUnit tells the story of the back office", names)
			.get();
	}

}
