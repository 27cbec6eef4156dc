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

package io.github.ultracartsso.autoconfigure.session;

import io.github.ultracartsso.session.sealing.SecretSealer;
import io.github.ultracartsso.autoconfigure.TestApplication;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link UltraCartHttpSessionAutoConfiguration}.
 */
class UltraCartHttpSessionAutoConfigurationTests {

	@Test
	void repositoryWhenServletApplicationThenInHttpSession() {
		TestApplication.configured()
			.run((context) -> assertThat(context).hasSingleBean(HttpSessionSsoSessionRepository.class));
	}

	@Test
	void configurationWhenOwnSessionRepositoryThenBacksOff() {
		SsoSessionRepository repository = mock(SsoSessionRepository.class);
		TestApplication.configured()
			.withBean("myRepository", SsoSessionRepository.class, () -> repository)
			.run((context) -> assertThat(context).getBean(SsoSessionRepository.class).isSameAs(repository));
	}

	@Test
	void repositoryWhenNoWebApplicationThenNone() {
		TestApplication.nonWeb().run((context) -> assertThat(context).doesNotHaveBean(SsoSessionRepository.class));
	}

	@Test
	void repositoryWhenNothingSealsThenNone() {
		TestApplication.without(UltraCartSsoSessionAutoConfiguration.class)
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(SecretSealer.class)
				.doesNotHaveBean(SsoSessionRepository.class));
	}

}
