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

import java.time.Clock;
import java.time.Duration;

import io.github.ultracartsso.test.SsoSessions.Session;

/**
 * Everything one simulator knows. Its monitor is the lock for all of it.
 *
 * @param applicationKey the application's simple key
 * @param oauth the other way to authenticate the application
 * @param secrets makes request ids
 * @param account users, groups and permissions
 * @param logins logins under way and their codes
 * @param sessions keys handed out
 * @param limits limits on calls
 * @param faults faults asked for
 * @param calls calls answered
 */
record SimulatorState(String applicationKey, OAuthGrant oauth, Secrets secrets, Account account, LoginOperations logins,
		SsoSessions sessions, CallLimits limits, Faults faults, CallLog calls) {

	static SimulatorState create(Secrets secrets, String applicationKey, OAuthGrant oauth, Clock clock,
			Duration loginLifetime, Duration keyLifetime) {
		return new SimulatorState(applicationKey, oauth, secrets, new Account(),
				new LoginOperations(clock, secrets, loginLifetime), new SsoSessions(clock, secrets, keyLifetime),
				new CallLimits(clock), new Faults(), new CallLog());
	}

	/**
	 * Returns the user of a live session.
	 */
	SimulatedUser userOf(Session session) {
		SimulatedUser user = session.user();
		// removing a user revokes the keys, so that a live one has its user
		return (user != null) ? user : this.account.required(session.login());
	}

}
