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

package io.github.ultracartsso.login;

import java.net.URI;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartLoginSettings}.
 */
class UltraCartLoginSettingsTests {

	private final UltraCartLoginSettings.Builder builder = UltraCartLoginSettings.builder();

	@Test
	void buildWhenNothingSetThenDefaults() {
		UltraCartLoginSettings settings = this.builder.build();
		assertThat(settings.loginPage()).isEqualTo("/login");
		assertThat(settings.isCustomLoginPage()).isFalse();
		assertThat(settings.defaultSuccessUrl()).isEqualTo("/");
		assertThat(settings.logoutSuccessUrl()).isNull();
		assertThat(settings.redirectUris().paths("")).containsExactly("/login/ultracart");
		assertThat(settings.loginUrls().isAllowed("https://secure.ultracart.com/login")).isTrue();
		assertThat(settings.loginUrls().isAllowed("http://localhost/login")).isFalse();
	}

	@Test
	void buildWhenEverythingSetThenKept() {
		UltraCartLoginSettings settings = this.builder.baseUrl(URI.create("http://localhost:8081/rest/v2"))
			.allowedLoginHosts(List.of("example.com"))
			.redirectUri("https://app.example.com/cb")
			.loginPage("/sign-in")
			.defaultSuccessUrl("/home")
			.logoutSuccessUrl("/bye")
			.build();
		assertThat(settings.loginPage()).isEqualTo("/sign-in");
		assertThat(settings.isCustomLoginPage()).isTrue();
		assertThat(settings.defaultSuccessUrl()).isEqualTo("/home");
		assertThat(settings.logoutSuccessUrl()).isEqualTo("/bye");
		assertThat(settings.redirectUris().paths("")).containsExactly("/cb");
		assertThat(settings.loginUrls().isAllowed("http://localhost:8081/login")).isTrue();
		assertThat(settings.loginUrls().isAllowed("https://secure.ultracart.com/login")).isFalse();
		assertThat(settings.loginUrls().isAllowed("https://www.example.com/login")).isTrue();
	}

	@Test
	@SuppressWarnings("NullAway")
	void settersWhenEmptyThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.baseUrl(null))
			.withMessage("baseUrl cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.allowedLoginHosts(List.of()))
			.withMessage("allowedLoginHosts cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.redirectUri(""))
			.withMessage("redirectUri cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.loginPage(""))
			.withMessage("loginPage cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.defaultSuccessUrl(""))
			.withMessage("defaultSuccessUrl cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> this.builder.logoutSuccessUrl(""))
			.withMessage("logoutSuccessUrl cannot be empty");
	}

}
