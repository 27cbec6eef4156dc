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
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for a repository that keeps SSO sessions in the HTTP session.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoSessionAutoConfiguration.class)
@ConditionalOnClass(HttpSession.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(SecretSealer.class)
public final class UltraCartHttpSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(SsoSessionRepository.class)
	HttpSessionSsoSessionRepository ultraCartSsoSessionRepository(SecretSealer secretSealer) {
		return new HttpSessionSsoSessionRepository(secretSealer);
	}

}
