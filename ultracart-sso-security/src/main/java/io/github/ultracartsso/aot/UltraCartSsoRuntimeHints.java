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

import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.authorization.UltraCartExpressions;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.login.ReturnTarget;
import io.github.ultracartsso.session.SealedSsoSession;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.TypeReference;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.util.ClassUtils;

/**
 * Registers runtime hints for a native image: the records that are sent to and received
 * from UltraCart, the types that sessions store by Java serialization or as JSON, the
 * built-in pages, the known permissions, what expressions call, and what is read of
 * Spring Security's configuration.
 */
final class UltraCartSsoRuntimeHints implements RuntimeHintsRegistrar {

	/**
	 * Types that Java serialization finds in a session: those of this library, and those
	 * of their fields.
	 */
	private static final List<Class<?>> STORED = List.of(PendingLogin.class, ReturnTarget.class, SealedSsoSession.class,
			UltraCartAuthenticationToken.class, UltraCartUser.class, SecurityContextImpl.class,
			AbstractAuthenticationToken.class, SimpleGrantedAuthority.class, FactorGrantedAuthority.class,
			WebAuthenticationDetails.class, Instant.class, String[].class, byte[].class);

	/**
	 * As {@link #STORED}, but not public.
	 */
	private static final List<String> STORED_INSIDE = List.of("java.time.Ser",
			"io.github.ultracartsso.authentication.StoredToken", "io.github.ultracartsso.authentication.StoredUser");

	/**
	 * Types that Jackson writes and reads by reflection.
	 */
	private static final List<TypeReference> JSON = TypeReference.listOf(PendingLogin.class, ReturnTarget.class,
			SealedSsoSession.class, UltraCartAuthenticationToken.class, AbstractAuthenticationToken.class,
			UltraCartUser.class, UltraCartUser.Builder.class);

	/**
	 * Classes of this library that configure Jackson for these types.
	 */
	private static final List<String> JSON_CONFIGURATION = List.of("PendingLoginMixin", "SealedSsoSessionMixin",
			"UltraCartAuthenticationTokenMixin", "UltraCartUserMixin", "UltraCartUserBuilderMixin",
			"NamesDeserializer");

	/**
	 * Has the URL of the sign-out, but no method that returns it.
	 */
	private static final String SIGN_OUT_CONFIGURATION = "org.springframework.security.config.annotation.web.configurers.LogoutConfigurer";

	private static final String JACKSON_PACKAGE = "io.github.ultracartsso.jackson.";

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		this.binding.registerReflectionHints(hints.reflection(), SingleSignOnAuthorizeRequest.class,
				SingleSignOnAuthorizeResponse.class, SingleSignOnTokenResponse.class, SimpleKey.class, User.class);
		STORED.forEach((type) -> hints.reflection().registerJavaSerialization(type));
		STORED_INSIDE.forEach(
				(name) -> hints.reflection().registerJavaSerialization(ClassUtils.resolveClassName(name, classLoader)));
		Consumer<TypeHint.Builder> open = TypeHint.builtWith(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
				MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS);
		hints.reflection().registerTypes(JSON, open);
		JSON_CONFIGURATION
			.forEach((name) -> hints.reflection().registerType(TypeReference.of(JACKSON_PACKAGE + name), open));
		hints.reflection()
			.registerTypeIfPresent(classLoader, SIGN_OUT_CONFIGURATION, MemberCategory.ACCESS_DECLARED_FIELDS);
		hints.reflection().registerType(UltraCartExpressions.class, MemberCategory.INVOKE_PUBLIC_METHODS);
		hints.resources().registerPattern("io/github/ultracartsso/web/signin/sign-in.*");
		hints.resources().registerPattern("io/github/ultracartsso/authentication/permissions.txt");
		hints.resources().registerPattern("io/github/ultracartsso/web/access/access-denied.*");
	}

}
