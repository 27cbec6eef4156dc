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

package io.github.ultracartsso.test;

import java.util.Arrays;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import org.assertj.core.api.AbstractAssert;

/**
 * AssertJ assertions for what an {@link UltraCartSimulator} has received since its start
 * or its latest reset: <pre class="code">
 * import static io.github.ultracartsso.test.UltraCartSimulatorAssert.assertThat;
 *
 * assertThat(ultraCart).received(SimulatedOperation.AUTHORIZE, 1).hasNoLiveKeys();
 * </pre>
 *
 * @since 0.1
 */
public final class UltraCartSimulatorAssert extends AbstractAssert<UltraCartSimulatorAssert, UltraCartSimulator> {

	private UltraCartSimulatorAssert(UltraCartSimulator actual) {
		super(actual, UltraCartSimulatorAssert.class);
	}

	/**
	 * Begins assertions for a simulator.
	 * @param actual the simulator
	 * @return the assertions
	 */
	public static UltraCartSimulatorAssert assertThat(UltraCartSimulator actual) {
		return new UltraCartSimulatorAssert(actual);
	}

	/**
	 * Verifies how many calls of an operation there were, with any outcome.
	 * @param operation the operation
	 * @param times the number of calls
	 * @return these assertions
	 */
	public UltraCartSimulatorAssert received(SimulatedOperation operation, int times) {
		isNotNull();
		List<SimulatedCall> calls = this.actual.calls();
		long received = calls.stream().filter((call) -> call.operation() == operation).count();
		if (received != times) {
			failWithMessage("Expected %s to have received %s %s, but it received %s of its kind among:%n%s",
					this.actual, times, operation, received, text(calls));
		}
		return this;
	}

	/**
	 * Verifies that there were these calls, in this order, and no others.
	 * @param operations the operations; none for no call at all
	 * @return these assertions
	 */
	public UltraCartSimulatorAssert receivedExactly(SimulatedOperation... operations) {
		isNotNull();
		List<SimulatedCall> calls = this.actual.calls();
		if (!calls.stream().map(SimulatedCall::operation).toList().equals(Arrays.asList(operations))) {
			failWithMessage("Expected %s to have received exactly %s, but it received:%n%s", this.actual,
					List.of(operations), text(calls));
		}
		return this;
	}

	/**
	 * Verifies that UltraCart would never have refused a call for being made during
	 * another one.
	 * @return these assertions
	 */
	public UltraCartSimulatorAssert neverReceivedTwoCallsAtOnce() {
		isNotNull();
		if (this.actual.traffic().mostConcurrentCalls() > 1) {
			failWithMessage("Expected %s to have received one call at a time, but some were in progress together: %s",
					this.actual, this.actual.traffic().simultaneous());
		}
		return this;
	}

	/**
	 * Verifies that these users have an SSO session that is alive, once for each session,
	 * and no other user has.
	 * @param logins the logins of the users, in any order
	 * @return these assertions
	 */
	public UltraCartSimulatorAssert hasLiveKeysOf(String... logins) {
		isNotNull();
		List<String> live = this.actual.signedInLogins().stream().sorted().toList();
		if (!live.equals(Arrays.stream(logins).sorted().toList())) {
			failWithMessage("Expected %s to have live keys of %s, but it has those of %s", this.actual, List.of(logins),
					live);
		}
		return this;
	}

	/**
	 * Verifies that no SSO session is alive: each key was revoked or has expired.
	 * @return these assertions
	 */
	public UltraCartSimulatorAssert hasNoLiveKeys() {
		return hasLiveKeysOf();
	}

	private static String text(List<SimulatedCall> calls) {
		StringBuilder text = new StringBuilder();
		calls.forEach((call) -> text.append("  ").append(call).append(System.lineSeparator()));
		return calls.isEmpty() ? "  no call" : text.toString();
	}

}
