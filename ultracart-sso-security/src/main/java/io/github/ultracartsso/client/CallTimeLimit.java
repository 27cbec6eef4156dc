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

package io.github.ultracartsso.client;

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
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Bounds the whole of a call: connecting, sending, waiting, reading, and whatever is
 * repeated. When the time is over, the connection is broken off and the call fails. Time
 * limits of a connection cannot do that; they begin anew with each byte that comes.
 * <p>
 * The same object has to be given to the {@link RestClientUltraCartSsoClient} and to the
 * {@link UltraCartHttpClientCustomizer} of the {@code HttpClient} below it, and its
 * {@link #dnsResolver()} to the connection manager of that. Where it is not, nothing is
 * begun after the time is over, but what has been begun is not broken off.
 *
 * @since 0.1
 */
public final class CallTimeLimit {

	private static final String THREAD_NAME = "ultracart-call-time-limit";

	// not static: the limits of two applications in one JVM know nothing of each other
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<@Nullable RunningCall> running = new ThreadLocal<>();

	private final Duration timeout;

	/**
	 * Creates a time limit.
	 * @param timeout how long a call may take
	 */
	public CallTimeLimit(Duration timeout) {
		Assert.isTrue(timeout.compareTo(Duration.ZERO) > 0, "timeout must be positive");
		this.timeout = timeout;
	}

	/**
	 * Returns what resolves the names of hosts within the time limit. Without it, a call
	 * lasts for as long as the operating system waits for a name server.
	 * @return the resolver
	 */
	public DnsResolver dnsResolver() {
		return dnsResolver(SystemDefaultDnsResolver.INSTANCE);
	}

	DnsResolver dnsResolver(DnsResolver resolver) {
		return new TimeLimitedDnsResolver(resolver);
	}

	Duration timeout() {
		return this.timeout;
	}

	/**
	 * Makes the call within the time limit.
	 * @param call makes it, on this thread
	 * @return what the call returns
	 */
	<T> T enforce(Supplier<T> call) {
		RunningCall current = new RunningCall(System.nanoTime() + this.timeout.toNanos());
		this.running.set(current);
		CompletableFuture<@Nullable Void> done = breakOffLater(current);
		try {
			return call.get();
		}
		finally {
			done.complete(null);
			this.running.remove();
		}
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private CompletableFuture<@Nullable Void> breakOffLater(RunningCall call) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		done.orTimeout(this.timeout.toNanos(), TimeUnit.NANOSECONDS).exceptionallyAsync((ex) -> {
			if (ex instanceof TimeoutException) {
				call.timeIsOver();
			}
			return null;
		}, CallTimeLimit::runOnThreadOfItsOwn);
		return done;
	}

	/**
	 * Closing a connection may block, and must not hold up the time limits of others.
	 */
	private static void runOnThreadOfItsOwn(Runnable task) {
		Thread thread = new Thread(task, THREAD_NAME);
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Returns whether the time of this thread's call is over.
	 */
	boolean isOver() {
		RunningCall call = this.running.get();
		return call != null && call.over;
	}

	/**
	 * Breaks off the connection of this thread's call, so that nobody reads the rest of
	 * the answer.
	 */
	void breakOff() {
		RunningCall call = this.running.get();
		if (call != null) {
			call.breakOff();
		}
	}

	/**
	 * Takes note of a request that is about to be made, so that it can be broken off.
	 */
	ClassicHttpResponse intercept(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		RunningCall call = this.running.get();
		if (call != null && scope.originalRequest instanceof Cancellable cancellable) {
			call.begin(cancellable);
		}
		return chain.proceed(request, scope);
	}

	/**
	 * A resolution cannot be broken off, so it is left alone on a thread of its own.
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
			runOnThreadOfItsOwn(resolution);
			try {
				return resolution.get(call.nanosLeft(), TimeUnit.NANOSECONDS);
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

		private final long endsAt;

		private volatile boolean over;

		/**
		 * Creates a call.
		 * @param endsAt when its time is over, as {@link System#nanoTime} has it
		 */
		RunningCall(long endsAt) {
			this.endsAt = endsAt;
		}

		long nanosLeft() {
			return this.endsAt - System.nanoTime();
		}

		void begin(Cancellable cancellable) {
			this.request.set(cancellable);
			if (this.over) {
				breakOff();
			}
		}

		void timeIsOver() {
			this.over = true;
			breakOff();
		}

		void breakOff() {
			Cancellable current = this.request.get();
			if (current != null) {
				current.cancel();
			}
		}

	}

}
