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
package io.github.ultracartsso.web.signin;

import java.net.URI;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * What the built-in sign-in page shows of the application. The page is served to people
 * who are not signed in.
 *
 * @param applicationName the name of the application, or {@code null} for none
 * @param logoUrl the logo: an absolute URL, or a path that begins with {@code /} and is
 * relative to the context path; {@code null} for none. The content security policy of the
 * page allows images of its origin only. The logo must be open to everyone
 * @since 0.1
 */
public record SignInPageSettings(@Nullable String applicationName, @Nullable String logoUrl) {

	/**
	 * A page without a name and a logo.
	 */
	public static final SignInPageSettings DEFAULTS = new SignInPageSettings(null, null);

	/**
	 * Creates the settings.
	 * @param applicationName the name of the application, or {@code null}
	 * @param logoUrl the URL of the logo, or {@code null}
	 * @throws IllegalArgumentException if the logo is neither a path nor an absolute URL
	 * with a host
	 */
	public SignInPageSettings {
		applicationName = StringUtils.hasText(applicationName) ? applicationName : null;
		logoUrl = StringUtils.hasText(logoUrl) ? logoUrl.strip() : null;
		if (logoUrl != null) {
			imageSource(logoUrl);
		}
	}

	/**
	 * Returns the source of the logo as a content security policy names it, or
	 * {@code null} if there is no logo.
	 */
	@Nullable String imageSource() {
		return (this.logoUrl != null) ? imageSource(this.logoUrl) : null;
	}

	private static String imageSource(String logoUrl) {
		URI uri = URI.create(logoUrl);
		if (isPath(logoUrl)) {
			return "'self'";
		}
		String scheme = uri.getScheme();
		Assert.isTrue(
				("https".equals(scheme) || "http".equals(scheme)) && uri.getHost() != null
						&& uri.getRawUserInfo() == null,
				"logoUrl must be a path that begins with /, or an absolute URL with a host");
		return scheme + "://" + uri.getHost() + ((uri.getPort() != -1) ? ":" + uri.getPort() : "");
	}

	private static boolean isPath(String logoUrl) {
		return logoUrl.startsWith("/") && !logoUrl.startsWith("//");
	}

	/**
	 * Returns the logo as it is linked from the page, or {@code null} if there is none.
	 */
	@Nullable String logoUrl(String contextPath) {
		return (this.logoUrl != null && isPath(this.logoUrl)) ? contextPath + this.logoUrl : this.logoUrl;
	}

}
