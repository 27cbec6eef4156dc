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

package io.github.ultracartsso.autoconfigure.web;

import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.autoconfigure.session.UltraCartSsoSessionAutoConfiguration;
import io.github.ultracartsso.web.session.CurrentSsoSessionArgumentResolver;
import org.junit.jupiter.api.Test;

import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartWebMvcAutoConfiguration}.
 */
class UltraCartWebMvcAutoConfigurationTests {

	@Test
	void configurerWhenServletApplicationThenControllersMayHaveTheSsoSession() {
		TestApplication.configured().run((context) -> {
			List<HandlerMethodArgumentResolver> resolvers = new ArrayList<>();
			context.getBean("ultraCartWebMvcConfigurer", WebMvcConfigurer.class).addArgumentResolvers(resolvers);
			assertThat(resolvers).hasExactlyElementsOfTypes(CurrentSsoSessionArgumentResolver.class);
		});
	}

	@Test
	void configurerWhenNoSsoSessionsThenNone() {
		TestApplication.without(UltraCartSsoSessionAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("ultraCartWebMvcConfigurer"));
	}

	@Test
	void configurerWhenNoWebApplicationThenNone() {
		TestApplication.nonWeb()
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(WebMvcConfigurer.class));
	}

}
