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

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.ultracartsso.CapturedLog;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.User;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartUserReader}.
 */
class UltraCartUserReaderTests {

	private static final SimpleKey KEY = SimpleKey.of("b2b2b2b2-the-users-key");

	private static final UltraCartUser JANE = UltraCartUser.with(184223, "Jane!ops").build();

	@Test // a mapper need not know it
	void mapUserWhenRegistrationIsSetThenUserIsOfThat() {
		UltraCartUserReader reader = new UltraCartUserReader(new StubClient(TestUsers::jane), (user) -> JANE);
		assertThat(reader.mapUser(TestUsers.jane())).isEqualTo(JANE);
		reader.setRegistrationId("warehouse");
		assertThat(reader.mapUser(TestUsers.jane())).usingRecursiveComparison()
			.ignoringFields("registrationId", "authorities")
			.isEqualTo(JANE);
		assertThat(reader.mapUser(TestUsers.jane()).registrationId()).isEqualTo("warehouse");
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorWhenArgumentNullThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> new UltraCartUserReader(null, (user) -> JANE))
			.withMessage("client cannot be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new UltraCartUserReader(new StubClient(TestUsers::jane), null))
			.withMessage("userMapper cannot be null");
	}

	@Test
	void readUserThenReadOnceWithTheKey() {
		StubClient client = new StubClient(TestUsers::jane);
		assertThat(new UltraCartUserReader(client, (user) -> JANE).readUser(KEY)).isEqualTo(TestUsers.jane());
		assertThat(client.keys()).containsExactly(KEY);
	}

	// E4
	@ParameterizedTest
	@MethodSource
	void readUserWhenIncompleteThenUnavailable(User user) {
		assertThatExceptionOfType(UltraCartLoginServiceException.class)
			.isThrownBy(() -> reading(() -> user).readUser(KEY))
			.withMessage("The response to getSsoSessionUser lacks the user_id or the login")
			.returns(UltraCartLoginError.UNAVAILABLE, UltraCartLoginException::getError);
	}

	static Stream<User> readUserWhenIncompleteThenUnavailable() {
		return Stream.of(new User(null, "x", null, null, null, null), new User(7, null, null, null, null, null),
				new User(7, "", null, null, null, null), new User(7, " ", null, null, null, null),
				new User(null, null, null, null, null, null));
	}

	// E8
	@ParameterizedTest
	@EnumSource
	void readUserWhenItFailsThenSaysWhatThatMeans(UltraCartApiFailure failure) {
		UltraCartApiException cause = UltraCartApiException.withFailure(failure, "getSsoSessionUser failed").build();
		assertThatExceptionOfType(UltraCartLoginException.class).isThrownBy(() -> reading(() -> {
			throw cause;
		}).readUser(KEY))
			.withCause(cause)
			.withMessage("getSsoSessionUser failed")
			.satisfies((ex) -> assertThat(ex.getError())
				.isEqualTo(UltraCartLoginException.whileReadingUser(cause).getError()));
	}

	@Test
	@SuppressWarnings("NullAway")
	void mapUserThenWhatTheMapperMakesOfIt() {
		assertThat(mapping((user) -> user.equals(TestUsers.jane()) ? JANE : null)).isEqualTo(JANE);
	}

