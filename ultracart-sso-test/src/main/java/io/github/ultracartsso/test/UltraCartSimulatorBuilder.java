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

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.ultracartsso.test.simulator.SimulatedLimits;
import io.github.ultracartsso.test.simulator.SimulatedResource;
import io.github.ultracartsso.test.simulator.SimulatedUser;
import io.github.ultracartsso.test.simulator.http.ServerKeyStore;
import io.github.ultracartsso.test.simulator.http.SimulatorServer;
import io.github.ultracartsso.test.simulator.state.Lifetimes;
import io.github.ultracartsso.test.simulator.state.MerchantSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Builds and starts an {@link UltraCartSimulator}. Not safe for use by several threads.
 *
 * @since 0.1
 * @see UltraCartSimulator#builder()
 */
public final class UltraCartSimulatorBuilder {

	private int port;

	private final Set<String> hosts = new LinkedHashSet<>();

	private String merchantId = "DEMO";

	private @Nullable ServerKeyStore keyStore;

	private Clock clock = Clock.systemUTC();

	private @Nullable String applicationKey;

	private Duration loginLifetime = Duration.ofMinutes(10);

	private Duration keyLifetime = Duration.ofHours(24);

	private Duration accessTokenLifetime = Duration.ofHours(1);

	private boolean refreshTokenRotation;

	private SimulatedLimits limits = SimulatedLimits.none();

	private final List<SimulatedUser> users = new ArrayList<>();

	private final List<SimulatedResource> resources = new ArrayList<>();

	UltraCartSimulatorBuilder() {
	}

	/**
	 * Sets the port to listen on. By default a free one is chosen.
	 * @param port the port, 0 for a free one
	 * @return this builder
	 * @throws IllegalArgumentException if the port is not between 0 and 65535
	 */
	public UltraCartSimulatorBuilder port(int port) {
		Assert.isTrue(port >= 0 && port <= 65_535, () -> "port must be between 0 and 65535 but was " + port);
		this.port = port;
		return this;
	}

	/**
	 * Adds host names under which browsers reach the simulator, besides localhost, such
	 * as {@code host.testcontainers.internal} from a container. A login of an application
	 * on one of these hosts gets a login URL with that host. The simulator then listens
	 * on all network interfaces instead of the loopback interface.
	 * @param hosts host names or IPv4 addresses, without scheme and port
	 * @return this builder
	 */
	public UltraCartSimulatorBuilder hosts(Collection<String> hosts) {
		Assert.notNull(hosts, "hosts must not be null");
		hosts.forEach((host) -> this.hosts.add(host.toLowerCase(Locale.ROOT)));
		return this;
	}

	/**
	 * Sets the merchant id, which distinguishes the merchants of one simulator. By
	 * default it is {@code DEMO}.
	 * @param merchantId one to five letters and digits, as at UltraCart
	 * @return this builder
	 * @throws IllegalArgumentException if the id has another form
	 * @see UltraCartSimulator#addMerchant(UltraCartSimulatorBuilder)
	 */
	public UltraCartSimulatorBuilder merchantId(String merchantId) {
		Assert.isTrue(merchantId != null && merchantId.matches("[A-Za-z0-9]{1,5}"),
				() -> "merchantId must be one to five letters and digits but was '" + merchantId + "'");
		this.merchantId = merchantId;
		return this;
	}

	/**
	 * Serves https in place of http.
	 * @param keyStore a PKCS #12 file with a key and its certificate, which applications
	 * have to trust
	 * @param password the password of the file and of the key
	 * @return this builder
	 */
	public UltraCartSimulatorBuilder tls(Path keyStore, String password) {
		Assert.notNull(keyStore, "keyStore must not be null");
		Assert.notNull(password, "password must not be null");
		this.keyStore = new ServerKeyStore(keyStore, password);
		return this;
	}

	/**
	 * Sets the clock by which logins, codes and keys expire and calls are counted. By
	 * default it is the system's. Delays always use the system's clock.
	 * @param clock the clock
	 * @return this builder
	 */
	public UltraCartSimulatorBuilder clock(Clock clock) {
		Assert.notNull(clock, "clock must not be null");
		this.clock = clock;
		return this;
	}

	/**
	 * Sets the application's simple key. By default each simulator has a random one.
	 * @param applicationKey the key, visible ASCII characters
	 * @return this builder
	 * @throws IllegalArgumentException if the key is empty or cannot be sent in a header
	 */
	public UltraCartSimulatorBuilder applicationKey(String applicationKey) {
		Assert.isTrue(applicationKey != null && applicationKey.matches("[\\x21-\\x7e]+"),
				"applicationKey must consist of visible ASCII characters, without spaces");
		this.applicationKey = applicationKey;
		return this;
	}

