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
import java.util.Arrays;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * Does what the forms of the console ask for. Runs under the lock of the simulator's
 * state.
 */
final class ConsoleActions {

	private final SimulatorState state;

	ConsoleActions(SimulatorState state) {
		this.state = state;
	}

	/**
	 * Performs the action of a form.
	 * @return the id of the section that shows the result
	 * @throws IllegalArgumentException if the form is not valid
	 */
	String perform(MultiValueMap<String, String> form) {
		return switch (text(form, "action")) {
			case "clear-calls" -> clearCalls();
			case "end-session" -> endSession(number(form, "session"));
			case "end-all-sessions" -> endAllSessions();
			case "fault-next", "fault-always" -> addFault(form);
			case "clear-fault" -> clearFault(operation(form));
			case "clear-faults" -> clearFaults();
			case "limits" -> enforce(form);
			case "clear-limit" -> clearLimit(text(form, "limit"));
			case "clear-limits" -> enforce(SimulatedLimits.none());
			case "save-user" -> saveUser(form);
			case "remove-user" -> removeUser(text(form, "login"));
			case "move-clock" -> moveClock(number(form, "minutes"));
			case "reset-clock" -> resetClock();
			case "alternatives" -> show(form.getOrDefault("alternative", List.of()));
			default -> throw new IllegalArgumentException("There is no such action.");
		};
	}

	private String clearCalls() {
		this.state.calls().clear();
		this.state.traffic().clear();
		return "calls";
	}

	private String endSession(int number) {
		this.state.sessions().revoke((session) -> session.number() == number);
		return "sessions";
	}

	private String endAllSessions() {
		this.state.sessions().revoke((session) -> true);
		return "sessions";
	}

	private String addFault(MultiValueMap<String, String> form) {
		ConsoleFault fault = constant(ConsoleFault.class, text(form, "fault"));
		if (text(form, "action").equals("fault-next")) {
			this.state.faults().addNext(operation(form), fault.fault());
		}
		else {
			this.state.faults().setAlways(operation(form), fault.fault());
		}
		return "faults";
	}

	private String clearFault(SimulatedOperation operation) {
		this.state.faults().clear(operation);
		return "faults";
	}

	private String clearFaults() {
		this.state.faults().clear();
		return "faults";
	}

	private String enforce(MultiValueMap<String, String> form) {
		SimulatedLimits limits = switch (text(form, "limits")) {
			case "none" -> SimulatedLimits.none();
			case "ultracart" -> SimulatedLimits.ultraCart();
			default -> SimulatedLimits.none().rate(number(form, "calls"), Duration.ofSeconds(number(form, "seconds")));
		};
		return enforce(form.containsKey("one-at-a-time") ? limits.oneCallAtATime() : limits);
	}

	private String clearLimit(String limit) {
		SimulatedLimits enforced = this.state.limits().limits();
		SimulatedLimits remaining = SimulatedLimits.none();
		for (SimulatedLimits.Rate rate : enforced.rates()) {
			remaining = SettingsView.name(rate).equals(limit) ? remaining : remaining.rate(rate.calls(), rate.period());
		}
		boolean oneAtATime = enforced.isOneCallAtATime() && !SettingsView.ONE_AT_A_TIME.equals(limit);
		return enforce(oneAtATime ? remaining.oneCallAtATime() : remaining);
	}

	private String enforce(SimulatedLimits limits) {
		this.state.limits().enforce(limits);
		return "limits";
	}

	private String saveUser(MultiValueMap<String, String> form) {
		String login = text(form, "login");
		SimulatedUser.Builder user = SimulatedUser.withLogin(login);
		String fullName = form.getFirst("full-name");
		if (StringUtils.hasText(fullName)) {
			user.fullName(fullName.trim());
		}
		String email = form.getFirst("email");
		if (StringUtils.hasText(email)) {
			user.email(email.trim());
		}
		form.getOrDefault("permission", List.of()).stream().filter(StringUtils::hasText).forEach(user::permission);
		lines(form.getFirst("more-permissions")).forEach(user::permission);
		lines(form.getFirst("groups")).forEach(user::group);
		this.state.addUser(user.build());
		return "users";
	}

	private String removeUser(String login) {
		this.state.removeUser(login);
		return "users";
	}

	private String moveClock(int minutes) {
		this.state.clock().move(Duration.ofMinutes(minutes));
		return "clock";
	}

	private String resetClock() {
		this.state.clock().reset();
		return "clock";
	}

	private String show(List<String> names) {
		this.state.show(names.stream().map((name) -> constant(SimulatedAlternative.class, name)).toList());
		return "alternatives";
	}

	private static SimulatedOperation operation(MultiValueMap<String, String> form) {
		return constant(SimulatedOperation.class, text(form, "operation"));
	}

	private static <E extends Enum<E>> E constant(Class<E> type, String name) {
		return Arrays.stream(type.getEnumConstants())
			.filter((constant) -> constant.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not known here."));
	}

	private static String text(MultiValueMap<String, String> form, String name) {
		String value = form.getFirst(name);
		Assert.isTrue(StringUtils.hasText(value), () -> "Fill in the field '" + name + "'.");
		return String.valueOf(value).trim();
	}

	private static int number(MultiValueMap<String, String> form, String name) {
		String value = text(form, name);
		Assert.isTrue(value.matches("\\d{1,6}"), () -> "The field '" + name + "' takes a number up to 999999.");
		return Integer.parseInt(value);
	}

	private static List<String> lines(@Nullable String text) {
		return (text != null) ? text.lines().map(String::trim).filter(StringUtils::hasText).toList() : List.of();
	}

}
