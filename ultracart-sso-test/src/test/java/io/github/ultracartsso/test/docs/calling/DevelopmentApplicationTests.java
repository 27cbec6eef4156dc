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

package io.github.ultracartsso.test.docs.calling;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.ultracartsso.test.UltraCartSimulator;
import io.github.ultracartsso.test.docs.MarkdownPage;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.htmlunit.HtmlUnitDriver;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader sees who tries {@code docs/how-to/calling-ultracart.md} in a browser. The
 * application has the properties and the template of the page.
 */
class DevelopmentApplicationTests {

	private static final String PROPERTIES = "application-development.yml";

	/**
	 * The resources that the page shows.
	 */
	private static final Map<String, String> PAGE = MarkdownPage.read(Path.of("docs", "how-to", "calling-ultracart.md"))
		.files("src/main/resources/");

	private static final BlockingQueue<ConfigurableApplicationContext> started = new LinkedBlockingQueue<>();

	private static ConfigurableApplicationContext application;

	private final WebDriver browser = new HtmlUnitDriver();

	@BeforeAll
	static void start(@TempDir Path resources) throws Exception {
		Files.writeString(resources.resolve(PROPERTIES), PAGE.get(PROPERTIES));
		DevelopmentApplication.main(new String[] { "--spring.profiles.active=development", "--server.port=0",
				"--spring.config.additional-location=" + resources.toUri(),
				"--spring.main.sources=" + Started.class.getName() });
		application = started.poll(10, TimeUnit.SECONDS);
		assertThat(application).isNotNull();
	}

	@AfterAll
	static void stop() {
		if (application != null) {
			application.close();
		}
	}

	@AfterEach
	void tearDown() {
		this.browser.quit();
		application.getBean(UltraCartSimulator.class).clearFaults();
	}

	@Test
	void templateThenThatOfThePage() throws IOException {
		String name = "templates/ultracart-problem.html";
		assertThat(new ClassPathResource(name).getContentAsString(StandardCharsets.UTF_8)).isEqualTo(PAGE.get(name));
	}

	@Test
	void ordersWhenJaneThenThoseOfTheSimulator() {
		openOrdersAs("jane");
		assertThat(this.browser.getPageSource()).startsWith("""
				[{"orderId":"DEMO-1","creationDts":"2026-11-18T09:00:00-05:00","currencyCode":"EUR"},""");
	}

	@Test
	void ordersWhenJoeThenProblemPageSaysWhatUltraCartSays() {
		openOrdersAs("joe");
		assertThat(find("h1")).isEqualTo("You do not have permission to do this.");
		assertThat(find("code")).matches("[0-9A-F]{31}");
		assertThat(this.browser.getPageSource()).doesNotContain("Try again later", "DEMO-1");
		this.browser.findElement(By.cssSelector("a")).click();
		assertThat(this.browser.getPageSource()).isNotEmpty();
		assertThat(this.browser.getCurrentUrl()).isEqualTo(url("/"));
	}

	@Test
	void ordersWhenUltraCartIsBusyThenProblemPageSaysToComeBack() {
		application.getBean(UltraCartSimulator.class)
			.answerNext(SimulatedOperation.RESOURCE, SimulatedFault.rateLimited(Duration.ZERO));
		openOrdersAs("jane");
		assertThat(find("p")).isEqualTo("Try again later.");
	}

	private void openOrdersAs(String login) {
		this.browser.get(url("/orders"));
		this.browser.findElement(By.cssSelector("button[value='" + login + "']")).click();
	}

	private String find(String selector) {
		return this.browser.findElement(By.cssSelector(selector)).getText();
	}

	private static String url(String path) {
		return "http://localhost:" + application.getEnvironment().getProperty("local.server.port") + path;
	}

	/**
	 * Hands over the application, which has been started by its own main method.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Started implements ApplicationListener<ApplicationReadyEvent> {

		@Override
		public void onApplicationEvent(ApplicationReadyEvent event) {
			started.add(event.getApplicationContext());
		}

	}

}