	/**
	 * Sets how long a login may take until the user approves it; by default 10 minutes.
	 * @param loginLifetime the duration, at least a second
	 * @return this builder
	 * @throws IllegalArgumentException if the duration is shorter than a second
	 */
	public UltraCartSimulatorBuilder loginLifetime(Duration loginLifetime) {
		this.loginLifetime = required(loginLifetime, "loginLifetime");
		return this;
	}

	/**
	 * Sets how long the key of an SSO session is valid; by default 24 hours.
	 * @param keyLifetime the duration, at least a second
	 * @return this builder
	 * @throws IllegalArgumentException if the duration is shorter than a second
	 */
	public UltraCartSimulatorBuilder keyLifetime(Duration keyLifetime) {
		this.keyLifetime = required(keyLifetime, "keyLifetime");
		return this;
	}

	/**
	 * Sets how long an OAuth access token is valid; by default an hour.
	 * @param accessTokenLifetime the duration, at least a second
	 * @return this builder
	 * @throws IllegalArgumentException if the duration is shorter than a second
	 */
	public UltraCartSimulatorBuilder accessTokenLifetime(Duration accessTokenLifetime) {
		this.accessTokenLifetime = required(accessTokenLifetime, "accessTokenLifetime");
		return this;
	}

	/**
	 * Sets whether each use of the OAuth refresh token replaces it, so that it is valid
	 * once. By default it stays the same. UltraCart does not document what it does.
	 * @param refreshTokenRotation whether it is replaced
	 * @return this builder
	 */
	public UltraCartSimulatorBuilder refreshTokenRotation(boolean refreshTokenRotation) {
		this.refreshTokenRotation = refreshTokenRotation;
		return this;
	}

	/**
	 * Sets the limits on calls, beyond which the response is 429. By default there are
	 * none.
	 * @param limits the limits, such as {@link SimulatedLimits#ultraCart()}
	 * @return this builder
	 * @see UltraCartSimulator#enforce(SimulatedLimits)
	 */
	public UltraCartSimulatorBuilder limits(SimulatedLimits limits) {
		Assert.notNull(limits, "limits must not be null");
		this.limits = limits;
		return this;
	}

	/**
	 * Adds users, who have a button on the login page each.
	 * @param users the users; one with the login of an earlier one replaces that one
	 * @return this builder
	 * @see UltraCartSimulator#addUser(SimulatedUser)
	 */
	public UltraCartSimulatorBuilder users(Collection<SimulatedUser> users) {
		this.users.addAll(users);
		return this;
	}

	/**
	 * Adds resources of the REST API besides single sign-on.
	 * @param resources the resources
	 * @return this builder
	 * @see UltraCartSimulator#addResource(SimulatedResource)
	 */
	public UltraCartSimulatorBuilder resources(Collection<SimulatedResource> resources) {
		this.resources.addAll(resources);
		return this;
	}

	private static Duration required(Duration duration, String name) {
		Assert.notNull(duration, () -> name + " must not be null");
		Assert.isTrue(duration.compareTo(Duration.ofSeconds(1)) >= 0,
				() -> name + " must be at least a second, which is the precision of UltraCart's dates");
		return duration;
	}

	/**
	 * Starts the simulator.
	 * @return the running simulator, to be closed by the caller
	 * @throws IllegalStateException if the port is taken
	 */
	public UltraCartSimulator start() {
		SimulatorServer server = new SimulatorServer(this.port, this.hosts.isEmpty(), this.keyStore);
		SimulatorFront front = new SimulatorFront(server, this.hosts);
		return join(front);
	}

	/**
	 * Adds a merchant with these settings to a simulator.
	 */
	UltraCartSimulator join(SimulatorFront front) {
		Lifetimes lifetimes = new Lifetimes(this.loginLifetime, this.keyLifetime, this.accessTokenLifetime);
		MerchantSettings settings = new MerchantSettings(this.merchantId, this.applicationKey, lifetimes,
				this.refreshTokenRotation);
		return new UltraCartSimulator(front.add(settings, this.clock, atStart()), front);
	}

	SimulatorStart atStart() {
		return new SimulatorStart(List.copyOf(this.users), List.copyOf(this.resources), this.limits);
	}

}
