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
package io.github.ultracartsso.web.login;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.ultracartsso.session.sealing.Sha256;

import org.springframework.core.io.ClassPathResource;
import org.springframework.web.util.HtmlUtils;

/**
 * HTML of the built-in sign-in page and its content security policy, which allows nothing
 * but the style of the page.
 */
final class SignInPage {

	static final String INTRODUCTION = "<p>This application uses your UltraCart login.</p>";

	private final String startUrl;

	private final String defaultSuccessUrl;

	private final String template;

	private final String contentSecurityPolicy;

	SignInPage(String startUrl, String defaultSuccessUrl) {
		this.startUrl = HtmlUtils.htmlEscape(startUrl);
		this.defaultSuccessUrl = HtmlUtils.htmlEscape(defaultSuccessUrl);
		String style = resource("sign-in.css");
		this.template = resource("sign-in.html").replace("{{style}}", style);
		this.contentSecurityPolicy = "default-src 'none'; style-src 'sha256-"
				+ Base64.getEncoder().encodeToString(Sha256.digest(style))
				+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	}

	private static String resource(String name) {
		try {
			return new ClassPathResource(name, SignInPage.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String error(String text) {
		return message("error", text);
	}

	static String notice(String text) {
		return message("notice", text);
	}

	private static String message(String style, String text) {
		return "<p class=\"message " + style + "\" role=\"status\">" + HtmlUtils.htmlEscape(text) + "</p>";
	}

	/**
	 * Returns the page.
	 * @param contextPath the context path of the application
	 * @param message HTML of the message
	 * @param signedIn whether to link to the default success URL
	 */
	String html(String contextPath, String message, boolean signedIn) {
		String path = HtmlUtils.htmlEscape(contextPath);
		String more = signedIn ? "<p class=\"more\"><a id=\"continue\" href=\"" + path + this.defaultSuccessUrl
				+ "\">You are signed in: continue</a></p>" : "";
		return this.template.replace("{{title}}", "Sign in")
			.replace("{{message}}", message)
			.replace("{{startUrl}}", path + this.startUrl)
			.replace("{{action}}", "Sign in with UltraCart")
			.replace("{{more}}", more);
	}

	String contentSecurityPolicy() {
		return this.contentSecurityPolicy;
	}

}
