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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;

/**
 * HTML of a built-in page, with placeholders and a style of its own. Not part of the API.
 */
public final class PageTemplate {

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\w+)}}");

	private final String template;

	private final String style;

	/**
	 * Loads a template.
	 * @param owner the class in whose package its files are
	 * @param name the name of its HTML and CSS files, without the extensions
	 */
	public PageTemplate(Class<?> owner, String name) {
		this.template = resource(owner, name + ".html");
		this.style = resource(owner, name + ".css");
	}

	private static String resource(Class<?> owner, String name) {
		try {
			return new ClassPathResource(name, owner).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the style, for the content security policy.
	 * @return the CSS
	 */
	public String style() {
		return this.style;
	}

	/**
	 * Sends the page with the status of the response.
	 * @param response the response
	 * @param contentSecurityPolicy the content security policy
	 * @param values the HTML for each placeholder
	 * @throws IOException if the response cannot be written
	 */
	public void send(HttpServletResponse response, String contentSecurityPolicy, Map<String, String> values)
			throws IOException {
		// values hold texts of others, so they are not searched for placeholders
		byte[] body = PLACEHOLDER.matcher(this.template)
			.replaceAll((match) -> Matcher.quoteReplacement(
					match.group(1).equals("style") ? this.style : values.getOrDefault(match.group(1), "")))
			.getBytes(StandardCharsets.UTF_8);
		response.setContentType("text/html;charset=UTF-8");
		response.setContentLength(body.length);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
		response.setHeader("Content-Security-Policy", contentSecurityPolicy);
		response.setHeader("Referrer-Policy", "no-referrer");
		response.getOutputStream().write(body);
	}

}
