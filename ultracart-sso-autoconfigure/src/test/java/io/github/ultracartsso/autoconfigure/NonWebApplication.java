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

package io.github.ultracartsso.autoconfigure;

import java.util.Arrays;
import java.util.function.Supplier;

import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.web.api.UltraCartApi;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * A batch job that calls UltraCart.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class NonWebApplication implements Supplier<String> {

	@Bean
	Runnable job(UltraCartSsoClient client, @UltraCartApi RestClient restClient) {
		return () -> restClient.get().uri("/order/orders").retrieve().toBodilessEntity();
	}

	/**
	 * Starts the application, runs its job without a signed-in user, and stops it.
	 * @return the names of its beans, and the class of the exception that the job throws
	 */
	@Override
	public String get() {
		SpringApplication application = new SpringApplication(NonWebApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run("--spring.main.banner-mode=off",
				"--ultracart.sso.simple-key=key-of-a-job")) {
			return Arrays.toString(context.getBeanDefinitionNames()) + runJob(context);
		}
	}

	private static String runJob(ApplicationContext context) {
		try {
			context.getBean("job", Runnable.class).run();
			return "";
		}
		catch (RuntimeException ex) {
			return ex.getClass().getName();
		}
	}

}
