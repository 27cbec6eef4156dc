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

package io.github.ultracartsso.web.api;

import java.net.URI;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.http.UltraCartApiResponse;
import io.github.ultracartsso.client.http.UltraCartApiTransport;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.util.Assert;

/**
 * Calls UltraCart's API with the application's credential, no matter who is signed in.
 */
final class ApplicationCalls implements ApiCalls {

	private final UltraCartApiTransport transport;

	private final ApplicationCredential credential;

	ApplicationCalls(UltraCartApiTransport transport, ApplicationCredential credential) {
		Assert.notNull(transport, "transport cannot be null");
		Assert.notNull(credential, "applicationCredential cannot be null");
		this.transport = transport;
		this.credential = credential;
	}

	@Override
	public boolean leadTo(URI url) {
		return this.transport.leadsTo(url);
	}

	/**
	 * Makes a call as the application. A rejected credential says nothing about the user
	 * of the request, whose session goes on.
	 * @throws UltraCartApiException if the credential is rejected, or no response came
	 * that can be used
	 */
	@Override
	public UltraCartApiResponse make(HttpRequest request, byte[] body) {
		try {
			UltraCartApiResponse response = this.transport.send(request, body, this.credential);
			return isRejected(response.getFailure()) ? response.orThrow() : response;
		}
		catch (UltraCartApiException ex) {
			throw isRejected(ex) ? rejected(ex) : ex;
		}
	}

	private static boolean isRejected(@Nullable UltraCartApiException failure) {
		return failure != null && failure.getFailure() == UltraCartApiFailure.CREDENTIAL_REJECTED;
	}

	private static UltraCartApiException rejected(UltraCartApiException ex) {
		return ex.withMessage("UltraCart rejects the credential of the application, not that of a user. Check"
				+ " ultracart.sso.simple-key or ultracart.sso.oauth.*: " + ex.getMessage());
	}

}
