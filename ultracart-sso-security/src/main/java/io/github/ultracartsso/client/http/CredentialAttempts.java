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

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.OAuthTokenCall;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.traffic.CallGate;
import io.github.ultracartsso.client.traffic.CallKind;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Makes the requests of a call with its credential. If an access token is rejected that
 * was fetched for an earlier call, makes another request with a new token.
 */
final class CredentialAttempts {

	private final SsoExchange exchange;

	private final CallGate callGate;

	CredentialAttempts(SsoExchange exchange, CallGate callGate) {
		this.exchange = exchange;
		this.callGate = callGate;
	}

	/**
	 * Makes a call that has passed the gate.
	 * @param credential told if it is rejected
	 * @param repeatable whether another request may be made after a 401
	 * @param request makes a request with the headers that authenticate it
	 */
	<T> T make(ApplicationCredential credential, boolean repeatable, Function<HttpHeaders, T> request) {
		AtomicBoolean fresh = new AtomicBoolean();
		HttpHeaders headers = authenticate(credential, fresh);
		try {
			return request.apply(headers);
		}
		catch (UltraCartApiException ex) {
			boolean renewable = isUnauthorized(ex) && credential.rejected(headers);
			if (!renewable || !repeatable || fresh.get()) {
				throw ex;
			}
		}
		return request.apply(authenticate(credential, fresh));
	}

	private static boolean isUnauthorized(UltraCartApiException ex) {
		return ex.getStatus() != null && ex.getStatus() == HttpStatus.UNAUTHORIZED.value();
	}

	private HttpHeaders authenticate(ApplicationCredential credential, AtomicBoolean fresh) {
		HttpHeaders headers = new HttpHeaders();
		credential.authenticate(headers, (request) -> {
			fresh.set(true);
			return accessToken(request);
		});
		return headers;
	}

	/**
	 * Fetches an access token as part of the call that needs one. With a concurrency
	 * limit of one, a call of its own would wait forever.
	 */
	private OAuthTokenCall.Response accessToken(OAuthTokenCall.Request request) {
		return this.callGate.attempt(CallKind.ACCESS_TOKEN, () -> {
			SsoRequest sent = AccessTokens.request(request);
			return this.exchange.readAccessToken(sent, this.exchange.send(sent));
		});
	}

}
