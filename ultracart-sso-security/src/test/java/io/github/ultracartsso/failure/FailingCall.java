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

package io.github.ultracartsso.failure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;

import com.sun.management.ThreadMXBean;
import io.github.ultracartsso.ScriptedServer;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;
import io.github.ultracartsso.client.http.RestClientUltraCartSsoClient;
import io.github.ultracartsso.client.http.UltraCartHttpClientCustomizer;
import io.github.ultracartsso.client.http.UltraCartHttpSettings;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * A client for which all is well but for one call, which is really made, and to a server
 * that fails it.
 */
final class FailingCall implements UltraCartSsoClient, AutoCloseable {

	/**
	 * The beginning of everything that nobody must see.
	 */
	static final String SECRET = "top-secret";

	static final Duration READ_TIMEOUT = Duration.ofSeconds(1);

	static final Duration CALL_TIMEOUT = Duration.ofSeconds(2);

	private static final Timeout CONNECT_TIMEOUT = Timeout.ofMilliseconds(500);

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final ScriptedServer server;

	private final PoolingHttpClientConnectionManager connections;

	private final CloseableHttpClient httpClient;

	private final URI baseUrl;

	private final UltraCartHttpSettings settings;

	private RestClientUltraCartSsoClient client;

	private final String codes;

	private Step step = Step.START;

	private int requestsBefore;

	private boolean failing;

	private @Nullable RuntimeException thrown;

	private String state = "";

	private Duration time = Duration.ZERO;

	private long allocated;

	FailingCall(UltraCartFailure failure) throws IOException {
		this.codes = SECRET + "-code-" + failure.name() + "-";
		this.server = new ScriptedServer((failure == UltraCartFailure.NO_TLS) ? SSLServerSocketFactory.getDefault()
				: ServerSocketFactory.getDefault(), failure.script());
		if (failure == UltraCartFailure.REFUSED) {
			this.server.close();
		}
		URI baseUrl = switch (failure) {
			case UNKNOWN_HOST -> URI.create("https://ultracart.invalid/rest/v2");
			case NO_TLS -> this.server.url("https", "/rest/v2");
			default -> this.server.url("http", "/rest/v2");
		};
		this.connections = PoolingHttpClientConnectionManagerBuilder.create()
			.setDnsResolver(new NoInvalidHosts())
			.setDefaultConnectionConfig(ConnectionConfig.custom()
				.setConnectTimeout(CONNECT_TIMEOUT)
				.setSocketTimeout(Timeout.of(READ_TIMEOUT))
				.build())
			.build();
		CallTimeLimit timeLimit = new CallTimeLimit(CALL_TIMEOUT);
		HttpClientBuilder builder = HttpClientBuilder.create().setConnectionManager(this.connections);
		new UltraCartHttpClientCustomizer(timeLimit).accept(builder);
		this.httpClient = builder.build();
		this.baseUrl = baseUrl;
		this.settings = UltraCartHttpSettings.defaults().withTimeLimit(timeLimit);
		this.client = client();
	}

	/**
	 * Returns a client whose gate knows of no failure.
	 */
	private RestClientUltraCartSsoClient client() {
		return new RestClientUltraCartSsoClient(
				RestClient.builder().requestFactory(new HttpComponentsClientHttpRequestFactory(this.httpClient)),
				this.baseUrl, new SimpleKeyCredential(SimpleKey.of(SECRET + "-key-of-the-application")),
				this.settings.withCallGate(new CallGate(1, CALL_TIMEOUT)));
	}

	/**
	 * Forgets what was before.
	 * @param nextStep whose call is to fail, when it comes to that
	 */
	void prepare(Step nextStep) {
		this.step = nextStep;
		this.failing = false;
		this.thrown = null;
		this.requestsBefore = this.server.requests().size();
		this.client = client();
	}

	/**
	 * Has the call fail from now on.
	 */
	void beginToFail() {
		this.failing = true;
	}

	/**
	 * Returns the code the person comes back with.
	 */
	String code() {
		return this.codes + this.step;
	}

	/**
	 * Returns what must not be seen.
	 */
	List<String> secrets() {
		return List.of(SECRET, this.state);
	}

	@Nullable RuntimeException thrown() {
		return this.thrown;
	}

	Duration time() {
		return this.time;
	}

	/**
	 * Returns how many bytes of memory the call took, used again or not.
	 */
	long allocated() {
		return this.allocated;
	}

	/**
	 * Returns how many requests the server saw.
	 */
	int requests() {
		return this.server.requests().size() - this.requestsBefore;
	}

	/**
	 * Returns how many connections are still in use when the threads that break
	 * connections off have ended.
	 */
	int connectionsInUse() {
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().equals("ultracart-call-time-limit")) {
				join(thread);
			}
		}
		return this.connections.getTotalStats().getLeased();
	}

	@Override
	public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
		this.state = request.state();
		return make("ssoAuthorize", () -> this.client.authorize(request),
				new SingleSignOnAuthorizeResponse("https://secure.ultracart.com/login?opid=" + request.state(), null));
	}

	@Override
	public SingleSignOnTokenResponse exchange(String exchanged) {
		return make("ssoToken", () -> this.client.exchange(exchanged),
				new SingleSignOnTokenResponse(SimpleKey.of("key-for-" + exchanged), "2036-11-21T12:00:00-05:00", null));
	}

	@Override
	public User sessionUser(SimpleKey simpleKey) {
		return make("getSsoSessionUser", () -> this.client.sessionUser(simpleKey),
				new User(42, "Jane!ops", null, null, null, null));
	}

	@Override
	public void revoke(SimpleKey simpleKey) {
		make("ssoSessionRevoke", () -> {
			this.client.revoke(simpleKey);
			return true;
		}, true);
	}

	private <T> T make(String call, Supplier<T> really, T well) {
		if (!this.failing || !call.equals(this.step.callName())) {
			return well;
		}
		long begun = System.nanoTime();
		long allocatedBefore = THREADS.getCurrentThreadAllocatedBytes();
		try {
			return really.get();
		}
		catch (RuntimeException ex) {
			this.thrown = ex;
			throw ex;
		}
		finally {
			this.allocated = THREADS.getCurrentThreadAllocatedBytes() - allocatedBefore;
			this.time = Duration.ofNanos(System.nanoTime() - begun);
		}
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.httpClient.close();
		this.server.close();
	}

	/**
	 * Does not ask the network, where somebody may have an answer for any name.
	 */
	private static final class NoInvalidHosts extends SystemDefaultDnsResolver {

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			if (host.endsWith(".invalid")) {
				throw new UnknownHostException(host);
			}
			return Objects.requireNonNull(super.resolve(host));
		}

	}

}
