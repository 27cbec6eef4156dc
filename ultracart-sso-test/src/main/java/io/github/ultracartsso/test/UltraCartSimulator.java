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
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.github.ultracartsso.session.SsoSession;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.test.LoginOperations.Login;
import io.github.ultracartsso.test.SsoSessions.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * UltraCart's single sign-on, simulated by a real HTTP server on the loopback interface:
 * the four calls of the REST API, the OAuth call that gives an application its access
 * tokens, and a login page with a button per user. For tests and development runs:
 *
 * <pre class="code">
 * try (UltraCartSimulator ultraCart = UltraCartSimulator.start()) {
 *     ultraCart.addUser(SimulatedUser.withLogin("Jane!ops").permission("View Items").build());
 *     // point the application at ultraCart.baseUrl() with ultraCart.applicationKey(),
 *     // then sign in in the browser, or without one:
 *     URI callback = ultraCart.approve(loginUrl, "Jane!ops");
 * }
 * </pre>
 * <p>
 * Other resources of the REST API, which an application calls with the key of a signed-in
 * user, are added with their answers:
 *
 * <pre class="code">
 * ultraCart.addResource(SimulatedResource.get("/order/orders").permission("View Orders").json("{\"orders\":[]}"));
 * SsoSession jane = ultraCart.signIn(SimulatedUser.withLogin("Jane!ops").permission("View Orders").build());
 * </pre>
 * <p>
 * Paths, headers, models and errors follow UltraCart's published specification and
 * samples. What UltraCart does not document is simulated as follows: revoking answers
 * 204; a code is used up by its first exchange and expires after five minutes; a login
 * the user cancels comes back with {@code error=access_denied}, an expired one with
 * {@code error=invalid_request}, as in UltraCart's OAuth login; a query in the
 * {@code redirect_uri} survives; {@code ip_address} is where the browser came from, the
 * first address in {@code X-Forwarded-For} if a proxy sent one.
 * <p>
 * Safe for use by several threads.
 *
 * @since 0.1
 * @see <a href="https://www.ultracart.com/api/resource_sso.html">UltraCart's single
 * sign-on API</a>
 */
public final class UltraCartSimulator implements AutoCloseable {

	private static final String LOOPBACK = "127.0.0.1";

	private final SimulatorState state;

	private final SimulatorServer server;

	private final ResourceCalls resourceCalls;

	private final RestApi api;

	private UltraCartSimulator(SimulatorState state, SimulatorServer server) {
		this.state = state;
		this.server = server;
		this.resourceCalls = new ResourceCalls(state);
		RestApi api = new RestApi(state, new SsoCalls(state, server.origin().resolve(LoginPages.PATH)),
				this.resourceCalls);
		LoginPages pages = new LoginPages(state);
		this.api = api;
		server.serve(
				(request, exchange) -> RestApi.serves(request) ? api.handle(request, exchange) : pages.handle(request));
	}

	/**
	 * Starts a simulator with default settings on a free port.
	 * @return the running simulator, to be closed by the caller
	 */
	public static UltraCartSimulator start() {
		return builder().start();
	}

	/**
	 * Starts the settings of a simulator.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Returns the base URL of the simulated REST API.
	 * @return {@code http://localhost:<port>/rest/v2}
	 */
	public URI baseUrl() {
		return this.server.origin().resolve(RestApi.BASE_PATH);
	}

	/**
	 * Returns the simple key the application has to authenticate itself with.
	 * @return the key
	 */
	public String applicationKey() {
		return this.state.applicationKey();
	}

	/**
	 * Returns the client id of the application, which it may use together with
	 * {@link #oauthRefreshToken()} instead of {@link #applicationKey()}. The two ways are
	 * the same application, and each call has to be made in one of them only.
	 * @return the client id
	 */
	public String oauthClientId() {
		return this.state.oauth().clientId();
	}

	/**
	 * Returns the refresh token that is good now.
	 * @return the refresh token
	 * @see Builder#refreshTokenRotation(boolean)
	 */
	public String oauthRefreshToken() {
		synchronized (this.state) {
			return this.state.oauth().refreshToken();
		}
	}

