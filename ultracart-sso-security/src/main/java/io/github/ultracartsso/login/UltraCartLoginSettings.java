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

import io.github.ultracartsso.authentication.UltraCartUser;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of a registration at UltraCart, which all filter chains of an application
 * share. A bean of this type provides the defaults for what a filter chain does not
 * configure.
 *
 * @param registrationId the id of the registration
 * @param redirectUris expands redirect URIs
 * @param loginUrls checks login URLs
 * @param pages the pages of the application around a login
 * @since 0.1
 */
public record UltraCartLoginSettings(String registrationId, RedirectUris redirectUris, LoginUrls loginUrls,
		Pages pages) {

	/**
	 * The default of every setting.
	 */
	public static final UltraCartLoginSettings DEFAULTS = new UltraCartLoginSettings(
			UltraCartUser.DEFAULT_REGISTRATION_ID, new RedirectUris(RedirectUris.DEFAULT_TEMPLATE),
			new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS, URI.create("https://secure.ultracart.com/rest/v2")),
			Pages.DEFAULTS);

	/**
	 * Creates settings.
	 * @param registrationId the id of the registration, not empty
	 * @param redirectUris expands redirect URIs, not {@code null}
	 * @param loginUrls checks login URLs, not {@code null}
	 * @param pages the pages of the application, not {@code null}
	 */
	public UltraCartLoginSettings {
		Assert.hasText(registrationId, "registrationId cannot be empty");
		Assert.notNull(redirectUris, "redirectUris cannot be null");
		Assert.notNull(loginUrls, "loginUrls cannot be null");
		Assert.notNull(pages, "pages cannot be null");
	}

	/**
	 * Returns the same settings with other redirect URIs.
	 * @param redirectUris expands redirect URIs
	 * @return the settings
	 */
	public UltraCartLoginSettings withRedirectUris(RedirectUris redirectUris) {
		return new UltraCartLoginSettings(this.registrationId, redirectUris, this.loginUrls, this.pages);
	}

	/**
	 * Returns the same settings with other login URLs.
	 * @param loginUrls checks login URLs
	 * @return the settings
	 */
	public UltraCartLoginSettings withLoginUrls(LoginUrls loginUrls) {
		return new UltraCartLoginSettings(this.registrationId, this.redirectUris, loginUrls, this.pages);
	}

	/**
	 * Returns the same settings with other pages.
	 * @param pages the pages of the application
	 * @return the settings
	 */
	public UltraCartLoginSettings withPages(Pages pages) {
		return new UltraCartLoginSettings(this.registrationId, this.redirectUris, this.loginUrls, pages);
	}

	/**
	 * Pages of the application around a login. All URLs are relative to the context path.
	 *
	 * @param loginPage the sign-in page. {@code /login} is built in; the application
	 * provides any other
	 * @param defaultSuccessUrl the page after a login without a target
	 * @param logoutSuccessUrl the page after a sign-out, or {@code null} for the sign-in
	 * page
	 */
	public record Pages(String loginPage, String defaultSuccessUrl, @Nullable String logoutSuccessUrl) {

		/**
		 * The built-in sign-in page, which also confirms a sign-out, and {@code /}.
		 */
		public static final Pages DEFAULTS = new Pages("/login", "/", null);

		/**
		 * Creates pages.
		 * @param loginPage the sign-in page, not empty
		 * @param defaultSuccessUrl the page after a login, not empty
		 * @param logoutSuccessUrl the page after a sign-out, or {@code null}
		 */
		public Pages {
			Assert.hasText(loginPage, "loginPage cannot be empty");
			Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
		}

		/**
		 * Returns whether the application provides the sign-in page.
		 * @return {@code false} for the built-in page
		 */
		public boolean isCustomLoginPage() {
			return !this.loginPage.equals(DEFAULTS.loginPage);
		}

	}

}
