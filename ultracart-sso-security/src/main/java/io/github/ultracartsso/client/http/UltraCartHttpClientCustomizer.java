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

package io.github.ultracartsso.client.http;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.function.Consumer;

import io.github.ultracartsso.client.traffic.CallTimeLimit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Customizes an {@code HttpClient} for calls to UltraCart: adds the time limit of calls,
 * and disables defaults that are unsafe here:
 * <ul>
 * <li>retries: a {@code PUT} is sent again on 503 and 429 by default, and a code is valid
 * for one exchange only;</li>
 * <li>redirects: the header with the key would be sent along;</li>
 * <li>cookies and cached authentication state: the calls of many users share the
 * client;</li>
 * <li>authentication at UltraCart by a challenge: the request would be sent again, with
 * credentials that are meant for a proxy.</li>
 * </ul>
 * Apply it after all other customizers: it also disables what they have enabled. A proxy
 * keeps working, and authentication at the proxy too. If a proxy refuses to connect to
 * UltraCart, the call fails as one that was not sent. The response of the proxy is not
 * taken for UltraCart's. Not part of the API.
 *
 * @since 0.1
 */
public final class UltraCartHttpClientCustomizer implements Consumer<HttpClientBuilder> {

	private static final String PROXY = UltraCartHttpClientCustomizer.class.getName() + ".PROXY";

	private static final String CONNECTED = UltraCartHttpClientCustomizer.class.getName() + ".CONNECTED";

	private final @Nullable CallTimeLimit timeLimit;

	/**
	 * Creates a customizer without a time limit.
	 */
	public UltraCartHttpClientCustomizer() {
		this.timeLimit = null;
	}

	/**
	 * Creates a customizer.
	 * @param timeLimit the time limit of calls
	 */
	public UltraCartHttpClientCustomizer(CallTimeLimit timeLimit) {
		Assert.notNull(timeLimit, "timeLimit cannot be null");
		this.timeLimit = timeLimit;
	}

	@Override
	public void accept(HttpClientBuilder builder) {
		if (this.timeLimit != null) {
			builder.addExecInterceptorFirst(CallTimeLimit.class.getName(), this.timeLimit);
		}
		builder.disableAutomaticRetries()
			.disableRedirectHandling()
			.disableCookieManagement()
			.disableAuthCaching()
			.setTargetAuthenticationStrategy((type, challenges, context) -> List.of())
			.addExecInterceptorBefore(ChainElement.CONNECT.name(), PROXY, UltraCartHttpClientCustomizer::distinguish)
			.addExecInterceptorAfter(ChainElement.CONNECT.name(), CONNECTED, (request, scope, chain) -> {
				scope.clientContext.setAttribute(CONNECTED, true);
				return chain.proceed(request, scope);
			});
	}

	/**
	 * Tells responses of a proxy and of UltraCart apart, which the HTTP library does not:
	 * a proxy that does not connect must not be taken for UltraCart, nor UltraCart for a
	 * proxy that asks for credentials.
	 */
	private static ClassicHttpResponse distinguish(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
			throws IOException, HttpException {
		scope.clientContext.removeAttribute(CONNECTED);
		ClassicHttpResponse response = chain.proceed(request, scope);
		if (scope.route.isTunnelled() && scope.clientContext.getAttribute(CONNECTED) == null) {
			response.close();
			throw new ConnectException("The proxy " + scope.route.getProxyHost().toHostString()
					+ " refuses to connect (status " + response.getCode() + ")");
		}
		if (scope.route.isTunnelled() || scope.route.getProxyHost() == null) {
			response.removeHeaders(HttpHeaders.PROXY_AUTHENTICATE);
		}
		return response;
	}

}
