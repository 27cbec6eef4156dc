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

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.test.simulator.SimulatedAlternative;
import io.github.ultracartsso.test.simulator.SimulatedCall;
import io.github.ultracartsso.test.simulator.SimulatedFault;
import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedOperation;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedTraffic;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.console.ConsolePages;
import io.github.ultracartsso.test.simulator.rest.RestApi;
import io.github.ultracartsso.test.simulator.state.LoginOperations.Login;
import io.github.ultracartsso.test.simulator.state.SimulatorState;
import io.github.ultracartsso.test.simulator.state.SsoSessions.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Simulates UltraCart's single sign-on with a real HTTP server, by default on the
 * loopback interface: the four calls of the REST API, the OAuth call that issues the
 * application's access tokens, and a login page with a button per user. For tests and
 * development runs:
 *
 * <pre class="code">
 * try (UltraCartSimulator ultraCart = UltraCartSimulator.start()) {
 *     ultraCart.addUser(SimulatedUser.withLogin("Jane!ops").permission("View Items").build());
 *     // configure the application with ultraCart.baseUrl() and ultraCart.applicationKey(),
 *     // then sign in with a browser, or without one:
 *     URI callback = ultraCart.approve(loginUrl, "Jane!ops");
 * }
 * </pre>
 * <p>
 * Other resources of the REST API, which an application calls with the key of a signed-in
 * user, are added with their responses:
 *
 * <pre class="code">
 * ultraCart.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}"));
 * SsoSession jane = ultraCart.signIn(SimulatedUser.withLogin("Jane!ops").permission("View Orders").build());
 * </pre>
 * <p>
 * Paths, headers, models and errors follow UltraCart's published specification and
 * samples. What UltraCart does not document is simulated as follows: the response to a
 * revocation is 204; a code is used up by its first exchange and expires after five
 * minutes; a login that the user cancels returns with {@code error=access_denied}, an
 * expired one with {@code error=invalid_request}, as in UltraCart's OAuth login; a query
 * in the {@code redirect_uri} is kept; {@code ip_address} is the address of the browser,
 * the first one in {@code X-Forwarded-For} where a proxy sent that header.
 * {@link #show(SimulatedAlternative...)} has it behave in other ways.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1
 * @see <a href="https://www.ultracart.com/api/resource_sso.html">UltraCart's single
 * sign-on API</a>
 */
// long because it is documented: what it does is done by the packages below
public final class UltraCartSimulator implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private final Merchant merchant;

	private final SimulatorState state;

	private final SimulatorFront front;

	UltraCartSimulator(Merchant merchant, SimulatorFront front) {
		this.merchant = merchant;
		this.state = merchant.state();
		this.front = front;
	}

	/**
	 * Starts a simulator with default settings on a free port.
	 * @return the running simulator, to be closed by the caller
	 */
	public static UltraCartSimulator start() {
		return builder().start();
	}

	/**
	 * Returns a builder of a simulator with other settings.
	 * @return a builder
	 */
	public static UltraCartSimulatorBuilder builder() {
		return new UltraCartSimulatorBuilder();
	}

	/**
	 * Returns the base URL of the simulated REST API.
	 * @return {@code http://localhost:<port>/rest/v2}
	 */
	public URI baseUrl() {
		return this.front.origin().resolve(RestApi.BASE_PATH);
	}

	/**
	 * Returns the URL of the console, a page that shows the calls and SSO sessions of
	 * this simulator, and changes its users, faults, limits and clock.
	 * @return {@code http://localhost:<port>/console}
	 */
	public URI consoleUrl() {
		return this.front.origin().resolve(ConsolePages.PATH);
	}

	/**
	 * Adds another merchant, with its own credential, users, sessions, limits and faults.
	 * It has the URL of this simulator; the credential of a call tells the merchant.
	 * @param settings the settings of the merchant. Port, hosts and TLS are those of this
	 * simulator
	 * @return the simulator of the merchant. Closing it closes this one too
	 * @throws IllegalArgumentException if there is a merchant with the same id or
	 * application key
	 * @see UltraCartSimulatorBuilder#merchantId(String)
	 */
	public UltraCartSimulator addMerchant(UltraCartSimulatorBuilder settings) {
		Assert.notNull(settings, "settings must not be null");
		return settings.join(this.front);
	}

	/**
	 * Sets in which ways this simulator behaves that UltraCart may have, where its
	 * documentation leaves a question open.
	 * @param alternatives all alternatives to the default behavior, none for the default
	 * @return this simulator
	 */
	public UltraCartSimulator show(SimulatedAlternative... alternatives) {
		synchronized (this.state) {
			this.state.show(List.of(alternatives));
		}
		return this;
	}

	/**
	 * Returns the simple key that authenticates the application.
	 * @return the key
	 */
	public String applicationKey() {
		return this.state.applicationKey();
	}

	/**
	 * Adds another application of the merchant, which has
	 * {@linkplain #enforce(SimulatedLimits) limits} of its own.
	 * @return the simple key that authenticates it
	 */
	public String addApplication() {
		synchronized (this.state) {
			return this.state.addApplication();
		}
	}

	/**
	 * Returns the OAuth client id of the application. Together with
	 * {@link #oauthRefreshToken()} it is the alternative to {@link #applicationKey()}. A
	 * call must use one of the two only.
	 * @return the client id
	 */
	public String oauthClientId() {
		return this.state.oauth().clientId();
	}

	/**
	 * Returns the refresh token that is valid now.
	 * @return the refresh token
	 * @see UltraCartSimulatorBuilder#refreshTokenRotation(boolean)
	 */
	public String oauthRefreshToken() {
		synchronized (this.state) {
			return this.state.oauth().refreshToken();
		}
	}

	/**
	 * Revokes all access tokens of the application. The refresh token stays valid.
	 */
	public void revokeAccessTokens() {
		synchronized (this.state) {
			this.state.oauth().revokeAccessTokens();
		}
	}

	/**
	 * Adds a user, who then has a button on the login page. A user without a user id gets
	 * one. If there is a user with the same login, that one is changed as by
	 * {@link #updateUser(SimulatedUser)}.
	 * @param user the user
	 * @return this simulator
	 * @throws IllegalArgumentException if another user has the same user id
	 */
	public UltraCartSimulator addUser(SimulatedUser user) {
		this.state.addUser(user);
		return this;
	}

	/**
	 * Changes the user with the same login. The user's sessions stay alive and show the
	 * new state with their next call, as at UltraCart when permissions change while a
	 * user is signed in. This includes sessions of {@link #signIn(SimulatedUser)}.
	 * @param user the new state; without a user id the present one is kept
	 * @return this simulator
	 * @throws IllegalArgumentException if there is no user with the login, or the user id
	 * belongs to another one
	 */
	public UltraCartSimulator updateUser(SimulatedUser user) {
		this.state.updateUser(user);
		return this;
	}

	/**
	 * Removes a user, with the user's sessions and unused codes.
	 * @param login the user's login
	 * @return this simulator
	 * @throws IllegalArgumentException if there is no user with the login
	 */
	public UltraCartSimulator removeUser(String login) {
		this.state.removeUser(login);
		return this;
	}

	/**
	 * Adds a resource besides single sign-on, for calls with the key of a signed-in user.
	 * It replaces a resource with the same method and pattern.
	 * @param resource the resource
	 * @return this simulator
	 * @throws IllegalArgumentException if the simulator itself responds to this call
	 */
	public UltraCartSimulator addResource(SimulatedResource resource) {
		this.merchant.api().addResource(resource);
		return this;
	}

	/**
	 * Returns the users in the order they were added, each with a user id.
	 * @return a snapshot
	 */
	public List<SimulatedUser> users() {
		synchronized (this.state) {
			return this.state.account().users();
		}
	}

	/**
	 * Starts an SSO session without a login, for calls with its key.
	 * @param user the user, who need not have been added. The session has the user as
	 * given here, even if one with the same login was added with other permissions, until
	 * {@link #updateUser(SimulatedUser)} changes that one. A user without a user id gets
	 * that of the one added, or one that stays with the login
	 * @return the SSO session, with the address {@code 127.0.0.1}
	 */
	public SsoSession signIn(SimulatedUser user) {
		synchronized (this.state) {
			Session session = this.state.sessions().start(this.state.account().withUserId(user), LOOPBACK);
			return SsoSession.withId(UUID.randomUUID().toString())
				.simpleKey(SimpleKey.of(session.key()))
				.expiresAt(session.expiresAt())
				.ipAddress(session.ipAddress())
				.build();
		}
	}

	/**
	 * Signs a user in without a browser: does what the user's button on the login page
	 * does, from the address {@code 127.0.0.1}.
	 * @param loginUrl the {@code login_url} the application was given
	 * @param login the login of the user
	 * @return the {@code redirect_uri} with {@code code} and {@code state}, to which the
	 * browser would be redirected; with {@code error=invalid_request} if the login has
	 * expired
	 * @throws IllegalArgumentException if the login is unknown or finished already, or
	 * there is no such user
	 */
	public URI approve(URI loginUrl, String login) {
		return approve(loginUrl, login, LOOPBACK);
	}

	/**
	 * Signs a user in without a browser, as {@link #approve(URI, String)} does, from any
	 * address.
	 * @param loginUrl the {@code login_url} the application was given
	 * @param login the login of the user
	 * @param ipAddress the {@code ip_address} in the response to the exchange of the code
	 * @return the URI to which the browser would be redirected
	 * @throws IllegalArgumentException if the login is unknown or finished already, or
	 * there is no such user
	 */
	public URI approve(URI loginUrl, String login, String ipAddress) {
		Assert.hasText(ipAddress, "ipAddress must not be empty");
		synchronized (this.state) {
			SimulatedUser user = this.state.account().required(login);
			Login operation = requireLogin(loginUrl);
			return this.state.logins().isExpired(operation) ? this.state.logins().fail(operation, "invalid_request")
					: this.state.logins().approve(operation, user.login(), ipAddress);
		}
	}

	/**
	 * Cancels a login without a browser: does what the login page's cancel button does.
	 * @param loginUrl the {@code login_url} the application was given
	 * @return the {@code redirect_uri} with {@code error=access_denied} and
	 * {@code state}, to which the browser would be redirected; with
	 * {@code error=invalid_request} if the login has expired
	 * @throws IllegalArgumentException if the login is unknown or finished already
	 */
	public URI cancel(URI loginUrl) {
		synchronized (this.state) {
			Login operation = requireLogin(loginUrl);
			return this.state.logins()
				.fail(operation, this.state.logins().isExpired(operation) ? "invalid_request" : "access_denied");
		}
	}

	private Login requireLogin(URI loginUrl) {
		Assert.notNull(loginUrl, "loginUrl must not be null");
		String token = UriComponentsBuilder.fromUri(loginUrl).build().getQueryParams().getFirst("token");
		Login operation = this.state.logins().find(token);
		Assert.notNull(operation, "The login is unknown or finished already; "
				+ "pass the login_url of an authorize call to this simulator, and each one only once");
		return operation;
	}

	/**
	 * Returns the latest 10,000 calls of the REST API in the order of their responses.
	 * Requests for the login page are not included.
	 * @return a snapshot
	 */
	public List<SimulatedCall> calls() {
		synchronized (this.state) {
			return this.state.calls().all();
		}
	}

	/**
	 * Returns the calls of one operation, see {@link #calls()}.
	 * @param operation the operation
	 * @return a snapshot
	 */
	public List<SimulatedCall> calls(SimulatedOperation operation) {
		return calls().stream().filter((call) -> call.operation() == operation).toList();
	}

	/**
	 * Returns statistics on all calls, even if there are too many to be listed: how many
	 * there were, and which of them at the same time.
	 * @return a snapshot
	 */
	public SimulatedTraffic traffic() {
		return this.state.traffic().snapshot();
	}

	/**
	 * Forgets the calls so far, in {@link #calls()} and {@link #traffic()}. Limits still
	 * count them.
	 */
	public void clearCalls() {
		synchronized (this.state) {
			this.state.calls().clear();
		}
		this.state.traffic().clear();
	}

	/**
	 * Sets the limits beyond which calls get a 429. Earlier calls do not count.
	 * @param limits the limits, {@link SimulatedLimits#none()} to allow everything
	 * @return this simulator
	 */
	public UltraCartSimulator enforce(SimulatedLimits limits) {
		Assert.notNull(limits, "limits must not be null");
		synchronized (this.state) {
			this.state.limits().enforce(limits);
		}
		return this;
	}

	/**
	 * Returns how many SSO sessions are alive: neither revoked nor expired.
	 * @return the number of live keys
	 */
	public int liveKeys() {
		return signedInLogins().size();
	}

	/**
	 * Returns the users whose SSO sessions are alive, the oldest session first. A user
	 * with several sessions is listed several times.
	 * @return a snapshot of the users' logins
	 */
	public List<String> signedInLogins() {
		synchronized (this.state) {
			return this.state.sessions().live().stream().map(Session::login).toList();
		}
	}

	/**
	 * Revokes every SSO session, as an administrator can at UltraCart.
	 */
	public void revokeAll() {
		synchronized (this.state) {
			this.state.sessions().revoke((session) -> true);
		}
	}

	/**
	 * Makes the next call of an operation fail, and only that one. Several faults apply
	 * to one call each, in their order.
	 * @param operation the operation
	 * @param fault the fault
	 */
	public void answerNext(SimulatedOperation operation, SimulatedFault fault) {
		requireFault(operation, fault);
		synchronized (this.state) {
			this.state.faults().addNext(operation, fault);
		}
	}

	/**
	 * Makes every call of an operation fail until {@link #clearFaults()}, except those
	 * with a fault by {@link #answerNext(SimulatedOperation, SimulatedFault)}. A second
	 * fault for the operation replaces the first.
	 * @param operation the operation
	 * @param fault the fault
	 */
	public void answerAlways(SimulatedOperation operation, SimulatedFault fault) {
		requireFault(operation, fault);
		synchronized (this.state) {
			this.state.faults().setAlways(operation, fault);
		}
	}

	/**
	 * Makes some calls fail until {@link #clearFaults()}. The source chooses them: it is
	 * called for each call without a fault by
	 * {@link #answerNext(SimulatedOperation, SimulatedFault)} or
	 * {@link #answerAlways(SimulatedOperation, SimulatedFault)}. For instance one call in
	 * ten, the same ones in each run:
	 *
	 * <pre class="code">
	 * Random random = new Random(42);
	 * ultraCart.answerSometimes((operation) -&gt;
	 *     (random.nextInt(10) == 0) ? SimulatedFault.status(500) : null);
	 * </pre>
	 * <p>
	 * The source is called for one call at a time, and not for calls that
	 * {@link SimulatedLimits} refuse. A second source replaces the first.
	 * @param source returns the fault of a call, {@code null} for none
	 */
	public void answerSometimes(Function<SimulatedOperation, @Nullable SimulatedFault> source) {
		Assert.notNull(source, "source must not be null");
		synchronized (this.state) {
			this.state.faults().setSometimes(source);
		}
	}

	private static void requireFault(SimulatedOperation operation, SimulatedFault fault) {
		Assert.notNull(operation, "operation must not be null");
		Assert.notNull(fault, "fault must not be null");
	}

	/**
	 * Removes all faults, including those that no call has had yet.
	 */
	public void clearFaults() {
		synchronized (this.state) {
			this.state.faults().clear();
		}
	}

	/**
	 * Moves the clock of this merchant forward, in addition to earlier moves, so that
	 * logins, codes and keys expire and limits recover. The clock of the application does
	 * not move.
	 * @param duration how far, not negative
	 * @return this simulator
	 * @throws IllegalArgumentException if the duration is negative
	 * @see UltraCartSimulatorBuilder#clock(java.time.Clock)
	 */
	public UltraCartSimulator moveClock(Duration duration) {
		Assert.notNull(duration, "duration must not be null");
		Assert.isTrue(!duration.isNegative(), () -> "duration must not be negative but was " + duration);
		this.state.clock().move(duration);
		return this;
	}

	/**
	 * Returns the simulator to the state in which it was started: its users, resources
	 * and limits are those of its builder, or those that the application has declared.
	 * User ids begin anew. Faults, calls, logins in progress, keys of
	 * {@linkplain #addApplication() further applications} and moves of the clock are
	 * forgotten, and what the console or {@link #show(SimulatedAlternative...)} has
	 * changed is undone. Merchants that were
	 * {@linkplain #addMerchant(UltraCartSimulatorBuilder) added} are removed, except
	 * those that beans have added while the application started, which are reset too.
	 * <p>
	 * All SSO sessions end. A call with one of their keys, such as a revocation that an
	 * application still has to make, gets a 401 and is neither recorded nor counted. URL,
	 * application key and OAuth credential stay the same.
	 * <p>
	 * Tests with {@link AutoConfigureUltraCartSimulator @AutoConfigureUltraCartSimulator}
	 * do this by themselves.
	 */
	public void reset() {
		this.front.reset(this.merchant);
	}

	/**
	 * Has a reset keep the merchants that there are.
	 */
	void settle() {
		this.front.settle();
	}

	/**
	 * Has the simulator start with what an application that starts again has declared.
	 * Users that remain keep their sessions. Faults and calls are forgotten, and further
	 * merchants are removed.
	 */
	void restart(SimulatorStart start) {
		this.front.removeFurtherMerchants();
		this.merchant.restart(start);
	}

	/**
	 * Stops the server without waiting for responses that are on their way. Closing again
	 * does nothing.
	 */
	@Override
	public void close() {
		this.front.stop();
	}

	/**
	 * Returns the base URL. It holds no key.
	 */
	@Override
	public String toString() {
		return "UltraCartSimulator[" + baseUrl() + "]";
	}

}
