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

package io.github.ultracartsso.test.simulator.state;

import java.time.Clock;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;
import org.jspecify.annotations.Nullable;

/**
 * Everything a simulator remembers of one merchant. Its monitor is the lock for all of it
 * except {@link #traffic()}, which has its own, and the applications of keys. Not part of
 * the API.
 */
public final class SimulatorState {

	private final Secrets secrets = new Secrets();

	private final Faults faults = new Faults();

	private final CallLog calls = new CallLog();

	private final CallTraffic traffic = new CallTraffic();

	private final Set<SimulatedAlternative> alternatives = EnumSet.noneOf(SimulatedAlternative.class);

	private final String merchantId;

	private final MovableClock clock;

	private final Account account;

	private final String applicationKey;

	/**
	 * The applications of keys: of further applications, and of their users. All other
	 * calls are those of the first application.
	 */
	private final Map<String, String> applications = new ConcurrentHashMap<>();

	private final EarlierKeys earlierKeys;

	private final OAuthGrant oauth;

	private final LoginOperations logins;

	private final SsoSessions sessions;

	private final CallLimits limits;

	/**
	 * Creates the state of a merchant at a simulator that has just started.
	 * @param settings the settings of the merchant
	 * @param base the time by which everything expires, unless the clock is moved
	 * @param userIds assigns the ids of users
	 * @param earlierKeys the keys that a reset has made invalid
	 */
	public SimulatorState(MerchantSettings settings, Clock base, UserIds userIds, EarlierKeys earlierKeys) {
		Lifetimes lifetimes = settings.lifetimes();
		String applicationKey = settings.applicationKey();
		this.merchantId = settings.id();
		this.clock = new MovableClock(base);
		this.account = new Account(userIds);
		this.applicationKey = (applicationKey != null) ? applicationKey : this.secrets.simpleKey();
		this.earlierKeys = earlierKeys;
		earlierKeys.remove(this.applicationKey);
		this.oauth = new OAuthGrant(this.clock, this.secrets, lifetimes.accessToken(), settings.refreshTokenRotation());
		this.logins = new LoginOperations(this.clock, this.secrets, lifetimes.login());
		this.sessions = new SsoSessions(this.clock, this.secrets, lifetimes.key());
		this.limits = new CallLimits(this.clock);
	}

	public String merchantId() {
		return this.merchantId;
	}

	public MovableClock clock() {
		return this.clock;
	}

	/**
	 * Returns whether the simulator behaves in a way that differs from its default.
	 */
	public boolean shows(SimulatedAlternative alternative) {
		return this.alternatives.contains(alternative);
	}

	/**
	 * Sets all alternatives.
	 */
	public void show(Collection<SimulatedAlternative> alternatives) {
		this.alternatives.clear();
		this.alternatives.addAll(alternatives);
	}

	public String applicationKey() {
		return this.applicationKey;
	}

	/**
	 * Adds another application.
	 * @return its simple key
	 */
	public String addApplication() {
		String key = this.secrets.simpleKey();
		this.applications.put(key, key);
		return key;
	}

	/**
	 * Returns whether a key is that of an application.
	 */
	public boolean isApplication(String key) {
		return key.equals(applicationOf(key));
	}

	/**
	 * Returns the key of the application that a call belongs to. Does not need the lock.
	 * @param key the key with which the call is made, {@code null} where there is none
	 */
	public String applicationOf(@Nullable String key) {
		return (key != null) ? this.applications.getOrDefault(key, this.applicationKey) : this.applicationKey;
	}

	/**
	 * Notes that a user's key belongs to an application.
	 */
	public void issued(String userKey, String application) {
		if (!application.equals(this.applicationKey)) {
			this.applications.put(userKey, application);
		}
	}

	/**
	 * Returns whether a key was valid before a reset. Does not need the lock.
	 */
	public boolean isEarlier(@Nullable String key) {
		return this.earlierKeys.contains(key);
	}

	/**
	 * Returns to the state of the start, with other users. The credential of the
	 * application stays.
	 * @param users all users
	 */
	public synchronized void reset(Collection<SimulatedUser> users) {
		forgetKeys();
		this.oauth.reset();
		this.logins.clear();
		this.faults.clear();
		this.calls.clear();
		this.traffic.reset();
		this.alternatives.clear();
		this.clock.reset();
		this.account.clear();
		users.forEach(this::addUser);
	}

	/**
	 * Makes all keys invalid, even that of the application, of a merchant that is
	 * removed.
	 */
	public synchronized void remove() {
		forgetKeys();
		this.earlierKeys.add(Set.of(this.applicationKey));
	}

	private void forgetKeys() {
		this.earlierKeys.add(this.sessions.keys());
		this.earlierKeys.add(this.applications.keySet());
		this.sessions.clear();
		this.applications.clear();
	}

	public OAuthGrant oauth() {
		return this.oauth;
	}

	public Account account() {
		return this.account;
	}

	public LoginOperations logins() {
		return this.logins;
	}

	public SsoSessions sessions() {
		return this.sessions;
	}

	public CallLimits limits() {
		return this.limits;
	}

	public Faults faults() {
		return this.faults;
	}

	public CallLog calls() {
		return this.calls;
	}

	public CallTraffic traffic() {
		return this.traffic;
	}

	/**
	 * Returns the id of the next response.
	 */
	public String nextRequestId() {
		return this.secrets.requestId();
	}

	/**
	 * Returns the user of a live session.
	 */
	public SimulatedUser userOf(Session session) {
		SimulatedUser user = session.user();
		// removing a user revokes the keys, so the user of a live key exists
		return (user != null) ? user : this.account.required(session.login());
	}

	/**
	 * Adds a user, or replaces the one with the same login, also in the user's sessions.
	 */
	public synchronized void addUser(SimulatedUser user) {
		this.account.add(user);
		this.sessions.followAccount(user.login());
	}

	/**
	 * Replaces the user with the same login, also in the user's sessions.
	 */
	public synchronized void updateUser(SimulatedUser user) {
		this.account.update(user);
		this.sessions.followAccount(user.login());
	}

	/**
	 * Removes a user, with the user's codes and keys.
	 */
	public synchronized void removeUser(String login) {
		this.account.remove(login);
		this.logins.removeCodesOf(login);
		this.sessions.revoke((session) -> session.login().equals(login));
	}

}
