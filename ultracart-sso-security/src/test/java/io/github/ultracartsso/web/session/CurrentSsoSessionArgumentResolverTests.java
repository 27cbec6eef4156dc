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

package io.github.ultracartsso.web.session;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;

import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUser;
import io.github.ultracartsso.session.CurrentSsoSessions;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessionPolicy;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.session.TestSsoSessions;
import io.github.ultracartsso.session.TestClock;
import io.github.ultracartsso.session.TestSecurityContextHolderStrategy;
import io.github.ultracartsso.web.TestRequests;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.context.request.ServletWebRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link CurrentSsoSessionArgumentResolver}.
 */
class CurrentSsoSessionArgumentResolverTests {

	private final SsoSession ssoSession = TestSsoSessions.withKey("user-key");

	private final TestSecurityContextHolderStrategy strategy = new TestSecurityContextHolderStrategy();

	private final SsoSessions ssoSessions = new SsoSessions(SsoSessionPolicy.DEFAULTS);

	private final CurrentSsoSessions currentSsoSessions = new CurrentSsoSessions(this.ssoSessions);

	private final CurrentSsoSessionArgumentResolver resolver = new CurrentSsoSessionArgumentResolver(
			() -> this.currentSsoSessions);

	@BeforeEach
	void signIn() {
		this.currentSsoSessions.setSecurityContextHolderStrategy(this.strategy);
		this.ssoSessions.setClock(new TestClock(TestSsoSessions.NOW));
		authenticate(this.ssoSessions.bind(new UltraCartAuthenticationToken(UltraCartUser.with(42, "Jane!ops").build(),
				AuthorityUtils.NO_AUTHORITIES), this.ssoSession));
	}

	@Test
	void supportsParameterThenOnlyAnnotatedOnes() {
		assertThat(this.resolver.supportsParameter(parameter("required"))).isTrue();
		assertThat(this.resolver.supportsParameter(parameter("ownAnnotation"))).isTrue();
		assertThat(this.resolver.supportsParameter(parameter("notAnnotated"))).isFalse();
	}

	@Test
	void resolveArgumentWhenSignedInThenTheSsoSession() {
		assertThat(resolve("required")).isSameAs(this.ssoSession);
		assertThat(resolve("ownAnnotation")).isSameAs(this.ssoSession);
		assertThat(resolve("nullable")).isSameAs(this.ssoSession);
		assertThat(resolve("optional")).isEqualTo(Optional.of(this.ssoSession));
	}

	@Test
	void resolveArgumentWhenNoSsoSessionThenAskedToSignIn() {
		authenticate(null);
		assertAskedToSignIn();
	}

	@Test
	void resolveArgumentWhenOfAnotherTypeThenIllegalState() {
		assertThatIllegalStateException().isThrownBy(() -> resolve("key"))
			.withMessageStartingWith("A parameter with @CurrentSsoSession has to be an SsoSession or an"
					+ " Optional<SsoSession>, but is of type java.lang.String in ");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CurrentSsoSessionArgumentResolver(null))
			.withMessage("currentSsoSessions cannot be null");
	}

	private void assertAskedToSignIn() {
		assertThatExceptionOfType(AuthenticationCredentialsNotFoundException.class)
			.isThrownBy(() -> resolve("required"))
			.withMessageStartingWith("The request has no SSO session with UltraCart");
		assertThat(resolve("nullable")).isNull();
		assertThat(resolve("optional")).isEqualTo(Optional.empty());
	}

	private void authenticate(@Nullable Authentication authentication) {
		SecurityContext context = this.strategy.createEmptyContext();
		context.setAuthentication(authentication);
		this.strategy.setContext(context);
	}

	private @Nullable Object resolve(String method) {
		return this.resolver.resolveArgument(parameter(method), null,
				new ServletWebRequest(TestRequests.navigation("/orders")), null);
	}

	private static MethodParameter parameter(String name) {
		Method method = Arrays.stream(Controller.class.getDeclaredMethods())
			.filter((candidate) -> candidate.getName().equals(name))
			.findFirst()
			.orElseThrow();
		return new MethodParameter(method, 0);
	}

	@CurrentSsoSession
	@Retention(RetentionPolicy.RUNTIME)
	@interface Session {

	}

	@SuppressWarnings("unused")
	private interface Controller {

		void required(@CurrentSsoSession SsoSession ssoSession);

		void nullable(@CurrentSsoSession @Nullable SsoSession ssoSession);

		void optional(@CurrentSsoSession Optional<SsoSession> ssoSession);

		void ownAnnotation(@Session SsoSession ssoSession);

		void key(@CurrentSsoSession String key);

		void notAnnotated(SsoSession ssoSession);

	}

}
