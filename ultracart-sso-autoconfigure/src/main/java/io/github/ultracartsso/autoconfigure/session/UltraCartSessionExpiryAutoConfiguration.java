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

import io.github.ultracartsso.session.SsoSessionRevoker;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import io.github.ultracartsso.web.session.UltraCartSessionDestroyedListener;
import jakarta.servlet.http.HttpSession;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.web.session.HttpSessionEventPublisher;

/**
 * Auto-configuration that revokes the key of a user whose HTTP session ends without a
 * sign-out. The end is reported by the container, at which Spring Boot registers the
 * {@link HttpSessionEventPublisher}, or by Spring Session, which looks up that bean.
 *
 * @since 0.1
 */
@AutoConfiguration(after = { UltraCartSsoSessionAutoConfiguration.class, UltraCartHttpSessionAutoConfiguration.class })
@ConditionalOnClass({ HttpSession.class, HttpSessionEventPublisher.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = { "ultracart.sso.enabled", "ultracart.sso.logout.revoke-on-session-expiry" },
		matchIfMissing = true)
@ConditionalOnBean(SsoSessionRevoker.class)
public final class UltraCartSessionExpiryAutoConfiguration {

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
