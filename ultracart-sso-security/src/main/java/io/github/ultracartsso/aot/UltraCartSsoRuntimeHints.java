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

package io.github.ultracartsso.aot;

import io.github.ultracartsso.authentication.PendingLogin;
import io.github.ultracartsso.authentication.SealedSsoSession;
import io.github.ultracartsso.authentication.SsoSessionUser;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.User;
import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.util.ClassUtils;

/**
 * Tells a native image of the records that are read from and written to UltraCart, of
 * what lies in sessions that are serialized, and of the sign-in page.
 */
final class UltraCartSsoRuntimeHints implements RuntimeHintsRegistrar {

	private static final String TOKEN_REQUEST = "io.github.ultracartsso.client.SingleSignOnTokenRequest";

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		this.binding.registerReflectionHints(hints.reflection(), SingleSignOnAuthorizeRequest.class,
				SingleSignOnAuthorizeResponse.class, SingleSignOnTokenResponse.class, SimpleKey.class, User.class,
				ClassUtils.resolveClassName(TOKEN_REQUEST, classLoader));
		hints.reflection()
			.registerJavaSerialization(PendingLogin.class)
			.registerJavaSerialization(UltraCartUser.class)
			.registerJavaSerialization(UltraCartAuthenticationToken.class)
			.registerJavaSerialization(SealedSsoSession.class)
			.registerJavaSerialization(SsoSessionUser.class);
		hints.resources().registerPattern("io/github/ultracartsso/web/sign-in.*");
	}

}
