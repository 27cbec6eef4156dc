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

package io.github.ultracartsso.test.simulator.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.ultracartsso.test.simulator.http.SimulatorResponse.Breakage;
import io.github.ultracartsso.test.simulator.http.SimulatorServer.Handler;
import org.jspecify.annotations.Nullable;

/**
 * WireMock extension that computes each response, and translates between WireMock's types
 * and the simulator's.
 */
final class ComputedResponses implements ResponseTransformerV2 {

	private final Supplier<Exchange> exchanges;

	private volatile @Nullable Handler handler;

	/**
	 * Creates the extension.
	 * @param exchanges makes the exchange of the request that the current thread handles
	 */
	ComputedResponses(Supplier<Exchange> exchanges) {
		this.exchanges = exchanges;
	}

	void computeWith(Handler handler) {
		this.handler = handler;
	}

	@Override
	public String getName() {
		return "ultracart-simulator";
	}

	@Override
	public boolean applyGlobally() {
		return false;
	}

	@Override
	public Response transform(Response unused, ServeEvent event) {
		Handler handler = this.handler;
		Exchange exchange = this.exchanges.get();
		SimulatorResponse response = (handler != null) ? handler.handle(translate(event.getRequest()), exchange)
				: SimulatorResponse.status(503);
		Delivery delivery = response.delivery();
		boolean awaited = delivery.delay().isZero() || exchange.pause(delivery.delay());
		Breakage breakage = awaited ? delivery.breakage() : Breakage.EMPTY;
		return (breakage != null) ? broken(breakage, exchange) : translate(response, exchange);
	}

	private static SimulatorRequest translate(Request request) {
		Map<String, List<String>> headers = new HashMap<>();
		for (String name : request.getAllHeaderKeys()) {
			headers.put(name.toLowerCase(Locale.ROOT), request.header(name).values());
		}
		return new SimulatorRequest(request.getMethod().getName(), request.getUrl(), headers, request.getBodyAsString(),
				remoteAddress(request));
	}

	private static String remoteAddress(Request request) {
		// WireMock returns all of X-Forwarded-For where it is present; the browser comes
		// first
		return request.getClientIp().split(",", 2)[0].trim();
	}

	private static Response translate(SimulatorResponse response, Exchange exchange) {
		List<HttpHeader> headers = response.headers()
			.entrySet()
			.stream()
			.map((header) -> HttpHeader.httpHeader(header.getKey(), header.getValue()))
			.toList();
		return Response.response()
			.status(response.status())
			.headers(new HttpHeaders(headers))
			.body(() -> new Body(response, exchange))
			.build();
	}

	private static Response broken(Breakage breakage, Exchange exchange) {
		exchange.finish();
		return Response.response().fault(switch (breakage) {
			case RESET -> Fault.CONNECTION_RESET_BY_PEER;
			case EMPTY -> Fault.EMPTY_RESPONSE;
			case GARBAGE -> Fault.RANDOM_DATA_THEN_CLOSE;
			case MALFORMED_CHUNK -> Fault.MALFORMED_RESPONSE_CHUNK;
		}).build();
	}

	/**
	 * A body that is sent by its transmission. WireMock reads nothing from it, as it
	 * would for its log, and calls {@link #transferTo(OutputStream)} to send it.
	 */
	private static final class Body extends InputStream {

		private final SimulatorResponse response;

		private final Exchange exchange;

		Body(SimulatorResponse response, Exchange exchange) {
			this.response = response;
			this.exchange = exchange;
		}

		@Override
		public int read() {
			return -1;
		}

		@Override
		public long transferTo(OutputStream out) throws IOException {
			try {
				this.response.delivery().transmission().send(this.response.body(), out, this.exchange);
			}
			finally {
				this.exchange.finish();
			}
			return 0;
		}

	}

}
