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

import java.time.Clock;
import java.time.Duration;

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessionWatch;
import io.github.ultracartsso.session.SsoSessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Auto-configuration for SSO sessions, without the servlet API: the policy of sessions,
 * {@link SsoSessions}, {@link CurrentSsoSessions} and {@link SsoSessionWatch} in every
 * application, and in a web application also how the keys of users are encrypted and
 * revoked.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoClientAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(CheckedUltraCartSsoProperties.class)
@Import({ UltraCartSecretSealerConfiguration.class, UltraCartSsoSessionRevokerConfiguration.class })
public final class UltraCartSsoSessionAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SsoSessionPolicy ultraCartSsoSessionPolicy(CheckedUltraCartSsoProperties checked) {
		UltraCartSsoProperties.Session session = checked.properties().session();
		Duration readTimeout = checked.properties().http().getReadTimeout();
		return new SsoSessionPolicy(session.ipLock(), session.refreshInterval(),
				(readTimeout != null) ? readTimeout : SsoSessionPolicy.DEFAULTS.refreshTimeout(), session.maxAge(),
				session.unknownExpiryMaxAge());
	}

	@Bean
	@ConditionalOnMissingBean
	SsoSessions ultraCartSsoSessions(SsoSessionPolicy policy, ApplicationEventPublisher eventPublisher,
			ObjectProvider<Clock> clock) {
		SsoSessions ssoSessions = new SsoSessions(policy);
		ssoSessions.setApplicationEventPublisher(eventPublisher);
		clock.ifUnique(ssoSessions::setClock);
		return ssoSessions;
	}

	@Bean
	@ConditionalOnMissingBean
	CurrentSsoSessions ultraCartCurrentSsoSessions(SsoSessions ssoSessions,
			ObjectProvider<SecurityContextHolderStrategy> securityContextHolderStrategy) {
		CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(ssoSessions);
		securityContextHolderStrategy.ifUnique(currentSsoSessions::setSecurityContextHolderStrategy);
		return currentSsoSessions;
	}

	@Bean
	@ConditionalOnMissingBean
	SsoSessionWatch ultraCartSsoSessionWatch(SsoSessions ssoSessions) {
		return new SsoSessionWatch(ssoSessions);
	}

}
