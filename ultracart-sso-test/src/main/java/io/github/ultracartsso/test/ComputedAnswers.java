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

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import org.jspecify.annotations.Nullable;

/**
 * The WireMock extension that has each answer computed, and translates between WireMock's
 * types and the simulator's.
 */
final class ComputedAnswers implements ResponseDefinitionTransformerV2 {

	private volatile @Nullable Function<SimulatorRequest, SimulatorResponse> handler;

	/**
	 * Sets what computes the answers. Requests that come earlier get a 503.
	 */
	void computeWith(Function<SimulatorRequest, SimulatorResponse> handler) {
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
	public ResponseDefinition transform(ServeEvent event) {
		Function<SimulatorRequest, SimulatorResponse> handler = this.handler;
		SimulatorResponse response = (handler != null) ? handler.apply(translate(event.getRequest()))
				: SimulatorResponse.status(503);
		return translate(response);
	}

	private static SimulatorRequest translate(Request request) {
		Map<String, List<String>> headers = new HashMap<>();
		for (String name : request.getAllHeaderKeys()) {
			headers.put(name.toLowerCase(Locale.ROOT), request.header(name).values());
		}
		String path = request.getUrl().split("\\?", 2)[0];
		Map<String, String> parameters = path.equals(LoginPages.PATH) ? parameters(request) : Map.of();
		return new SimulatorRequest(request.getMethod().getName(), path, headers, parameters, request.getBodyAsString(),
				remoteAddress(request));
	}

	private static String remoteAddress(Request request) {
		// WireMock gives all of X-Forwarded-For where there is one: the browser is first
		return request.getClientIp().split(",", 2)[0].trim();
	}

	private static Map<String, String> parameters(Request request) {
		Map<String, String> parameters = new HashMap<>();
		request.formParameters().forEach((name, parameter) -> parameters.put(name, parameter.firstValue()));
		// the token counts where it is part of the login URL only
		parameters.remove("token");
		if (request.queryParameter("token").isPresent()) {
			parameters.put("token", request.queryParameter("token").firstValue());
		}
		return parameters;
	}

	private static ResponseDefinition translate(SimulatorResponse response) {
		ResponseDefinitionBuilder builder = WireMock.aResponse();
		switch (response.breakage()) {
			case RESET -> builder.withFault(Fault.CONNECTION_RESET_BY_PEER);
			case EMPTY -> builder.withFault(Fault.EMPTY_RESPONSE);
			case GARBAGE -> builder.withFault(Fault.RANDOM_DATA_THEN_CLOSE);
			case NONE -> {
				builder.withStatus(response.status()).withBody(response.body());
				response.headers().forEach(builder::withHeader);
				if (!response.delay().isZero()) {
					builder.withFixedDelay((int) response.delay().toMillis());
				}
			}
		}
		return builder.build();
	}

}
