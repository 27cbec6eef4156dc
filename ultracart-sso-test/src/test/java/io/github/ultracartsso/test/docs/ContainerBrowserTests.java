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

package io.github.ultracartsso.test.docs;

import io.github.ultracartsso.test.AutoConfigureUltraCartSimulator;
import io.github.ultracartsso.test.UltraCartSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.Testcontainers;
import org.testcontainers.containers.GenericContainer;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a browser in a container, which curl stands for here, reaches the login page
 * of the simulator. It needs Docker, and is skipped elsewhere.
 */
@EnabledIf("isDockerThere")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "ultracart.sso.development.plain-http-hosts=host.testcontainers.internal")
@AutoConfigureUltraCartSimulator
class ContainerBrowserTests {

	private final GenericContainer<?> browser = new GenericContainer<>("curlimages/curl").withAccessToHost(true)
		.withCreateContainerCmdModifier((command) -> command.withEntrypoint("sleep", "600"));

	static boolean isDockerThere() {
		return DockerClientFactory.instance().isDockerAvailable();
	}

	@BeforeEach
	void startBrowser(@LocalServerPort int port, @Autowired UltraCartSimulator ultraCart) {
		Testcontainers.exposeHostPorts(port, ultraCart.baseUrl().getPort());
		this.browser.start();
	}

	@AfterEach
	void stopBrowser() {
		this.browser.stop();
	}

	@Test
	void loginWhenBrowserIsInAContainerThenReachesTheSimulator(@LocalServerPort int port) throws Exception {
		String page = this.browser
			.execInContainer("curl", "--silent", "--location", "--cookie-jar", "/tmp/cookies", "--header",
					"Accept: text/html", "http://host.testcontainers.internal:" + port + "/")
			.getStdout();
		assertThat(page).contains("UltraCart simulator");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
