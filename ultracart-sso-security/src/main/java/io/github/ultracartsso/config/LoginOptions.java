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
package io.github.ultracartsso.config;

import java.util.List;

import io.github.ultracartsso.authentication.UltraCartAuthoritiesMapper;
import io.github.ultracartsso.authentication.UltraCartUserMapper;
import io.github.ultracartsso.authentication.UltraCartUserReader;
import io.github.ultracartsso.login.ReturnTargets;
import io.github.ultracartsso.web.login.PendingLoginRepository;
import io.github.ultracartsso.web.session.HttpSessionSsoSessionRepository;
import io.github.ultracartsso.web.session.SsoSessionRepository;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Options of one filter chain as the DSL sets them, and what they are by default.
 */
final class LoginOptions {

	private static final String DEFAULT_CALLBACK_URL = "/login/ultracart";

	String startUrl = "/ultracart/authorize";

	@Nullable PendingLoginRepository pendingLoginRepository;

	@Nullable String callbackUrl;

	@Nullable UltraCartUserMapper userMapper;

	@Nullable UltraCartAuthoritiesMapper authoritiesMapper;

	@Nullable SsoSessionRepository ssoSessionRepository;

	@Nullable String loginPage;

	@Nullable String defaultSuccessUrl;

	@Nullable AuthenticationSuccessHandler successHandler;

	@Nullable AuthenticationFailureHandler failureHandler;

	String loginPage(LoginCollaborators beans) {
		return (this.loginPage != null) ? this.loginPage : beans.settings().pages().loginPage();
	}

	boolean hasCustomLoginPage(LoginCollaborators beans) {
		return this.loginPage != null || beans.settings().pages().isCustomLoginPage();
	}

	String defaultSuccessUrl(LoginCollaborators beans) {
		return (this.defaultSuccessUrl != null) ? this.defaultSuccessUrl : beans.settings().pages().defaultSuccessUrl();
	}

	List<String> callbackUrls(LoginCollaborators beans) {
		if (this.callbackUrl != null) {
			return List.of(this.callbackUrl);
		}
		List<String> redirectPaths = beans.settings().redirectUris().paths(beans.contextPath());
		return redirectPaths.isEmpty() ? List.of(DEFAULT_CALLBACK_URL) : redirectPaths;
	}

	ReturnTargets returnTargets(LoginCollaborators beans) {
		LoginUrlPaths paths = new LoginUrlPaths(this.startUrl, callbackUrls(beans), loginPage(beans));
		ReturnTargets targets = new ReturnTargets(beans.returnTargetSealer(), paths.all());
		targets.setClock(beans.clock());
		return targets;
	}

	PendingLoginRepository pendingLoginRepository(LoginCollaborators beans) {
		return (this.pendingLoginRepository != null) ? this.pendingLoginRepository
				: beans.get(PendingLoginRepository.class, beans::cookiePendingLoginRepository);
	}

	SsoSessionRepository ssoSessionRepository(LoginCollaborators beans) {
		return (this.ssoSessionRepository != null) ? this.ssoSessionRepository : beans.get(SsoSessionRepository.class,
				() -> new HttpSessionSsoSessionRepository(beans.secretSealer()));
	}

	UserMappers userMappers() {
		return new UserMappers(this.userMapper, this.authoritiesMapper);
	}

	UltraCartUserReader userReader(LoginCollaborators beans) {
		UltraCartUserMapper mapper = userMappers().choose(beans);
		beans.userMappersInUse().add(mapper);
		UltraCartUserReader userReader = new UltraCartUserReader(beans.client(), mapper);
		userReader.setRegistrationId(beans.settings().registrationId());
		userReader.setRolePrefix(beans.rolePrefix());
		userReader.setPermissionCatalogue(beans.permissionCatalogue());
		return userReader;
	}

}
