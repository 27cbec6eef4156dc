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

package io.github.ultracartsso.authentication;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import org.assertj.core.util.Throwables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartAuthenticationProvider}.
 */
class UltraCartAuthenticationProviderTests {

	private static final SimpleKey KEY = SimpleKey.of("b2b2b2b2-the-users-key");

	private static final Instant NOW = Instant.parse("2026-11-21T16:16:50Z");

	private final UltraCartLoginAuthenticationToken attempt = new UltraCartLoginAuthenticationToken("ultracart", KEY);

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenArgumentNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartAuthenticationProvider(null, mapperGranting()))
			.withMessage("client cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartAuthenticationProvider(new StubClient(TestUsers::jane), null))
			.withMessage("userMapper cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartAuthenticationProvider(null))
			.withMessage("userReader cannot be null");
	}

	@Test
	@SuppressWarnings("NullAway")
	void setClockWhenNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> provider(TestUsers::jane).setClock(null))
			.withMessage("clock cannot be null");
	}

	@Test
	void supportsThenLoginAttemptsOnly() {
		UltraCartAuthenticationProvider provider = provider(TestUsers::jane);
		assertThat(provider.supports(UltraCartLoginAuthenticationToken.class)).isTrue();
		assertThat(provider.supports(UltraCartAuthenticationToken.class)).isFalse();
		assertThat(provider.supports(TestingAuthenticationToken.class)).isFalse();
	}

	@Test
	void authenticateWhenNoKeyThenNullAndNoCall() {
		StubClient client = new StubClient(TestUsers::jane);
		assertThat(new UltraCartAuthenticationProvider(client, mapperGranting())
			.authenticate(new UltraCartLoginAuthenticationToken("ultracart"))).isNull();
		assertThat(client.keys()).isEmpty();
	}

	@Test
	void authenticateThenUserReadOnceWithTheKey() {
		StubClient client = new StubClient(TestUsers::jane);
		new UltraCartAuthenticationProvider(client, mapperGranting()).authenticate(this.attempt);
		assertThat(client.keys()).containsExactly(KEY);
	}

	@Test
	void authenticateThenTheMappedUserIsSignedIn() {
		AtomicReference<@Nullable User> mapped = new AtomicReference<>();
		Authentication result = authenticate(provider(TestUsers::jane, (user) -> {
			mapped.set(user);
			return mapperGranting().mapUser(user);
		}));
		assertThat(mapped.get()).isEqualTo(TestUsers.jane());
		assertThat(result).isInstanceOf(UltraCartAuthenticationToken.class);
		assertThat(result.isAuthenticated()).isTrue();
		assertThat(result.getPrincipal()).isEqualTo(UltraCartUser.with(184223, "Jane!ops").build());
		assertThat(result.getName()).isEqualTo("Jane!ops");
		assertThat(result.getCredentials()).isNull();
	}

	@Test
	void authenticateThenDetailsKept() {
		Object details = new Object();
		this.attempt.setDetails(details);
		assertThat(authenticate(provider(TestUsers::jane)).getDetails()).isSameAs(details);
	}

	@Test
	void authenticateThenAuthoritiesOfTheUserAndOfEveryLogin() {
		Authentication result = authenticate(
				provider(TestUsers::jane, mapperGranting(new SimpleGrantedAuthority("ROLE_VIEW_ITEMS"))));
		assertThat(result.getAuthorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactlyInAnyOrder("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER", "FACTOR_ULTRACART_SSO");
	}

	// E6
	@Test
	void authenticateWhenMapperGrantsNothingThenFactorIssuedNow() {
		assertThat(factors(authenticate(provider(TestUsers::jane)))).containsExactly(factorIssuedAt(NOW));
	}

	// E6
	@Test
	void authenticateWhenMapperGrantsTheFactorItselfThenItIsReplaced() {
		Authentication result = authenticate(provider(TestUsers::jane,
				mapperGranting(factorIssuedAt(NOW.plusSeconds(3600)),
						new SimpleGrantedAuthority("FACTOR_ULTRACART_SSO"),
						new SimpleGrantedAuthority("ROLE_ULTRACART_USER"))));
		assertThat(factors(result)).containsExactly(factorIssuedAt(NOW));
		assertThat(result.getAuthorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactlyInAnyOrder("ROLE_ULTRACART_USER", "FACTOR_ULTRACART_SSO");
	}

	// E4
	@Test
	void authenticateWhenUserIncompleteThenNotMapped() {
		assertThatExceptionOfType(UltraCartLoginServiceException.class)
			.isThrownBy(() -> authenticate(provider(() -> new User(7, null, null, null, null, null), (unexpected) -> {
				throw new AssertionError("must not be mapped");
			})));
		assertThat(this.attempt.getCredentials()).isNull();
	}

	// E8
	@Test
	void authenticateWhenUserCannotBeReadThenLoginFails() {
		UltraCartApiException cause = UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "down")
			.build();
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(() -> authenticate(provider(() -> {
			throw cause;
		}))).withCause(cause);
	}

	@Test
	void authenticateWhenMapperRefusesThenItsOwnException() {
		DisabledException refusal = new DisabledException("left the company");
		assertThatExceptionOfType(DisabledException.class)
			.isThrownBy(() -> authenticate(provider(TestUsers::jane, (user) -> {
				throw refusal;
			})))
			.isSameAs(refusal);
	}

	// F5
	@Test
	void authenticateWhenSuccessfulThenKeyErased() {
		authenticate(provider(TestUsers::jane));
		assertThat(this.attempt.getCredentials()).isNull();
	}

	// F5
	@ParameterizedTest
	@MethodSource
	void authenticateWhenAnythingFailsThenKeyErased(Throwable failure) {
		assertThatExceptionOfType(Throwable.class).isThrownBy(() -> authenticate(provider(() -> {
			throw sneaky(failure);
		})));
		assertThat(this.attempt.getCredentials()).isNull();
	}

	// F5
	@ParameterizedTest
	@MethodSource("authenticateWhenAnythingFailsThenKeyErased")
	void authenticateWhenMappingFailsThenKeyErased(Throwable failure) {
		assertThatExceptionOfType(Throwable.class).isThrownBy(() -> authenticate(provider(TestUsers::jane, (user) -> {
			throw sneaky(failure);
		})));
		assertThat(this.attempt.getCredentials()).isNull();
	}

	static Stream<Named<Throwable>> authenticateWhenAnythingFailsThenKeyErased() {
		return Stream
			.<Throwable>of(UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "down").build(),
					new DisabledException("refused"), new IllegalStateException("broken"), new AssertionError("worse"))
			.map((failure) -> Named.of(failure.getClass().getSimpleName(), failure));
	}

	// F1
	@Test
	void authenticateWhenItFailsThenNoKeyInTheException() {
		assertThatExceptionOfType(AuthenticationException.class)
			.isThrownBy(() -> authenticate(provider(TestUsers::jane, (user) -> {
				throw new IllegalStateException("broken");
			})))
			.satisfies((ex) -> assertThat(Throwables.getStackTrace(ex)).doesNotContain(KEY.value()));
	}

	private Authentication authenticate(UltraCartAuthenticationProvider provider) {
		return Objects.requireNonNull(provider.authenticate(this.attempt));
	}

	private static List<GrantedAuthority> factors(Authentication result) {
		return result.getAuthorities()
			.stream()
			.<GrantedAuthority>map((authority) -> authority)
			.filter((authority) -> "FACTOR_ULTRACART_SSO".equals(authority.getAuthority()))
			.toList();
	}

	private static FactorGrantedAuthority factorIssuedAt(Instant instant) {
		return FactorGrantedAuthority.withAuthority("FACTOR_ULTRACART_SSO").issuedAt(instant).build();
	}

	private static UltraCartUserMapper mapperGranting(GrantedAuthority... authorities) {
		return new DefaultUltraCartUserMapper((user) -> List.of(authorities));
	}

	private static UltraCartAuthenticationProvider provider(Supplier<User> user) {
		return provider(user, mapperGranting());
	}

	private static UltraCartAuthenticationProvider provider(Supplier<User> user, UltraCartUserMapper userMapper) {
		UltraCartAuthenticationProvider provider = new UltraCartAuthenticationProvider(new StubClient(user),
				userMapper);
		provider.setClock(Clock.fixed(NOW, ZoneOffset.UTC));
		return provider;
	}

	private static RuntimeException sneaky(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (RuntimeException) failure;
	}

}
