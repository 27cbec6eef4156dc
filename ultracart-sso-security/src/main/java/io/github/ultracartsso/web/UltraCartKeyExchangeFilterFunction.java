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

package io.github.ultracartsso.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.util.Assert;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.ExchangeStrategies;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Has a {@link WebClient} of the application call UltraCart's API on behalf of the
 * signed-in user, in all respects as the {@link UltraCartKeyInterceptor} has a
 * {@code RestClient}.
 * <p>
 * The user is the one in the Reactor context
 * ({@link ReactiveSecurityContextHolder#withAuthentication}), or else in the security
 * context of the thread that subscribes. Since UltraCart allows no two calls at the same
 * time, a call blocks the thread that subscribes, or one of the filter's own where that
 * must not be blocked.
 *
 * @since 0.1
 */
public final class UltraCartKeyExchangeFilterFunction implements ExchangeFilterFunction, AutoCloseable {

	private static final String WEB_CLIENT_URI_TEMPLATE = WebClient.class.getName() + ".uriTemplate";

	private static final String REST_CLIENT_URI_TEMPLATE = RestClient.class.getName() + ".uriTemplate";

	/**
	 * As many as may wait for their turn, each on a thread.
	 */
	private static final int MAX_THREADS = 100;

	private final Scheduler threads = Schedulers.newBoundedElastic(MAX_THREADS, 1, "ultracart-calls", 60, true);

	private final UserCalls calls;

	private final CurrentSsoSessions currentSsoSessions;

	// answers are in memory already, as far as they may be
	private ExchangeStrategies exchangeStrategies = ExchangeStrategies.builder()
		.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(-1))
		.build();

	/**
	 * Creates a filter.
	 * @param transport sends requests to UltraCart
	 * @param currentSsoSessions knows whom they are made for
	 */
	public UltraCartKeyExchangeFilterFunction(UltraCartApiTransport transport, CurrentSsoSessions currentSsoSessions) {
		this.calls = new UserCalls(transport, currentSsoSessions);
		this.currentSsoSessions = currentSsoSessions;
	}

	/**
	 * Sets what writes and reads the bodies of calls to UltraCart, in place of the
	 * strategies of the client, which a filter does not know. Defaults to Spring's
	 * defaults without a limit of memory.
	 * @param exchangeStrategies the strategies
	 */
	public void setExchangeStrategies(ExchangeStrategies exchangeStrategies) {
		Assert.notNull(exchangeStrategies, "exchangeStrategies cannot be null");
		this.exchangeStrategies = exchangeStrategies;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!this.calls.leadTo(request.url())) {
			return next.exchange(request);
		}
		Optional<Authentication> ofThread = Optional.ofNullable(this.currentSsoSessions.authentication());
		return ReactiveSecurityContextHolder.getContext()
			.map(UltraCartKeyExchangeFilterFunction::authentication)
			.defaultIfEmpty(ofThread)
			.flatMap((user) -> write(request).flatMap((written) -> send(request, written, user.orElse(null))));
	}

	private static Optional<Authentication> authentication(SecurityContext context) {
		return Optional.ofNullable(context.getAuthentication());
	}

	private Mono<WrittenClientHttpRequest> write(ClientRequest request) {
		WrittenClientHttpRequest written = new WrittenClientHttpRequest(request.method(), request.url());
		return request.writeTo(written, this.exchangeStrategies).thenReturn(written);
	}

	private Mono<ClientResponse> send(ClientRequest request, WrittenClientHttpRequest written,
			@Nullable Authentication user) {
		UserRequest call = new UserRequest(written.getMethod(), written.getURI(), written.getHeaders());
		request.attribute(WEB_CLIENT_URI_TEMPLATE)
			.ifPresent((template) -> call.getAttributes().put(REST_CLIENT_URI_TEMPLATE, template));
		Mono<ClientResponse> sent = Mono
			.fromCallable(() -> response(this.calls.make(call, written.body(), user).orThrow()));
		return Schedulers.isInNonBlockingThread() ? sent.subscribeOn(this.threads)
			.onErrorMap(RejectedExecutionException.class, UltraCartKeyExchangeFilterFunction::crowded) : sent;
	}

	private static UltraCartApiException crowded(RejectedExecutionException ex) {
		return UltraCartApiException
			.withFailure(UltraCartApiFailure.RATE_LIMITED, "UltraCart is not called, because too many calls wait")
			.retryAfter(Duration.ofSeconds(1))
			.notSent()
			.build();
	}

	/**
	 * Stops the threads.
	 */
	@Override
	public void close() {
		this.threads.dispose();
	}

	private ClientResponse response(UltraCartApiResponse response) {
		return ClientResponse.create(response.getStatusCode(), this.exchangeStrategies)
			.headers((headers) -> headers.putAll(response.getHeaders()))
			.body(body(response.bytes()))
			.build();
	}

	private static Flux<DataBuffer> body(byte[] body) {
		// an empty buffer would pass for content, and be no JSON
		return (body.length > 0) ? Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(body)) : Flux.empty();
	}

}
