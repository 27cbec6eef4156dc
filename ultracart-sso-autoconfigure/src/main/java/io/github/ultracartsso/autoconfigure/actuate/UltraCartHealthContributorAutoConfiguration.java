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

import io.github.ultracartsso.autoconfigure.client.UltraCartSharedLimits;
import io.github.ultracartsso.autoconfigure.client.UltraCartSsoClientAutoConfiguration;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.RefreshPace;
import io.github.ultracartsso.login.LoginStartBudget;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the health contributor {@code ultracartSso}, which reports
 * whether UltraCart accepts the application and makes no call itself.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoClientAutoConfiguration.class)
@ConditionalOnClass({ HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnEnabledHealthIndicator("ultracartsso")
@ConditionalOnBean(UltraCartSsoClient.class)
public final class UltraCartHealthContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean(name = { "ultracartSsoHealthIndicator", "ultracartSsoHealthContributor" })
	UltraCartSsoHealthIndicator ultracartSsoHealthIndicator(ObjectProvider<CallGate> callGate,
			ObjectProvider<LoginStartBudget> startBudget, ObjectProvider<RefreshPace> refreshPace,
			ObjectProvider<UltraCartSharedLimits> shared) {
		UltraCartSharedLimits limits = shared.getIfUnique();
		return new UltraCartSsoHealthIndicator(callGate.getIfUnique(), startBudget.getIfUnique(),
				refreshPace.getIfUnique(), (limits != null) ? limits.store() : null);
	}

}