	@Test
	void mapUserThenHasTheRoleOfEveryUserOnce() {
		assertThat(authorities("ROLE_VIEW_ITEMS")).containsExactly("ROLE_VIEW_ITEMS", "ROLE_ULTRACART_USER");
		assertThat(authorities("ROLE_ULTRACART_USER", "A")).containsExactly("ROLE_ULTRACART_USER", "A");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "MAY_" })
	void mapUserWhenRolePrefixSetThenRoleHasIt(String prefix) {
		UltraCartUserReader reader = new UltraCartUserReader(new StubClient(TestUsers::jane), (user) -> JANE);
		reader.setRolePrefix(prefix);
		assertThat(reader.mapUser(TestUsers.jane()).getAuthorities()).extracting(GrantedAuthority::getAuthority)
			.containsExactly(prefix + "ULTRACART_USER");
	}

	@Test
	void mapUserWhenMapperGrantsWhatTheUserDoesNotHaveThenWarnsOnce() {
		UltraCartUserReader reader = granting("ROLE_Edit Users", "ROLE_EDIT_ITEMS");
		try (CapturedLog log = CapturedLog.of(UngrantedNames.class.getName())) {
			reader.mapUser(TestUsers.withPermissions(TestUsers.listed("Edit Users"), TestUsers.listed("Edit Items")));
			reader.mapUser(TestUsers.withPermissions(TestUsers.listed("Edit Users"), TestUsers.listed("Edit Items")));
			assertThat(log.messages(Level.WARN)).singleElement()
				.asString()
				.contains("each of 2 permissions that the user does not have, such as 'Edit ");
		}
	}

	/**
	 * Each name ends with an empty one.
	 */
	@Test
	void mapUserWhenNamesOfPermissionsAreBlankThenNoWarning() {
		UltraCartUserReader reader = granting("ROLE_EDIT_ITEMS", "ROLE_ ");
		try (CapturedLog log = CapturedLog.of(UngrantedNames.class.getName())) {
			reader.mapUser(TestUsers.withPermissions(TestUsers.listed(""), TestUsers.listed("")));
			reader.mapUser(TestUsers.withPermissions(TestUsers.listed(" "), TestUsers.listed(" ")));
			reader.mapUser(TestUsers.withPermissions(TestUsers.listed(""), TestUsers.listed("Edit Items")));
			assertThat(log.messages(Level.WARN)).isEmpty();
		}
	}

	@Test
	void mapUserWhenMapperGrantsFactorsThenIgnoredWithWarning() {
		try (CapturedLog log = CapturedLog.of(UltraCartUserReader.class.getName())) {
			assertThat(authorities("FACTOR_ULTRACART_SSO", "FACTOR_X\ny", "ROLE_A")).containsExactly("ROLE_A",
					"ROLE_ULTRACART_USER");
			assertThat(log.messages(Level.WARN)).hasSize(2)
				.anySatisfy((message) -> assertThat(message).contains("'FACTOR_X y'", "only a login proves a factor"));
		}
	}

	private static List<String> authorities(String... mapped) {
		return granting(mapped).mapUser(TestUsers.jane())
			.getAuthorities()
			.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.toList();
	}

	private static UltraCartUserReader granting(String... authorities) {
		return new UltraCartUserReader(new StubClient(TestUsers::jane),
				(user) -> UltraCartUser.with(184223, "Jane!ops")
					.authorities(AuthorityUtils.createAuthorityList(authorities))
					.build());
	}

	@Test
	void mapUserWhenMapperRefusesThenItsOwnException() {
		DisabledException refusal = new DisabledException("left the company");
		assertThatExceptionOfType(DisabledException.class).isThrownBy(() -> mapping((user) -> {
			throw refusal;
		})).isSameAs(refusal);
	}

	// G6
	@Test
	void mapUserWhenMapperFailsThenUnavailableWithoutPersonalDetails() {
		IllegalStateException failure = new IllegalStateException("no database");
		assertThatExceptionOfType(UltraCartLoginServiceException.class).isThrownBy(() -> mapping((user) -> {
			throw failure;
		}))
			.withCause(failure)
			.withMessage("The UltraCartUserMapper failed for User[userId=184223, login=Jane!ops]")
			.returns(UltraCartLoginError.UNAVAILABLE, UltraCartLoginException::getError);
	}

	// G6
	@Test
	@SuppressWarnings("NullAway")
	void mapUserWhenMapperReturnsNullThenUnavailable() {
		assertThatExceptionOfType(UltraCartLoginServiceException.class).isThrownBy(() -> mapping((user) -> null))
			.withStackTraceContaining("The UltraCartUserMapper returned null")
			.returns(UltraCartLoginError.UNAVAILABLE, UltraCartLoginException::getError);
	}

	// F1
	@Test
	void readUserWhenItFailsThenNoKeyInTheException() {
		assertThatExceptionOfType(AuthenticationException.class).isThrownBy(() -> reading(() -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "down").build();
		}).readUser(KEY)).satisfies((ex) -> assertThat(Throwables.getStackTrace(ex)).doesNotContain(KEY.value()));
	}

	private static UltraCartUserReader reading(Supplier<User> user) {
		return new UltraCartUserReader(new StubClient(user), (read) -> JANE);
	}

	private static UltraCartUser mapping(UltraCartUserMapper mapper) {
		return new UltraCartUserReader(new StubClient(TestUsers::jane), mapper).mapUser(TestUsers.jane());
	}

}
