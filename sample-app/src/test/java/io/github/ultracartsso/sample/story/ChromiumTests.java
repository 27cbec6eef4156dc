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
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The story in a real browser. It is skipped on a machine without Chromium and
 * ChromeDriver, unless the environment variable {@code ULTRACART_TEST_BROWSER} is
 * {@code required}.
 */
class ChromiumTests extends BackofficeStory {

	@Override
	WebDriver openBrowser() {
		Optional<File> browser = find("chromium", "chromium-browser", "google-chrome");
		Optional<File> driver = find("chromedriver");
		if ("required".equals(System.getenv("ULTRACART_TEST_BROWSER"))) {
			assertThat(browser).as("Chromium on the path").isPresent();
			assertThat(driver).as("ChromeDriver on the path").isPresent();
		}
		Assumptions.assumeTrue(browser.isPresent() && driver.isPresent(),
				"Chromium and ChromeDriver are not installed; HtmlUnit tells the same story");
		ChromeOptions options = new ChromeOptions();
		options.setBinary(browser.orElseThrow());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--window-size=1200,900");
		return new ChromeDriver(new ChromeDriverService.Builder().usingDriverExecutable(driver.orElseThrow())
			.usingAnyFreePort()
			.build(), options);
	}

	private static Optional<File> find(String... names) {
		String path = System.getenv().getOrDefault("PATH", "");
		return Arrays.stream(names)
			.flatMap((name) -> Stream.of(path.split(File.pathSeparator)).map((folder) -> new File(folder, name)))
			.filter(File::canExecute)
			.findFirst();
	}

}
