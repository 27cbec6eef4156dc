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

package io.github.ultracartsso.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2UserAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * An application whose users sign in with Spring Security's {@code oauth2Login}, at an
 * authorization server that answers at once.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class OAuth2Login {

	private static final int TOKEN_SECONDS = 3600;

	private final AtomicInteger logins = new AtomicInteger();

	@Bean
	ClientRegistrationRepository clientRegistrations() {
		return new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("peer")
			.clientId("benchmark")
			.clientSecret("secret")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.scope("profile")
			.authorizationUri("https://peer.example.com/authorize")
			.tokenUri("https://peer.example.com/token")
			.userInfoUri("https://peer.example.com/userinfo")
			.userNameAttributeName("login")
			.build());
	}

	@Bean
	SecurityFilterChain chain(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated())
			.oauth2Login((login) -> login
				.tokenEndpoint((token) -> token.accessTokenResponseClient((grant) -> newAccessToken()))
				.userInfoEndpoint((userInfo) -> userInfo.userService((request) -> newUser())))
			.build();
	}

	@Bean
	SignIn signIn() {
		return (browser) -> {
			String location = browser.get("/oauth2/authorization/peer").getHeader("Location");
			String state = UriComponentsBuilder.fromUriString(String.valueOf(location))
				.build()
				.getQueryParams()
				.getFirst("state");
			return browser.get("/login/oauth2/code/peer", "code", "c0de", "state",
					UriUtils.decode(String.valueOf(state), StandardCharsets.UTF_8));
		};
	}

	private OAuth2AccessTokenResponse newAccessToken() {
		return OAuth2AccessTokenResponse.withToken("%048x".formatted(this.logins.incrementAndGet()))
			.tokenType(OAuth2AccessToken.TokenType.BEARER)
			.expiresIn(TOKEN_SECONDS)
			.build();
	}

	/**
	 * Keeps the fewest claims that identify a user. A real user info endpoint returns
	 * more, all of which the session stores.
	 */
	private OAuth2User newUser() {
		String login = "clerk" + this.logins.get();
		Map<String, Object> claims = Map.of("login", login, "name", "Casey Clerk", "email", login + "@example.com");
		List<GrantedAuthority> authorities = new ArrayList<>();
		authorities.add(new OAuth2UserAuthority(claims));
		Permissions.grantedAuthorities().forEach((name) -> authorities.add(new SimpleGrantedAuthority(name)));
		return new DefaultOAuth2User(authorities, claims, "login");
	}

}
