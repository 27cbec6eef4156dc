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

package io.github.ultracartsso.test.simulator.page;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.state.LoginOperations.Login;

import org.springframework.web.util.HtmlUtils;

/**
 * Renders the pages as HTML that loads nothing and runs no script.
 */
final class LoginPageView {

	private static final String STYLE = """
			:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7b; --card: #fff; --line: #d5dde5;
			  --page: #eef2f6; --accent: #0a6ebd; }
			@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9fb0c0; --card: #17202a;
			  --line: #2f3d4b; --page: #0d141b; --accent: #58b0f4; } }
			* { box-sizing: border-box; }
			body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;
			  background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
			main { width: 100%; max-width: 30rem; padding: 2rem; background: var(--card);
			  border: 1px solid var(--line); border-radius: .75rem; }
			h1 { margin: 0 0 .25rem; font-size: 1.4rem; line-height: 1.25; }
			p { margin: 0 0 1.25rem; color: var(--soft); overflow-wrap: anywhere; }
			button { display: block; width: 100%; margin: 0 0 .75rem; padding: .75rem 1rem; text-align: left;
			  color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .5rem;
			  font: inherit; cursor: pointer; overflow-wrap: anywhere; }
			button:hover { border-color: var(--accent); }
			button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
			button span { display: block; }
			.name { font-weight: 600; }
			.login { font-family: ui-monospace, monospace; font-size: .875rem; }
			.granted { color: var(--soft); font-size: .875rem; }
			#cancel { margin: 1.25rem 0 0; text-align: center; color: var(--soft); }
			""";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>UltraCart simulator</title>
			<style>%s</style>
			</head>
			<body>
			<main>
			<h1>%s</h1>
			<p>%s</p>
			%s</main>
			</body>
			</html>
			""";

	private final String styleHash = hash(STYLE);

	SimulatorResponse login(Login login, List<SimulatedUser> users) {
		String application = login.redirectUri().getScheme() + "://" + login.redirectUri().getRawAuthority();
		StringBuilder form = new StringBuilder("<form method=\"post\">\n");
		for (int i = 0; i < users.size(); i++) {
			form.append(button(i, users.get(i)));
		}
		form.append(
				"<button type=\"submit\" id=\"cancel\" name=\"cancel\" value=\"cancel\">Cancel</button>\n</form>\n");
		String text = users.isEmpty() ? "There is no user yet. Add one with UltraCartSimulator.addUser and reload."
				: "Choose who signs in to " + application + ".";
		// browsers also apply form-action to the redirect that follows the form
		return page(200, "'self' " + application, "UltraCart simulator", text, form.toString());
	}

	private static String button(int index, SimulatedUser user) {
		String login = escaped(user.login());
		List<String> rights = Stream.concat(user.permissions().stream(), user.groups().stream().map("group "::concat))
			.toList();
		String granted = rights.isEmpty() ? "No permissions" : String.join(" · ", rights);
		return """
				<button type="submit" id="login-%d" name="login" value="%s" data-login="%s">
				<span class="name">%s</span>
				<span class="login">%s</span>
				<span class="granted">%s</span>
				</button>
				""".formatted(index, login, login, escaped(user.fullName()), login, escaped(granted));
	}

	SimulatorResponse message(int status, String title, String text) {
		return page(status, "'none'", title, text, "");
	}

	private SimulatorResponse page(int status, String formAction, String title, String text, String content) {
		return SimulatorResponse.status(status)
			.header("Content-Type", "text/html; charset=UTF-8")
			.header("Cache-Control", "no-store")
			.header("Content-Security-Policy",
					"default-src 'none'; style-src 'sha256-" + this.styleHash + "'; form-action " + formAction
							+ "; frame-ancestors 'none'; base-uri 'none'")
			.header("Referrer-Policy", "no-referrer")
			.header("X-Content-Type-Options", "nosniff")
			.body(PAGE.formatted(STYLE, escaped(title), escaped(text), content));
	}

	private static String escaped(String text) {
		// with UTF-8 only markup is escaped, and names stay readable in the source
		return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name());
	}

	private static String hash(String style) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing, although every Java platform must provide it", ex);
		}
	}

}
