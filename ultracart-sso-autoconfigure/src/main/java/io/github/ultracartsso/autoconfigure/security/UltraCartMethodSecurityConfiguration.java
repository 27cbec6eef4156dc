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

package io.github.ultracartsso.autoconfigure.security;

import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;

/**
 * Enables method security, unless the application has configured it itself. The condition
 * is not on the auto-configuration, because there it would find the annotation of that.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnMissingBean(annotation = EnableMethodSecurity.class,
		name = { "preAuthorizeAuthorizationMethodInterceptor", "methodSecurityInterceptor" })
@EnableMethodSecurity
class UltraCartMethodSecurityConfiguration {

}