	/**
	 * Ends all access tokens of the application before their time: each is refused from
	 * now on. The refresh token stays good.
	 */
	public void revokeAccessTokens() {
		synchronized (this.state) {
			this.state.oauth().revokeAccessTokens();
		}
	}

	/**
	 * Adds a user, who then has a button on the login page. A user without a number gets
	 * one.
	 * @param user the user
	 * @return this simulator
	 * @throws IllegalArgumentException if there is a user with the same login or number
	 */
	public UltraCartSimulator addUser(SimulatedUser user) {
		synchronized (this.state) {
			this.state.account().add(user);
			return this;
		}
	}

	/**
	 * Changes the user with the same login. Sessions stay alive and show the new state
	 * with their next call, as permissions at UltraCart change while a user is signed in.
	 * This goes for those of {@link #signIn(SimulatedUser)} too.
	 * @param user the new state; without a number the user keeps the present one
	 * @return this simulator
	 * @throws IllegalArgumentException if there is no user with the login, or the number
	 * belongs to another one
	 */
	public UltraCartSimulator updateUser(SimulatedUser user) {
		synchronized (this.state) {
			this.state.account().update(user);
			this.state.sessions().followAccount(user.login());
			return this;
		}
	}

	/**
	 * Removes a user. The user's sessions and unused codes die.
	 * @param login the user's login
	 * @return this simulator
	 * @throws IllegalArgumentException if there is no user with the login
	 */
	public UltraCartSimulator removeUser(String login) {
		synchronized (this.state) {
			this.state.account().remove(login);
			this.state.logins().forgetCodesOf(login);
			this.state.sessions().revoke((session) -> session.login().equals(login));
			return this;
		}
	}

	/**
	 * Adds a resource besides single sign-on, for calls with the key of a signed-in user.
	 * It takes the place of one with the same method and pattern.
	 * @param resource the resource
	 * @return this simulator
	 * @throws IllegalArgumentException if it is a call that the simulator answers anyway
	 */
	public UltraCartSimulator addResource(SimulatedResource resource) {
		this.resourceCalls.add(resource);
		return this;
	}

	/**
	 * Returns the users in the order they were added, each with a number.
	 * @return a snapshot
	 */
	public List<SimulatedUser> users() {
		synchronized (this.state) {
			return List.copyOf(this.state.account().users());
		}
	}

	/**
	 * Starts an SSO session without a login, for calls that are made with its key at
	 * once.
	 * @param user the user, who need not have been added. The session is that of the user
	 * as given here, also where one with the same login was added with other permissions,
	 * until {@link #updateUser(SimulatedUser)} changes that one. Without a number the
	 * user has that of the one added, or else one that stays with the login
	 * @return the SSO session, with the address {@code 127.0.0.1}
	 */
	public SsoSession signIn(SimulatedUser user) {
		synchronized (this.state) {
			Session session = this.state.sessions().start(this.state.account().numbered(user), LOOPBACK);
			return new SsoSession(SimpleKey.of(session.key()), session.expiresAt(), session.ipAddress());
		}
	}

	/**
	 * Signs a user in without a browser: does what the user's button on the login page
	 * does, from the address {@code 127.0.0.1}.
	 * @param loginUrl the {@code login_url} the application was given
	 * @param login the login of the user
	 * @return the {@code redirect_uri} with {@code code} and {@code state}, where the
	 * browser would be sent; with {@code error=invalid_request} if the login has expired
	 * @throws IllegalArgumentException if the login is unknown or finished already, or
	 * there is no such user
	 */
	public URI approve(URI loginUrl, String login) {
		return approve(loginUrl, login, LOOPBACK);
	}

	/**
	 * Signs a user in without a browser, as {@link #approve(URI, String)}, from any
	 * address.
	 * @param loginUrl the {@code login_url} the application was given
	 * @param login the login of the user
	 * @param ipAddress the address to report as {@code ip_address} when the code is
	 * exchanged
	 * @return where the browser would be sent
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
	 * Refuses a login without a browser: does what the login page's cancel button does.
	 * @param loginUrl the {@code login_url} the application was given
	 * @return the {@code redirect_uri} with {@code error=access_denied} and
	 * {@code state}, where the browser would be sent; with {@code error=invalid_request}
	 * if the login has expired
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
	 * Returns the calls of the REST API in the order they were answered, the latest
	 * 10,000 of them. The login page's requests are not among them.
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
	 * Returns figures on all calls, also where there are too many to be listed: how many
	 * there were, and which of them at the same time.
	 * @return a snapshot
	 */
	public SimulatedTraffic traffic() {
		return this.api.traffic().snapshot();
	}

