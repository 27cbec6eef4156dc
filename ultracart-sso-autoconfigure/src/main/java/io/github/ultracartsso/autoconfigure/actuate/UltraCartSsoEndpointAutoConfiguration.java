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

import io.github.ultracartsso.autoconfigure.CheckedUltraCartSsoProperties;
import io.github.ultracartsso.autoconfigure.UltraCartSsoWarnings;
import io.github.ultracartsso.autoconfigure.properties.UltraCartSsoPropertiesAutoConfiguration;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the actuator endpoint {@code ultracartsso}, if it is exposed.
 *
 * @since 0.1
 */
@AutoConfiguration(after = UltraCartSsoPropertiesAutoConfiguration.class)
@ConditionalOnClass({ Endpoint.class, ConditionalOnAvailableEndpoint.class })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "ultracart.sso.enabled", matchIfMissing = true)
@ConditionalOnBean(CheckedUltraCartSsoProperties.class)
@ConditionalOnAvailableEndpoint(UltraCartSsoEndpoint.class)
public final class UltraCartSsoEndpointAutoConfiguration {

	@Bean
	UltraCartSsoCounts ultraCartSsoCounts() {
		return new UltraCartSsoCounts();
	}

	@Bean
	@ConditionalOnMissingBean
	UltraCartSsoEndpoint ultraCartSsoEndpoint(CheckedUltraCartSsoProperties checked, UltraCartSsoWarnings warnings,
			UltraCartSsoCounts counts, ConfigurableListableBeanFactory beans) {
		return new UltraCartSsoEndpoint(checked, warnings, counts, beans);
	}

}
