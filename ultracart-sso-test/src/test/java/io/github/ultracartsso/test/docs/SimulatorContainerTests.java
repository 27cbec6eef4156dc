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

import java.net.URI;

import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.UltraCartSsoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests an application whose UltraCart is the simulator in a container. It needs Docker
 * and the image, and is skipped elsewhere.
 */
@EnabledIf("isImageThere")
class SimulatorContainerTests {

	static boolean isImageThere() {
		return DockerClientFactory.instance().isDockerAvailable() && !DockerClientFactory.lazyClient()
			.listImagesCmd()
			.withReferenceFilter("ultracart-sso-simulator")
			.exec()
			.isEmpty();
	}

	@Test
	void loginWhenSimulatorInAContainerThenStartsThere() {
		try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, "--server.port=0")) {
			String loginUrl = context.getBean(UltraCartSsoClient.class)
				.authorize(new SingleSignOnAuthorizeRequest("http://localhost:8080/login/ultracart", "some-state"))
				.loginUrl();
			assertThat(URI.create(loginUrl)).hasHost("localhost").hasPath("/merchant/sso/login.do");
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(SimulatorContainerConfiguration.class)
	static class Application {

	}

}
