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

import java.time.Clock;
import java.util.function.Supplier;

import io.github.ultracartsso.authentication.DefaultUltraCartUserMapper;
import io.github.ultracartsso.authentication.PermissionAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartAuthenticationProvider;
import io.github.ultracartsso.authentication.UltraCartAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartLoginAuthenticationToken;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.session.SsoSessions;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.state.SimulatedPermissions;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.security.config.core.GrantedAuthorityDefaults;
import org.springframework.security.core.Authentication;
import org.springframework.util.Assert;
import org.springframework.util.function.SingletonSupplier;

/**
 * Authenticates a test user with the library's provider and the application's mapper,
 * without a server in place of UltraCart.
 */
final class SimulatedLogin {

	/**
	 * The user in a warning.
	 */
	static final String USER = "A test user";

	private final UltraCartUserMapper userMapper;

	private final String rolePrefix;

	private final Clock clock;

	private final Supplier<@Nullable UltraCartSimulator> simulator;

	private final Supplier<@Nullable SsoSessions> ssoSessions;

	private final SimulatedPermissions permissions;

	/**
	 * Creates a login.
	 * @param beans the beans of the application, whose mapper, clock, simulator and SSO
	 * sessions are used where they exist
	 */
	SimulatedLogin(@Nullable BeanFactory beans) {
		this.rolePrefix = bean(beans, GrantedAuthorityDefaults.class, () -> new GrantedAuthorityDefaults("ROLE_"))
			.getRolePrefix();
		this.userMapper = bean(beans, UltraCartUserMapper.class, () -> new DefaultUltraCartUserMapper(permissions()));
		this.clock = bean(beans, Clock.class, Clock::systemUTC);
		this.permissions = bean(beans, SimulatedPermissions.class, () -> new SimulatedPermissions(USER));
		this.simulator = () -> (beans != null) ? beans.getBeanProvider(UltraCartSimulator.class).getIfUnique() : null;
		this.ssoSessions = () -> (beans != null) ? beans.getBeanProvider(SsoSessions.class).getIfUnique() : null;
	}

	private static <T> T bean(@Nullable BeanFactory beans, Class<T> type, Supplier<T> defaultBean) {
		return (beans != null) ? beans.getBeanProvider(type).getIfUnique(defaultBean) : defaultBean.get();
	}

	private PermissionAuthoritiesMapper permissions() {
		PermissionAuthoritiesMapper mapper = new PermissionAuthoritiesMapper();
		mapper.setRolePrefix(this.rolePrefix);
		return mapper;
	}

	/**
	 * Authenticates the user.
	 * @param user the user
	 * @param clientAddress the address that the user's requests come from
	 */
	Authentication authenticate(TestUser user, String clientAddress) {
		this.permissions.include(user.user().permissions());
		UltraCartUserReader userReader = new UltraCartUserReader(new OneUserClient(user.document()), this.userMapper);
		userReader.setRegistrationId(user.registrationId());
		userReader.setRolePrefix(this.rolePrefix);
		UltraCartAuthenticationProvider provider = new UltraCartAuthenticationProvider(userReader);
		provider.setClock(this.clock);
		Authentication result = provider
			.authenticate(new UltraCartLoginAuthenticationToken(user.registrationId(), SimulatedLoginDetails.KEY));
		Assert.state(result instanceof UltraCartAuthenticationToken, "The provider does not support its own token");
		UltraCartAuthenticationToken token = (UltraCartAuthenticationToken) result;
		SsoSession ssoSession = SimulatedLoginDetails.ssoSession(token.getPrincipal(), clientAddress,
				this.clock.instant(), key(user.user()));
		token.setDetails(new SimulatedLoginDetails(ssoSession, clientAddress));
		SsoSessions known = this.ssoSessions.get();
		return (known != null) ? known.bind(token, ssoSession) : token;
	}

	/**
	 * Returns a key that is valid at the simulator, if there is one, from when it is
	 * first used.
	 */
	private Supplier<@Nullable SimpleKey> key(SimulatedUser user) {
		return SingletonSupplier.ofNullable(() -> {
			UltraCartSimulator ultraCart = this.simulator.get();
			return (ultraCart != null) ? ultraCart.signIn(user).simpleKey() : SimulatedLoginDetails.KEY;
		});
	}

	private record OneUserClient(User user) implements UltraCartSsoClient {

		@Override
		public User sessionUser(SimpleKey simpleKey) {
			return this.user;
		}

		@Override
		public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
			throw notThere();
		}

		@Override
		public SingleSignOnTokenResponse exchange(String code) {
			throw notThere();
		}

		@Override
		public void revoke(SimpleKey simpleKey) {
			throw notThere();
		}

		private static UltraCartApiException notThere() {
			return UltraCartApiException
				.withFailure(UltraCartApiFailure.NO_RESPONSE, "A simulated login has no connection to UltraCart")
				.build();
		}

	}

}
