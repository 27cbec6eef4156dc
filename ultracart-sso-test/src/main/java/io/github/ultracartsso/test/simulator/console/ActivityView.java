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

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

import io.github.ultracartsso.test.simulator.state.LoggedCall;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;

/**
 * Renders what happens: the calls and the SSO sessions. No key is shown.
 */
final class ActivityView {

	private static final int CALLS = 50;

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final DateTimeFormatter DATE_AND_TIME = DateTimeFormatter
		.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	Html calls(SimulatorState state) {
		List<LoggedCall> latest = state.calls().latest(CALLS);
		Html rows = new Html();
		latest.forEach(
				(call) -> rows.add("<tr><td>%s</td><td>%s</td><td class=\"%s\">%s</td><td>%s</td><td>%s</td></tr>\n",
						TIME.format(call.at()), operation(call),
						(call.call().status() >= 400 || call.call().status() == 0) ? "bad" : "good",
						(call.call().status() != 0) ? call.call().status() : "broken", call.caller(), call.address()));
		Html table = latest.isEmpty() ? Html.of("<p>There was no call yet.</p>\n")
				: new Html().add(
						"""
								<table><thead><tr><th>Time (UTC)</th><th>Operation</th><th>Status</th><th>Caller</th><th>Address</th></tr>
								</thead><tbody>
								%s</tbody></table>
								""",
						rows);
		return new Html().add("""
				<section id="calls" class="wide"><h2>Calls</h2>
				<div id="calls-table" class="scroll" data-live>
				%s</div>
				<form method="post"><button name="action" value="clear-calls">Forget calls</button></form>
				</section>
				""", table);
	}

	private static Html operation(LoggedCall call) {
		return new Html().add("<code>%s %s</code>", call.call().method(), call.call().path());
	}

	Html sessions(SimulatorState state) {
		List<Session> live = state.sessions().live();
		Html rows = new Html();
		live.forEach((session) -> rows.add("""
				<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td><form method="post">
				<input type="hidden" name="session" value="%s">
				<button name="action" value="end-session" class="end-session" aria-label="End session %s">End</button>
				</form></td></tr>
				""", session.number(), session.login(), session.ipAddress(), dateAndTime(session.expiresAt()),
				session.number(), session.number()));
		Html table = live.isEmpty() ? Html.of("<p>No user is signed in.</p>\n")
				: new Html().add(
						"""
								<table><thead><tr><th>Session</th><th>User</th><th>Address</th><th>Expires (UTC)</th><td></td></tr></thead>
								<tbody>
								%s</tbody></table>
								<form method="post"><button name="action" value="end-all-sessions">End all</button></form>
								""",
						rows);
		return new Html().add("""
				<section id="sessions" class="wide"><h2>SSO sessions</h2>
				<div id="sessions-table" class="scroll" data-live>
				%s</div>
				</section>
				""", table);
	}

	static String dateAndTime(Instant instant) {
		return DATE_AND_TIME.format(instant);
	}

}
