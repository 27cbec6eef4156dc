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

import io.github.ultracartsso.login.UltraCartLoginSettings.Pages;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link UltraCartLoginSettings}.
 */
class UltraCartLoginSettingsTests {

	@Test
	void defaultsThenBuiltInPagesAndUltraCartsHost() {
		UltraCartLoginSettings settings = UltraCartLoginSettings.DEFAULTS;
		assertThat(settings.registrationId()).isEqualTo("ultracart");
		assertThat(settings.pages().loginPage()).isEqualTo("/login");
		assertThat(settings.pages().isCustomLoginPage()).isFalse();
		assertThat(settings.pages().defaultSuccessUrl()).isEqualTo("/");
		assertThat(settings.pages().logoutSuccessUrl()).isNull();
		assertThat(settings.redirectUris().paths("")).containsExactly("/login/ultracart");
		assertThat(settings.loginUrls().isAllowed("https://secure.ultracart.com/login")).isTrue();
		assertThat(settings.loginUrls().isAllowed("http://localhost/login")).isFalse();
	}

	@Test
	void withWhenEverythingSetThenKept() {
		LoginUrls loginUrls = new LoginUrls(List.of("example.com"), URI.create("http://localhost:8081/rest/v2"));
		RedirectUris redirectUris = new RedirectUris("https://app.example.com/cb");
		Pages pages = new Pages("/sign-in", "/home", "/bye");
		assertThat(UltraCartLoginSettings.DEFAULTS.withLoginUrls(loginUrls)
			.withRedirectUris(redirectUris)
			.withPages(pages)).isEqualTo(new UltraCartLoginSettings("ultracart", redirectUris, loginUrls, pages));
		assertThat(pages.isCustomLoginPage()).isTrue();
	}

	@Test
	@SuppressWarnings("NullAway")
	void constructorsWhenEmptyThenThrowIllegalArgumentException() {
		UltraCartLoginSettings defaults = UltraCartLoginSettings.DEFAULTS;
		assertThatIllegalArgumentException().isThrownBy(
				() -> new UltraCartLoginSettings("", defaults.redirectUris(), defaults.loginUrls(), defaults.pages()))
			.withMessage("registrationId cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withRedirectUris(null))
			.withMessage("redirectUris cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withLoginUrls(null))
			.withMessage("loginUrls cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> defaults.withPages(null))
			.withMessage("pages cannot be null");
		assertThatIllegalArgumentException().isThrownBy(() -> new Pages("", "/", null))
			.withMessage("loginPage cannot be empty");
		assertThatIllegalArgumentException().isThrownBy(() -> new Pages("/login", "", null))
			.withMessage("defaultSuccessUrl cannot be empty");
	}

}
