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

import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;

import io.github.ultracartsso.client.LogText;
import io.github.ultracartsso.session.sealing.Sha256;
import io.github.ultracartsso.web.PageTemplate;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.web.util.HtmlUtils;

/**
 * HTML of the built-in sign-in page and its content security policy, which allows nothing
 * but the style of the page and the logo.
 */
final class SignInPage {

	private static final int MAX_NAME_LENGTH = 80;

	private final PageTemplate template = new PageTemplate(SignInPage.class, "sign-in");

	private final String startUrl;

	private final String defaultSuccessUrl;

	private SignInPageSettings settings = SignInPageSettings.DEFAULTS;

	private SignInMessages messages = new SignInMessages(null);

	private @Nullable String otherLoginPage;

	SignInPage(String startUrl, String defaultSuccessUrl) {
		this.startUrl = startUrl;
		this.defaultSuccessUrl = defaultSuccessUrl;
	}

	void setSettings(SignInPageSettings settings) {
		this.settings = settings;
	}

	void setMessageSource(MessageSource messageSource) {
		this.messages = new SignInMessages(messageSource);
	}

	/**
	 * Sets the page on which users can sign in by other mechanisms, to which this page
	 * links.
	 */
	void setOtherLoginPage(String otherLoginPage) {
		this.otherLoginPage = otherLoginPage;
	}

	SignInMessages messages() {
		return this.messages;
	}

	static String error(String text) {
		return message("error", text);
	}

	static String notice(String text) {
		return message("notice", text);
	}

	static String introduction(String text) {
		return "<p>" + HtmlUtils.htmlEscape(text) + "</p>";
	}

	private static String message(String style, String text) {
		return "<p class=\"message " + style + "\" role=\"status\">" + HtmlUtils.htmlEscape(text) + "</p>";
	}

	/**
	 * Sends the page.
	 * @param response the response
	 * @param contextPath the context path of the application
	 * @param locale the language of the browser
	 * @param message HTML of the message
	 * @param signedIn whether to link to the default success URL
	 */
	void send(HttpServletResponse response, String contextPath, Locale locale, String message, boolean signedIn)
			throws IOException {
		String more = signedIn ? more("continue", contextPath + this.defaultSuccessUrl, this.messages.signedIn(locale))
				: "";
		if (this.otherLoginPage != null) {
			more += more("other-ways", contextPath + this.otherLoginPage, this.messages.otherWays(locale));
		}
		String name = this.settings.applicationName();
		String title = this.messages.title(locale, (name != null) ? LogText.clean(name, MAX_NAME_LENGTH) : null);
		this.template.send(response, contentSecurityPolicy(),
				Map.of("language", HtmlUtils.htmlEscape(this.messages.language(locale)), "title",
						HtmlUtils.htmlEscape(title), "logo", logo(contextPath), "message", message, "startUrl",
						HtmlUtils.htmlEscape(contextPath + this.startUrl), "action",
						HtmlUtils.htmlEscape(this.messages.action(locale)), "more", more));
	}

	private static String more(String id, String url, String text) {
		return "<p class=\"more\"><a id=\"" + id + "\" href=\"" + HtmlUtils.htmlEscape(url) + "\">"
				+ HtmlUtils.htmlEscape(text) + "</a></p>";
	}

	private String logo(String contextPath) {
		String logoUrl = this.settings.logoUrl(contextPath);
		return (logoUrl != null) ? "<img class=\"logo\" src=\"" + HtmlUtils.htmlEscape(logoUrl) + "\" alt=\"\">\n" : "";
	}

	private String contentSecurityPolicy() {
		String imageSource = this.settings.imageSource();
		return "default-src 'none'; style-src 'sha256-"
				+ Base64.getEncoder().encodeToString(Sha256.digest(this.template.style())) + "'"
				+ ((imageSource != null) ? "; img-src " + imageSource : "")
				+ "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	}

}
