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

/**
 * The login mechanisms that are compared.
 */
enum LoginMechanism {

	/**
	 * UltraCart SSO.
	 */
	ULTRACART("UltraCart SSO", UltraCartLogin.class),

	/**
	 * Spring Security's login at an OAuth 2.0 authorization server.
	 */
	OAUTH2("oauth2Login", OAuth2Login.class),

	/**
	 * Spring Security's login with a user name and a password.
	 */
	FORM("formLogin", FormLogin.class);

	private final String label;

	private final Class<?> configuration;

	LoginMechanism(String label, Class<?> configuration) {
		this.label = label;
		this.configuration = configuration;
	}

	String label() {
		return this.label;
	}

	Class<?> configuration() {
		return this.configuration;
	}

}
