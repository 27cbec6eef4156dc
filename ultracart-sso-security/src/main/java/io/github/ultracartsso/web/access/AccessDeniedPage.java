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

package io.github.ultracartsso.web.access;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;

import io.github.ultracartsso.session.sealing.Sha256;
import io.github.ultracartsso.web.PageTemplate;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;
import org.springframework.web.util.HtmlUtils;

/**
 * Sends the built-in page that tells a user what they lack. It has no script and loads no
 * resources, which its content security policy enforces. Not part of the API.
 */
public final class AccessDeniedPage {

	private final PageTemplate template = new PageTemplate(AccessDeniedPage.class, "access-denied");

	private final String homeUrl;

	private final String contentSecurityPolicy;

	/**
	 * Creates a page.
	 * @param homeUrl the page that it links to, relative to the context path
	 */
	public AccessDeniedPage(String homeUrl) {
		Assert.hasText(homeUrl, "homeUrl cannot be empty");
		this.homeUrl = homeUrl;
		this.contentSecurityPolicy = "default-src 'none'; style-src 'sha256-"
				+ Base64.getEncoder().encodeToString(Sha256.digest(this.template.style()))
				+ "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
	}

	/**
	 * Sends the page.
	 * @param request the request
	 * @param response the response, which is not committed
	 * @param explanation what the user lacks
	 * @throws IOException if the response cannot be written
	 */
	public void send(HttpServletRequest request, HttpServletResponse response, AccessDeniedExplanation explanation)
			throws IOException {
		String ask = explanation.getAsk();
		response.setStatus(HttpStatus.FORBIDDEN.value());
		this.template.send(response, this.contentSecurityPolicy,
				Map.of("language", HtmlUtils.htmlEscape(explanation.language()), "title",
						HtmlUtils.htmlEscape(explanation.title()), "detail",
						HtmlUtils.htmlEscape(explanation.getDetail()), "ask",
						(ask != null) ? "<p>" + HtmlUtils.htmlEscape(ask) + "</p>" : "", "homeUrl",
						HtmlUtils.htmlEscape(request.getContextPath() + this.homeUrl), "home",
						HtmlUtils.htmlEscape(explanation.home())));
	}

}
