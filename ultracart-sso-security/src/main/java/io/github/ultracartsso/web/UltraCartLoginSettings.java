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

package io.github.ultracartsso.web;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What an application has decided about signing in with UltraCart in all of its filter
 * chains. A bean of this type is the default of what a chain does not set itself.
 *
 * @since 0.1
 */
public final class UltraCartLoginSettings {

	private static final URI ULTRACART = URI.create("https://secure.ultracart.com/rest/v2");

	private final LoginUrls loginUrls;

	private final RedirectUris redirectUris;

	private final String loginPage;

	private final boolean customLoginPage;

	private final String defaultSuccessUrl;

	private final @Nullable String logoutSuccessUrl;

	private final SsoSessionPolicy sessionPolicy;

	private UltraCartLoginSettings(Builder builder) {
		this.loginUrls = new LoginUrls(builder.allowedLoginHosts, builder.baseUrl);
		this.redirectUris = new RedirectUris(builder.redirectUri);
		this.loginPage = builder.loginPage;
		this.customLoginPage = !Builder.DEFAULT_LOGIN_PAGE.equals(builder.loginPage);
		this.defaultSuccessUrl = builder.defaultSuccessUrl;
		this.logoutSuccessUrl = builder.logoutSuccessUrl;
		this.sessionPolicy = builder.sessionPolicy;
	}

	/**
	 * Starts settings with the defaults.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns where a browser may be sent to log in.
	 * @return the login URLs
	 */
	public LoginUrls loginUrls() {
		return this.loginUrls;
	}

	/**
	 * Returns how redirect URIs are made.
	 * @return the redirect URIs
	 */
	public RedirectUris redirectUris() {
		return this.redirectUris;
	}

	/**
	 * Returns the sign-in page.
	 * @return a URL relative to the context path
	 */
	public String loginPage() {
		return this.loginPage;
	}

	/**
	 * Returns whether the sign-in page is the application's own.
	 * @return {@code true} if the built-in page is not wanted
	 */
	public boolean isCustomLoginPage() {
		return this.customLoginPage;
	}

	/**
	 * Returns where users go who did not want to go anywhere else.
	 * @return a URL relative to the context path
	 */
	public String defaultSuccessUrl() {
		return this.defaultSuccessUrl;
	}

	/**
	 * Returns where users go who signed out.
	 * @return a URL relative to the context path, or {@code null} for the sign-in page
	 */
	public @Nullable String logoutSuccessUrl() {
		return this.logoutSuccessUrl;
	}

	/**
	 * Returns what the sessions of signed-in users are bound by.
	 * @return the policy
	 */
	public SsoSessionPolicy sessionPolicy() {
		return this.sessionPolicy;
	}

	/**
	 * Builds {@link UltraCartLoginSettings}.
	 */
	public static final class Builder {

		static final String DEFAULT_LOGIN_PAGE = "/login";

		private URI baseUrl = ULTRACART;

		private List<String> allowedLoginHosts = LoginUrls.DEFAULT_ALLOWED_HOSTS;

		private String redirectUri = RedirectUris.DEFAULT_TEMPLATE;

		private String loginPage = DEFAULT_LOGIN_PAGE;

		private String defaultSuccessUrl = "/";

		private @Nullable String logoutSuccessUrl;

		private SsoSessionPolicy sessionPolicy = SsoSessionPolicy.builder().build();

		private Builder() {
		}

		/**
		 * Sets where UltraCart's API is. Defaults to UltraCart's own host.
		 * @param baseUrl the base URL; login URLs on a loopback host are allowed only if
		 * this is on it
		 * @return this builder
		 */
		public Builder baseUrl(URI baseUrl) {
			Assert.notNull(baseUrl, "baseUrl cannot be null");
			this.baseUrl = baseUrl;
			return this;
		}

		/**
		 * Sets the hosts a browser may be sent to. Defaults to {@code ultracart.com}.
		 * @param allowedLoginHosts host names, each standing for all hosts below it too
		 * @return this builder
		 */
		public Builder allowedLoginHosts(List<String> allowedLoginHosts) {
			Assert.notEmpty(allowedLoginHosts, "allowedLoginHosts cannot be empty");
			this.allowedLoginHosts = List.copyOf(allowedLoginHosts);
			return this;
		}

		/**
		 * Sets the redirect URI. Defaults to {@value RedirectUris#DEFAULT_TEMPLATE}.
		 * @param redirectUri a template or an absolute URL
		 * @return this builder
		 */
		public Builder redirectUri(String redirectUri) {
			Assert.hasText(redirectUri, "redirectUri cannot be empty");
			this.redirectUri = redirectUri;
			return this;
		}

		/**
		 * Sets the sign-in page. Defaults to {@code /login}, which is built in; any other
		 * is the application's own.
		 * @param loginPage a URL relative to the context path
		 * @return this builder
		 */
		public Builder loginPage(String loginPage) {
			Assert.hasText(loginPage, "loginPage cannot be empty");
			this.loginPage = loginPage;
			return this;
		}

		/**
		 * Sets where users go who did not want to go anywhere else. Defaults to
		 * {@code /}.
		 * @param defaultSuccessUrl a URL relative to the context path
		 * @return this builder
		 */
		public Builder defaultSuccessUrl(String defaultSuccessUrl) {
			Assert.hasText(defaultSuccessUrl, "defaultSuccessUrl cannot be empty");
			this.defaultSuccessUrl = defaultSuccessUrl;
			return this;
		}

		/**
		 * Sets where users go who signed out. Defaults to the sign-in page, which
		 * confirms it.
		 * @param logoutSuccessUrl a URL relative to the context path
		 * @return this builder
		 */
		public Builder logoutSuccessUrl(String logoutSuccessUrl) {
			Assert.hasText(logoutSuccessUrl, "logoutSuccessUrl cannot be empty");
			this.logoutSuccessUrl = logoutSuccessUrl;
			return this;
		}

		/**
		 * Sets what the sessions of signed-in users are bound by. Defaults to the
		 * policy's own defaults.
		 * @param sessionPolicy the policy
		 * @return this builder
		 */
		public Builder sessionPolicy(SsoSessionPolicy sessionPolicy) {
			Assert.notNull(sessionPolicy, "sessionPolicy cannot be null");
			this.sessionPolicy = sessionPolicy;
			return this;
		}

		/**
		 * Builds the settings.
		 * @return the settings
		 */
		public UltraCartLoginSettings build() {
			return new UltraCartLoginSettings(this);
		}

	}

}
