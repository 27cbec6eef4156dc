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

import java.time.Duration;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedLimits.Rate;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.state.Faults;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;

/**
 * Renders how the simulator behaves: faults, limits, the clock, and what UltraCart does
 * not document.
 */
final class SettingsView {

	static final String ONE_AT_A_TIME = "one-at-a-time";

	Html faults(SimulatorState state) {
		Html active = new Html();
		for (SimulatedOperation operation : SimulatedOperation.values()) {
			faultsOf(operation, state.faults(), active);
		}
		Html operations = new Html();
		for (SimulatedOperation operation : SimulatedOperation.values()) {
			operations.add("<option>%s</option>", operation);
		}
		Html faults = new Html();
		for (ConsoleFault fault : ConsoleFault.values()) {
			faults.add("<option value=\"%s\">%s</option>", fault, fault.label());
		}
		return new Html().add("""
				<section id="faults"><h2>Faults</h2>
				<ul id="active-faults" data-live>
				%s</ul>
				<form method="post">
				<label>Calls <select name="operation">%s</select></label>
				<label>Fault <select name="fault">%s</select></label>
				<p><button name="action" value="fault-next">Next call</button>
				<button name="action" value="fault-always">Every call</button>
				<button name="action" value="clear-faults">All faults off</button></p>
				</form></section>
				""", active, operations, faults);
	}

	private static void faultsOf(SimulatedOperation operation, Faults faults, Html active) {
		List<String> next = faults.next(operation).stream().map(ConsoleFault::describe).toList();
		SimulatedFault always = faults.always(operation);
		if (!next.isEmpty() || always != null) {
			active.add("""
					<li><form method="post"><b>%s</b> %s
					<input type="hidden" name="operation" value="%s">
					<button name="action" value="clear-fault">Off</button></form></li>
					""", operation, description(next, always), operation);
		}
	}

	private static String description(List<String> next, @Nullable SimulatedFault always) {
		String calls = next.isEmpty() ? "" : "next: " + String.join(", ", next);
		String separator = (next.isEmpty() || always == null) ? "" : "; ";
		return calls + separator + ((always != null) ? "every call: " + ConsoleFault.describe(always) : "");
	}

	Html limits(SimulatorState state) {
		SimulatedLimits limits = state.limits().limits();
		Html enforced = new Html();
		limits.rates()
			.forEach((rate) -> limit(enforced, rate.calls() + " calls in " + period(rate.period()), name(rate)));
		if (limits.isOneCallAtATime()) {
			limit(enforced, "one call at a time", ONE_AT_A_TIME);
		}
		if (limits.rates().isEmpty() && !limits.isOneCallAtATime()) {
			enforced.add("<li>none</li>");
		}
		boolean ultraCart = limits.rates().equals(SimulatedLimits.ultraCart().rates());
		Rate rate = limits.rates().stream().filter((first) -> !ultraCart).findFirst().orElse(null);
		return new Html().add(
				"""
						<section id="limits"><h2>Limits</h2>
						<ul>%s</ul>
						<form method="post">
						<label><input type="radio" name="limits" value="none"%s> None</label>
						<label><input type="radio" name="limits" value="ultracart"%s> UltraCart’s: 1,000 calls an hour, 10,000 a day,
						one at a time</label>
						<label><input type="radio" name="limits" value="rate"%s>
						<input type="number" name="calls" min="1" max="999999" value="%s" aria-label="calls"> calls in
						<input type="number" name="seconds" min="1" max="86400" value="%s" aria-label="seconds"> seconds</label>
						<label><input type="checkbox" name="one-at-a-time"%s> One call at a time</label>
						<p><button name="action" value="limits">Enforce</button>
						<button name="action" value="clear-limits">All limits off</button></p>
						</form></section>
						""",
				enforced, checked(limits.rates().isEmpty()), checked(ultraCart), checked(rate != null),
				(rate != null) ? rate.calls() : 10, (rate != null) ? rate.period().toSeconds() : 60,
				checked(limits.isOneCallAtATime()));
	}

	private static void limit(Html enforced, String description, String name) {
		enforced.add("""
				<li><form method="post">%s <input type="hidden" name="limit" value="%s">
				<button name="action" value="clear-limit">Off</button></form></li>
				""", description, name);
	}

	/**
	 * Returns what a form calls a limit.
	 */
	static String name(Rate rate) {
		return rate.calls() + "/" + rate.period().toSeconds();
	}

	private static Html checked(boolean checked) {
		return Html.of(checked ? " checked" : "");
	}

	private static String period(Duration period) {
		return period.toSeconds() + " seconds";
	}

	Html clock(SimulatorState state) {
		Duration offset = state.clock().offset();
		Html moves = new Html();
		move(moves, 5, "5 minutes");
		move(moves, 60, "1 hour");
		move(moves, 24 * 60, "1 day");
		return new Html().add(
				"""
						<section id="clock"><h2>Clock</h2>
						<p id="time" data-live>%s UTC%s</p>
						%s<form method="post"><label>Minutes <input type="number" name="minutes" min="1" max="999999" value="30"></label>
						<p><button name="action" value="move-clock">Move</button></p></form>
						<form method="post"><button name="action" value="reset-clock">Back to now</button></form>
						</section>
						""",
				ActivityView.dateAndTime(state.clock().instant()),
				offset.isZero() ? "" : ", " + offset.toMinutes() + " minutes ahead", moves);
	}

	private static void move(Html moves, int minutes, String label) {
		moves.add("""
				<form method="post" class="inline"><input type="hidden" name="minutes" value="%s">
				<button name="action" value="move-clock">+ %s</button></form>
				""", minutes, label);
	}

	Html alternatives(SimulatorState state) {
		Html switches = new Html();
		for (SimulatedAlternative alternative : SimulatedAlternative.values()) {
			switches.add("<label><input type=\"checkbox\" name=\"alternative\" value=\"%s\"%s> %s</label>\n",
					alternative, checked(state.shows(alternative)), alternative.description());
		}
		return new Html().add("""
				<section id="alternatives" class="wide"><h2>What UltraCart does not document</h2>
				<p>The simulator does what is more likely. Switch to what UltraCart may do instead.</p>
				<form method="post">
				%s<p><button name="action" value="alternatives">Apply</button></p>
				</form></section>
				""", switches);
	}

}
