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

package io.github.ultracartsso.test.simulator.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

import io.github.ultracartsso.test.simulator.http.SimulatorResponse;
import io.github.ultracartsso.test.simulator.state.SimulatorState;

/**
 * Renders the pages of the console. They work without a script; the script only shows new
 * calls and sessions without a reload.
 */
final class ConsoleView {

	private static final String STYLE = """
			:root { color-scheme: light dark; --ink: #1c2733; --soft: #5b6b7b; --card: #fff; --line: #d5dde5;
			  --page: #eef2f6; --accent: #0a6ebd; --bad: #b3261e; --good: #1a7f37; }
			@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9fb0c0; --card: #17202a;
			  --line: #2f3d4b; --page: #0d141b; --accent: #58b0f4; --bad: #ff8a80; --good: #6fdd8b; } }
			* { box-sizing: border-box; }
			body { margin: 0; padding: 1.5rem; background: var(--page); color: var(--ink);
			  font: .9375rem/1.5 system-ui, sans-serif; }
			header, main { max-width: 75rem; margin: 0 auto 1rem; }
			header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: baseline; }
			main { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
			h1 { margin: 0; font-size: 1.4rem; }
			h2 { margin: 0 0 .5rem; font-size: 1.05rem; }
			section { min-width: 0; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line);
			  border-radius: .75rem; }
			.wide { grid-column: 1 / -1; }
			.scroll { max-height: 24rem; overflow: auto; }
			p, ul, details, fieldset { margin: 0 0 .5rem; overflow-wrap: anywhere; }
			ul { padding-left: 1.25rem; }
			fieldset { border: 1px solid var(--line); border-radius: .5rem; }
			fieldset label { display: inline-block; margin-right: 1rem; }
			legend, small, #live { color: var(--soft); }
			table { width: 100%; margin-bottom: .5rem; border-collapse: collapse; }
			th, td { padding: .25rem .75rem .25rem 0; text-align: left; border-bottom: 1px solid var(--line); }
			thead { color: var(--soft); }
			.good { color: var(--good); }
			.bad { color: var(--bad); font-weight: 600; }
			label { display: block; margin-bottom: .25rem; }
			.inline { display: inline; }
			input, select, textarea, button { font: inherit; color: inherit; background: transparent;
			  border: 1px solid var(--line); border-radius: .375rem; padding: .2rem .5rem; max-width: 100%; }
			input[type=number] { width: 6.5rem; }
			select option { background: var(--card); }
			textarea { display: block; width: 100%; }
			button { cursor: pointer; }
			button:hover { border-color: var(--accent); }
			:focus-visible { outline: 3px solid var(--accent); outline-offset: 1px; }
			a { color: var(--accent); }
			summary { cursor: pointer; overflow-wrap: anywhere; }
			""";

	private static final String SCRIPT = """
			const refresh = async () => {
			  if (!document.hidden) {
			    const live = document.getElementById("live");
			    try {
			      const response = await fetch(location.pathname);
			      const page = new DOMParser().parseFromString(await response.text(), "text/html");
			      for (const part of document.querySelectorAll("[data-live]")) {
			        const fresh = page.getElementById(part.id);
			        if (fresh && part.innerHTML !== fresh.innerHTML && !part.contains(document.activeElement)) {
			          part.replaceWith(fresh);
			        }
			      }
			      live.textContent = "live";
			    }
			    catch {
			      live.textContent = "the simulator does not respond";
			    }
			  }
			  setTimeout(refresh, 1000);
			};
			refresh();
			""";

	private static final String PAGE = """
			<!DOCTYPE html>
			<html lang="en">
			<head>
			<meta charset="utf-8">
			<meta name="viewport" content="width=device-width, initial-scale=1">
			<title>%s</title>
			<style>%s</style>
			</head>
			<body>
			%s</body>
			</html>
			""";

	private static final String POLICY = "default-src 'none'; style-src 'sha256-" + hash(STYLE)
			+ "'; script-src 'sha256-" + hash(SCRIPT)
			+ "'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

	private final ActivityView activity = new ActivityView();

	private final SettingsView settings = new SettingsView();

	private final UsersView users = new UsersView();

	SimulatorResponse console(SimulatorState state, List<SimulatorState> merchants) {
		Html content = new Html().add("""
				<header><h1>UltraCart simulator</h1>
				<nav>%s</nav><span id="live">reload to see what is new</span></header>
				<main>
				%s%s%s%s%s%s%s</main>
				<script>%s</script>
				""", navigation(state, merchants), this.activity.calls(state), this.activity.sessions(state),
				this.settings.faults(state), this.settings.limits(state), this.settings.clock(state),
				this.users.users(state.account()), this.settings.alternatives(state), Html.of(SCRIPT));
		return page(200, "Console of the UltraCart simulator", content);
	}

	private static Html navigation(SimulatorState state, List<SimulatorState> merchants) {
		Html navigation = new Html();
		for (SimulatorState merchant : merchants) {
			if (merchant == state) {
				navigation.add("<b>%s</b> ", merchant.merchantId());
			}
			else {
				navigation.add("<a href=\"%s\">%s</a> ", ConsolePages.path(merchant), merchant.merchantId());
			}
		}
		return navigation;
	}

	SimulatorResponse message(int status, String title, String text, String link) {
		return page(status, title, new Html().add("""
				<main><section class="wide"><h1>%s</h1><p>%s</p><a href="%s">Console</a></section></main>
				""", title, text, link));
	}

	private static SimulatorResponse page(int status, String title, Html content) {
		return SimulatorResponse.status(status)
			.header("Content-Type", "text/html; charset=UTF-8")
			.header("Cache-Control", "no-store")
			.header("Content-Security-Policy", POLICY)
			// "no-referrer" would also keep the origin of forms back
			.header("Referrer-Policy", "same-origin")
			.header("X-Content-Type-Options", "nosniff")
			.header("X-Frame-Options", "DENY")
			.body(new Html().add(PAGE, title, Html.of(STYLE), content).toString());
	}

	private static String hash(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("SHA-256 is missing, although every Java platform must provide it", ex);
		}
	}

}
