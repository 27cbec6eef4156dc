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

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;

import io.github.ultracartsso.Serialization;
import io.github.ultracartsso.StoredObjects;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.client.Permission;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.login.PendingLogin;
import io.github.ultracartsso.session.SealedSsoSession;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.config.annotation.web.configurers.LogoutConfigurer;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UltraCartSsoRuntimeHints}.
 */
class UltraCartSsoRuntimeHintsTests {

	private final RuntimeHints hints = new RuntimeHints();

	@BeforeEach
	void setUp() {
		AotServices.factories()
			.load(RuntimeHintsRegistrar.class)
			.forEach((registrar) -> registrar.registerHints(this.hints, getClass().getClassLoader()));
	}

	@ParameterizedTest
	@ValueSource(classes = { User.class, Permission.class, SingleSignOnTokenResponse.class })
	void registerHintsWhenRecordOfTheClientThenBound(Class<?> type) {
		assertThat(RuntimeHintsPredicates.reflection().onType(type)).accepts(this.hints);
	}

	@ParameterizedTest // I2
	@ValueSource(classes = { PendingLogin.class, SealedSsoSession.class, UltraCartUser.class,
			UltraCartAuthenticationToken.class })
	void registerHintsWhenInSessionThenSerializableWithAllItConsistsOf(Class<?> type) {
		assertSerializable(TypeReference.of(type));
		assertThat(Serialization.storedClasses(StoredObjects.of(type))).isNotEmpty()
			.allSatisfy((name) -> assertSerializable(TypeReference.of(ClassUtils.forName(name, null))));
	}

	@ParameterizedTest // I2
	@CsvSource({
			"io.github.ultracartsso.authentication.UltraCartUser," + "io.github.ultracartsso.authentication.StoredUser",
			"io.github.ultracartsso.authentication.UltraCartAuthenticationToken,"
					+ "io.github.ultracartsso.authentication.StoredToken" })
	void registerHintsWhenReplacedOnWritingThenBothSerializable(Class<?> type, String storedAs) {
		assertThat(Serialization.storedClasses(StoredObjects.of(type))).contains(storedAs)
			.doesNotContain(type.getName());
		assertSerializable(TypeReference.of(type));
		assertSerializable(TypeReference.of(storedAs));
	}

	@ParameterizedTest
	@ValueSource(classes = { Instant.class, SecurityContextImpl.class, WebAuthenticationDetails.class,
			SimpleGrantedAuthority.class, FactorGrantedAuthority.class })
	void registerHintsWhenOfSpringSecurityOrThePlatformThenSerializable(Class<?> type) {
		assertSerializable(TypeReference.of(type));
	}

	private void assertSerializable(TypeReference type) {
		assertThat(this.hints.reflection().getTypeHint(type)).as(type.getName())
			.isNotNull()
			.satisfies((hint) -> assertThat(hint.hasJavaSerialization()).isTrue());
	}

	@ParameterizedTest
	@ValueSource(strings = { "logoutUrl", "logoutRequestMatcher" })
	void registerHintsWhenReadOfTheSignOutThenFieldIsAccessible(String field) throws NoSuchFieldException {
		assertThat(RuntimeHintsPredicates.reflection().onFieldAccess(LogoutConfigurer.class.getDeclaredField(field)))
			.accepts(this.hints);
	}

	@ParameterizedTest // I2
	@ValueSource(classes = { PendingLogin.class, SealedSsoSession.class, UltraCartUser.class,
			UltraCartUser.Builder.class, UltraCartAuthenticationToken.class, AbstractAuthenticationToken.class })
	void registerHintsWhenInSessionThenOpenToJackson(Class<?> type) {
		assertOpenToJackson(TypeReference.of(type));
	}

	@Test // I2
	void registerHintsWhenMixinOrDeserializerThenOpenToJackson() throws IOException {
		Resource[] mixins = new PathMatchingResourcePatternResolver()
			.getResources("classpath*:io/github/ultracartsso/jackson/*Mixin.class");
		assertOpenToJackson(TypeReference.of("io.github.ultracartsso.jackson.NamesDeserializer"));
		assertThat(mixins).isNotEmpty()
			.allSatisfy((mixin) -> assertOpenToJackson(TypeReference.of("io.github.ultracartsso.jackson."
					+ StringUtils.stripFilenameExtension(Objects.requireNonNull(mixin.getFilename())))));
	}

	private void assertOpenToJackson(TypeReference type) {
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(type)
			.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.INVOKE_DECLARED_METHODS,
					MemberCategory.ACCESS_DECLARED_FIELDS))
			.as(type.getName())
			.accepts(this.hints);
	}

	@ParameterizedTest
	@ValueSource(strings = { "io/github/ultracartsso/web/signin/sign-in.html",
			"io/github/ultracartsso/web/signin/sign-in.css" })
	void registerHintsWhenResourceOfTheSignInPageThenIncluded(String resource) {
		assertThat(getClass().getClassLoader().getResource(resource)).isNotNull();
		assertThat(RuntimeHintsPredicates.resource().forResource(resource)).accepts(this.hints);
	}

}
