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

package io.github.ultracartsso.client.traffic;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Time limit for a whole call: connecting, sending, waiting, reading, and all retries.
 * When the time is up, the connection is closed and the call fails. The timeouts of a
 * connection cannot do that; they start anew with each byte received.
 * <p>
 * The same object has to be given to the client that makes the calls, to the
 * {@code HttpClient} below it as an exec interceptor, and, by way of
 * {@link #dnsResolver()}, to its connection manager. Otherwise nothing is started after
 * the time is up, but a request in progress is not aborted.
 *
 * @since 0.1
 */
public final class CallTimeLimit implements ExecChainHandler {

	private static final String THREAD_NAME = "ultracart-call-time-limit";

	// not static: the limits of two applications in one JVM are independent
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable RunningCall> running = new ThreadLocal<>();

	private static final Duration LONGEST_TIMEOUT = Duration.ofDays(1);

	private final Duration timeout;

	/**
	 * Creates a time limit.
	 * @param timeout how long a call may take, at most a day
	 */
	public CallTimeLimit(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "timeout must be positive");
		Assert.isTrue(timeout.compareTo(LONGEST_TIMEOUT) <= 0, "timeout cannot exceed a day");
		this.timeout = timeout;
	}

	/**
	 * Returns a resolver that looks up host names within the time limit. Without it, a
	 * call lasts as long as the operating system waits for a name server.
	 * @return the resolver
	 */
	public DnsResolver dnsResolver() {
		return dnsResolver(SystemDefaultDnsResolver.INSTANCE);
	}

	DnsResolver dnsResolver(DnsResolver resolver) {
		return new TimeLimitedDnsResolver(resolver);
	}

	/**
	 * Returns how long a call may take.
	 * @return the time limit
	 */
	public Duration timeout() {
		return this.timeout;
	}

	/**
	 * Makes a call within the time limit.
	 * @param <T> the type of the result
	 * @param call makes the call, on this thread
	 * @return the result of the call
	 */
	public <T> T enforce(Supplier<T> call) {
		RunningCall current = new RunningCall(System.nanoTime() + this.timeout.toNanos());
		this.running.set(current);
		CompletableFuture<@Nullable Void> done = abortLater(current);
		try {
			return call.get();
		}
		finally {
			done.complete(null);
			this.running.remove();
		}
	}

	/**
	 * Starts the timer, which the JVM runs on one thread for all such timers. A call that
	 * is done in time costs no thread.
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	private CompletableFuture<@Nullable Void> abortLater(RunningCall call) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		done.orTimeout(this.timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionally((ex) -> {
			call.over = true;
			// closing a connection may block, and must not delay other timers
			startThread(call::abort);
			return null;
		});
		return done;
	}

	private static void startThread(Runnable task) {
		// it must neither inherit the user nor the class loader of the request
		Thread thread = new Thread(null, task, THREAD_NAME, 0, false);
		thread.setContextClassLoader(CallTimeLimit.class.getClassLoader());
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Returns whether the current thread's call has used up its time.
	 * @return {@code true} if it has been or will be aborted
	 */
	public boolean isOver() {
		RunningCall call = this.running.get();
		return call != null && call.over;
	}

	/**
	 * Closes the connection of the current thread's call, so that the rest of the
	 * response is not read.
	 */
	public void abort() {
		RunningCall call = this.running.get();
		if (call != null) {
			call.abort();
		}
	}

	/**
	 * Notes a request that is about to be sent, so that it can be aborted.
	 */
	@Override
	public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		RunningCall call = this.running.get();
		if (call != null && scope.originalRequest instanceof Cancellable cancellable) {
			call.begin(cancellable);
		}
		return chain.proceed(request, scope);
	}

	/**
	 * Resolves host names on a thread of their own, because a lookup cannot be aborted: a
	 * pool would be exhausted by lookups that hang. Names are resolved only when a
	 * connection is opened, which costs more than a thread, so calls over a kept-alive
	 * connection start none.
	 */
	private final class TimeLimitedDnsResolver implements DnsResolver {

		private final DnsResolver resolver;

		TimeLimitedDnsResolver(DnsResolver resolver) {
			this.resolver = resolver;
		}

		@Override
		public InetAddress[] resolve(String host) throws UnknownHostException {
			RunningCall call = CallTimeLimit.this.running.get();
			if (call == null) {
				return this.resolver.resolve(host);
			}
			FutureTask<InetAddress[]> resolution = new FutureTask<>(() -> this.resolver.resolve(host));
			startThread(resolution);
			try {
				return resolution.get(call.endsAt - System.nanoTime(), TimeUnit.NANOSECONDS);
			}
			catch (ExecutionException | TimeoutException ex) {
				throw new UnknownHostException(host);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new UnknownHostException(host);
			}
		}

		@Override
		public String resolveCanonicalHostname(String host) throws UnknownHostException {
			return this.resolver.resolveCanonicalHostname(host);
		}

	}

	private static final class RunningCall {

		private final AtomicReference<@Nullable Cancellable> request = new AtomicReference<>();

		// as System.nanoTime() has it
		private final long endsAt;

		private volatile boolean over;

		RunningCall(long endsAt) {
			this.endsAt = endsAt;
		}

		void begin(Cancellable cancellable) {
			this.request.set(cancellable);
			if (this.over) {
				abort();
			}
		}

		void abort() {
			Cancellable current = this.request.get();
			if (current != null) {
				current.cancel();
			}
		}

	}

}