	/**
	 * Forgets the calls so far, in {@link #calls()} and {@link #traffic()}. Limits still
	 * count them.
	 */
	public void clearCalls() {
		synchronized (this.state) {
			this.state.calls().clear();
		}
		this.api.traffic().clear();
	}

	/**
	 * Answers 429 to calls beyond the limits from now on, as if there had been none so
	 * far, until other limits are set.
	 * @param limits the limits, {@link SimulatedLimits#none()} to allow everything
	 * @return this simulator
	 */
	public UltraCartSimulator enforce(SimulatedLimits limits) {
		Assert.notNull(limits, "limits must not be null");
		synchronized (this.state) {
			this.state.limits().enforce(limits);
			return this;
		}
	}

	/**
	 * Returns how many SSO sessions are alive: started, not revoked and not expired.
	 * @return the number of live keys
	 */
	public int liveKeys() {
		return signedInLogins().size();
	}

	/**
	 * Returns whose SSO sessions are alive, the oldest session first. A user with several
	 * sessions is listed several times.
	 * @return a snapshot
	 */
	public List<String> signedInLogins() {
		synchronized (this.state) {
			return this.state.sessions().live().stream().map(Session::login).toList();
		}
	}

	/**
	 * Ends every SSO session, as an administrator might at UltraCart: each key is refused
	 * from now on.
	 */
	public void revokeAll() {
		synchronized (this.state) {
			this.state.sessions().revoke((session) -> true);
		}
	}

	/**
	 * Makes the next call of an operation go wrong, and only that one. Asked for several
	 * times, the faults meet one call each, in their order.
	 * @param operation the operation
	 * @param fault what goes wrong
	 */
	public void answerNext(SimulatedOperation operation, SimulatedFault fault) {
		requireFault(operation, fault);
		synchronized (this.state) {
			this.state.faults().addNext(operation, fault);
		}
	}

	/**
	 * Makes every call of an operation go wrong until {@link #clearFaults()}, save those
	 * with a fault of their own by
	 * {@link #answerNext(SimulatedOperation, SimulatedFault)}. A second fault for the
	 * operation takes the place of the first.
	 * @param operation the operation
	 * @param fault what goes wrong
	 */
	public void answerAlways(SimulatedOperation operation, SimulatedFault fault) {
		requireFault(operation, fault);
		synchronized (this.state) {
			this.state.faults().setAlways(operation, fault);
		}
	}

	/**
	 * Makes some calls go wrong until {@link #clearFaults()}: those for which a source
	 * says so that is asked about each call without a fault by
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
	 * The source is not asked about calls that {@link SimulatedLimits} refuse, and about
	 * one call at a time. A second source takes the place of the first.
	 * @param source returns what goes wrong with a call, {@code null} for nothing
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
	 * Ends all faults, also those still waiting for their call.
	 */
	public void clearFaults() {
		synchronized (this.state) {
			this.state.faults().clear();
		}
	}

	/**
	 * Stops the server, without regard to answers still on their way. Closing again does
	 * nothing.
	 */
	@Override
	public void close() {
		this.server.stop();
	}

	/**
	 * Returns the base URL. No key is in it.
	 */
	@Override
	public String toString() {
		return "UltraCartSimulator[" + baseUrl() + "]";
	}

	/**
	 * The settings of an {@link UltraCartSimulator}. Not safe for use by several threads.
	 *
	 * @since 0.1
	 */
	public static final class Builder {

		private int port;

		private Clock clock = Clock.systemUTC();

		private @Nullable String applicationKey;

		private Duration loginLifetime = Duration.ofMinutes(10);

		private Duration keyLifetime = Duration.ofHours(24);

		private Duration accessTokenLifetime = Duration.ofHours(1);

		private boolean refreshTokenRotation;

		private SimulatedLimits limits = SimulatedLimits.none();

