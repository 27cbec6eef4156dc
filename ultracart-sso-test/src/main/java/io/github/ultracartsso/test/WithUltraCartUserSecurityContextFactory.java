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

package io.github.ultracartsso.test;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.test.context.support.WithSecurityContextFactory;

/**
 * Makes the security context of {@link WithUltraCartUser}.
 */
final class WithUltraCartUserSecurityContextFactory implements WithSecurityContextFactory<WithUltraCartUser> {

	private final BeanFactory beans;

	WithUltraCartUserSecurityContextFactory(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public SecurityContext createSecurityContext(WithUltraCartUser annotation) {
		Authentication authentication = new SimulatedLogin(this.beans).authenticate(TestUser.of(annotation),
				MockHttpServletRequest.DEFAULT_REMOTE_ADDR);
		SecurityContext context = SecurityContextHolder.getContextHolderStrategy().createEmptyContext();
		context.setAuthentication(authentication);
		return context;
	}

}
