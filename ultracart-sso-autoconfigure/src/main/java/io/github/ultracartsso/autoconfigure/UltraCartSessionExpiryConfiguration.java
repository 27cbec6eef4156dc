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

import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.web.session.UltraCartSessionDestroyedListener;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/**
 * Revokes the keys of users whose sessions end without a sign-out. It hears of such ends
 * from the container, with which Spring Boot registers the publisher, or from Spring
 * Session, which looks for it itself.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "ultracart.sso.logout.revoke-on-session-expiry", matchIfMissing = true)
class UltraCartSessionExpiryConfiguration {

	@Bean
	@ConditionalOnMissingBean(parameterizedContainer = ServletListenerRegistrationBean.class)
	HttpSessionEventPublisher ultraCartHttpSessionEventPublisher() {
		return new HttpSessionEventPublisher();
	}

	@Bean
	@ConditionalOnMissingBean
	@ConditionalOnSingleCandidate(SsoSessionRepository.class)
	UltraCartSessionDestroyedListener ultraCartSessionDestroyedListener(SsoSessionRepository ssoSessionRepository,
			SsoSessionRevoker revoker) {
		return new UltraCartSessionDestroyedListener(ssoSessionRepository, revoker);
	}

}