		private Builder() {
		}

		/**
		 * Sets the port to listen on; by default a free one is chosen.
		 * @param port the port, 0 for a free one
		 * @return this builder
		 * @throws IllegalArgumentException if the port is not between 0 and 65535
		 */
		public Builder port(int port) {
			Assert.isTrue(port >= 0 && port <= 65_535, () -> "port must be between 0 and 65535 but was " + port);
			this.port = port;
			return this;
		}

		/**
		 * Sets the clock that logins, codes and keys expire by and limits are counted by;
		 * by default the system's. Delays take their time by the system's clock.
		 * @param clock the clock
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			Assert.notNull(clock, "clock must not be null");
			this.clock = clock;
			return this;
		}

		/**
		 * Sets the application's simple key; by default a random one per simulator.
		 * @param applicationKey the key, visible ASCII characters
		 * @return this builder
		 * @throws IllegalArgumentException if the key is empty or cannot be sent in a
		 * header
		 */
		public Builder applicationKey(String applicationKey) {
			Assert.isTrue(applicationKey != null && applicationKey.matches("[\\x21-\\x7e]+"),
					"applicationKey must consist of visible ASCII characters, without spaces");
			this.applicationKey = applicationKey;
			return this;
		}

		/**
		 * Sets how long a started login can be finished; by default 10 minutes.
		 * @param loginLifetime the duration, at least a second
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is shorter than a second
		 */
		public Builder loginLifetime(Duration loginLifetime) {
			this.loginLifetime = required(loginLifetime, "loginLifetime");
			return this;
		}

		/**
		 * Sets how long the key of an SSO session is valid; by default 24 hours.
		 * @param keyLifetime the duration, at least a second
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is shorter than a second
		 */
		public Builder keyLifetime(Duration keyLifetime) {
			this.keyLifetime = required(keyLifetime, "keyLifetime");
			return this;
		}

		/**
		 * Sets how long an OAuth access token is valid; by default an hour.
		 * @param accessTokenLifetime the duration, at least a second
		 * @return this builder
		 * @throws IllegalArgumentException if the duration is shorter than a second
		 */
		public Builder accessTokenLifetime(Duration accessTokenLifetime) {
			this.accessTokenLifetime = required(accessTokenLifetime, "accessTokenLifetime");
			return this;
		}

		/**
		 * Sets whether each use of the OAuth refresh token replaces it by another one, so
		 * that it is good only once; by default it stays the same. Whether UltraCart's do
		 * is not documented.
		 * @param refreshTokenRotation whether it is replaced
		 * @return this builder
		 */
		public Builder refreshTokenRotation(boolean refreshTokenRotation) {
			this.refreshTokenRotation = refreshTokenRotation;
			return this;
		}

		/**
		 * Sets the limits on calls, beyond which the answer is 429; by default there are
		 * none.
		 * @param limits the limits, such as {@link SimulatedLimits#ultraCart()}
		 * @return this builder
		 * @see UltraCartSimulator#enforce(SimulatedLimits)
		 */
		public Builder limits(SimulatedLimits limits) {
			Assert.notNull(limits, "limits must not be null");
			this.limits = limits;
			return this;
		}

		private static Duration required(Duration duration, String name) {
			Assert.notNull(duration, () -> name + " must not be null");
			Assert.isTrue(duration.compareTo(Duration.ofSeconds(1)) >= 0,
					() -> name + " must be at least a second, which is how exactly UltraCart writes its dates");
			return duration;
		}

		/**
		 * Starts the simulator.
		 * @return the running simulator, to be closed by the caller
		 * @throws IllegalStateException if the port is taken
		 */
		public UltraCartSimulator start() {
			Secrets secrets = new Secrets();
			String key = (this.applicationKey != null) ? this.applicationKey : secrets.simpleKey();
			OAuthGrant oauth = new OAuthGrant(this.clock, secrets, this.accessTokenLifetime, this.refreshTokenRotation);
			SimulatorState state = SimulatorState.create(secrets, key, oauth, this.clock, this.loginLifetime,
					this.keyLifetime);
			return new UltraCartSimulator(state, new SimulatorServer(this.port)).enforce(this.limits);
		}

	}

}
