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
import io.github.ultracartsso.session.SsoSessionPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of a registration, with which users sign in to all filter chains of an
 * application. A bean of this type is the default of what a chain does not set itself.
 *
 * @param registrationId the id of the registration
 * @param redirectUris how redirect URIs are made
 * @param loginUrls where a browser may be sent to log in
 * @param pages the pages of the application around a login
 * @param sessionPolicy the bounds of sessions
 * @since 0.1
 */
public record UltraCartLoginSettings(String registrationId, RedirectUris redirectUris, LoginUrls loginUrls, Pages pages,
		SsoSessionPolicy sessionPolicy) {

	/**
	 * The default of every setting.
	 */
	public static final UltraCartLoginSettings DEFAULTS = new UltraCartLoginSettings(
			UltraCartUser.DEFAULT_REGISTRATION_ID, new RedirectUris(RedirectUris.DEFAULT_TEMPLATE),
			new LoginUrls(LoginUrls.DEFAULT_ALLOWED_HOSTS, URI.create("https://secure.ultracart.com/rest/v2")),
			Pages.DEFAULTS, SsoSessionPolicy.DEFAULTS);

	/**
	 * Creates settings.
	 * @param registrationId the id of the registration, not empty
	 * @param redirectUris how redirect URIs are made, not {@code null}
	 * @param loginUrls where a browser may be sent to log in, not {@code null}
	 * @param pages the pages of the application, not {@code null}
	 * @param sessionPolicy the bounds of sessions, not {@code null}
	 */
	public UltraCartLoginSettings {
		Assert.hasText(registrationId, "registrationId cannot be empty");
		Assert.notNull(redirectUris, "redirectUris cannot be null");
		Assert.notNull(loginUrls, "loginUrls cannot be null");
		Assert.notNull(pages, "pages cannot be null");
		Assert.notNull(sessionPolicy, "sessionPolicy cannot be null");
	}

	/**
	 * Returns the same settings with another policy.
	 * @param sessionPolicy the bounds of sessions
	 * @return the settings
	 */
	public UltraCartLoginSettings withSessionPolicy(SsoSessionPolicy sessionPolicy) {
		return new UltraCartLoginSettings(this.registrationId, this.redirectUris, this.loginUrls, this.pages,
				sessionPolicy);
	}

	/**
	 * Returns the same settings with other redirect URIs.
	 * @param redirectUris how redirect URIs are made
	 * @return the settings
	 */
	public UltraCartLoginSettings withRedirectUris(RedirectUris redirectUris) {
		return new UltraCartLoginSettings(this.registrationId, redirectUris, this.loginUrls, this.pages,
				this.sessionPolicy);
	}

	/**
	 * Returns the same settings with other login URLs.
	 * @param loginUrls where a browser may be sent to log in
	 * @return the settings
	 */
	public UltraCartLoginSettings withLoginUrls(LoginUrls loginUrls) {
		return new UltraCartLoginSettings(this.registrationId, this.redirectUris, loginUrls, this.pages,
				this.sessionPolicy);
	}

	/**
	 * Returns the same settings with other pages.
	 * @param pages the pages of the application
	 * @return the settings
	 */
	public UltraCartLoginSettings withPages(Pages pages) {
		return new UltraCartLoginSettings(this.registrationId, this.redirectUris, this.loginUrls, pages,
				this.sessionPolicy);
	}

	/**
	 * Pages around a login. All are relative to the context path.
	 *
	 * @param loginPage the sign-in page. {@code /login} is built in; any other is the
	 * application's own
	 * @param defaultSuccessUrl where users go who did not ask for a certain page
	 * @param logoutSuccessUrl where users go who sign out, or {@code null} for the
	 * sign-in page
	 */
	public record Pages(String loginPage, String defaultSuccessUrl, @Nullable String logoutSuccessUrl) {

		/**
		 * The built-in sign-in page, which also confirms a sign-out, and the home page.
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
		 * Returns whether the sign-in page is the application's own.
		 * @return {@code true} if the built-in page is not wanted
		 */
		public boolean isCustomLoginPage() {
			return !this.loginPage.equals(DEFAULTS.loginPage);
		}

	}

}
