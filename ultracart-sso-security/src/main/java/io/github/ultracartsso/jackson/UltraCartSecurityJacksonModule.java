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

package io.github.ultracartsso.jackson;

import java.io.Serial;

import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.session.SealedSsoSession;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import tools.jackson.core.Version;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import org.springframework.security.jackson.SecurityJacksonModule;

/**
 * Jackson module for the types of this library that HTTP sessions hold: the signed-in
 * user, the SSO session with its key encrypted, and pending logins. It allows these types
 * and no others.
 * <p>
 * An application that stores its sessions as JSON gets it, together with Spring
 * Security's own modules and the type validation that they need, from
 * {@link UltraCartSecurityJacksonModules}.
 *
 * @since 0.1
 */
public final class UltraCartSecurityJacksonModule extends SecurityJacksonModule {

	@Serial
	private static final long serialVersionUID = 1L;

	/**
	 * Creates the module.
	 */
	public UltraCartSecurityJacksonModule() {
		super(UltraCartSecurityJacksonModule.class.getName(), new Version(1, 0, 0, null, null, null));
	}

	/**
	 * Allows the types of this library.
	 * @param builder the builder of the validator
	 */
	@Override
	public void configurePolymorphicTypeValidator(BasicPolymorphicTypeValidator.Builder builder) {
		builder.allowIfSubType(UltraCartAuthenticationToken.class)
			.allowIfSubType(UltraCartUser.class)
			.allowIfSubType(SealedSsoSession.class)
			.allowIfSubType(PendingLogin.class);
	}

	@Override
	public void setupModule(SetupContext context) {
		context.setMixIn(UltraCartAuthenticationToken.class, UltraCartAuthenticationTokenMixin.class);
		context.setMixIn(UltraCartUser.class, UltraCartUserMixin.class);
		context.setMixIn(UltraCartUser.Builder.class, UltraCartUserBuilderMixin.class);
		context.setMixIn(SealedSsoSession.class, SealedSsoSessionMixin.class);
		context.setMixIn(PendingLogin.class, PendingLoginMixin.class);
	}

}
