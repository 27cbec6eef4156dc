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
package io.github.ultracartsso.autoconfigure.actuate;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration;
import org.springframework.boot.actuate.security.AbstractAuthenticationAuditListener;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration that audits logins and sessions, if the application has an
 * {@link AuditEventRepository}. It precedes Spring Boot's own, whose listener for logins
 * gives way.
 *
 * @since 0.1
 */
@AutoConfiguration(before = AuditAutoConfiguration.class)
@ConditionalOnClass({ AuditEventRepository.class, AuditAutoConfiguration.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = { "ultracart.sso.enabled", "management.auditevents.enabled" },
		matchIfMissing = true)
@ConditionalOnBean(AuditEventRepository.class)
public final class UltraCartAuditAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(AbstractAuthenticationAuditListener.class)
	UltraCartAuthenticationAuditListener ultraCartAuthenticationAuditListener() {
		return new UltraCartAuthenticationAuditListener();
	}

	@Bean
	UltraCartSessionAuditListener ultraCartSessionAuditListener(ApplicationEventPublisher eventPublisher) {
		return new UltraCartSessionAuditListener(eventPublisher);
	}

}
