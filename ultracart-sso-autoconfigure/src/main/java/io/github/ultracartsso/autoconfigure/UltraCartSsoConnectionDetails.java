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

package io.github.ultracartsso.autoconfigure;

import java.net.URI;

import io.github.ultracartsso.client.ApplicationCredential;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Details of the connection to UltraCart: the URL of the REST API and the credential of
 * the application. A bean of this type replaces {@code ultracart.sso.base-url},
 * {@code ultracart.sso.simple-key} and {@code ultracart.sso.oauth.*}, none of which is
 * read then.
 *
 * @since 0.1
 */
public interface UltraCartSsoConnectionDetails extends ConnectionDetails {

	/**
	 * Returns the URL of the REST API.
	 * @return the URL, https unless it is on a loopback host
	 */
	URI getBaseUrl();

	/**
	 * Returns the credential that the application authenticates itself with. It is asked
	 * for once, when the client is created.
	 * @return the credential
	 */
	ApplicationCredential getApplicationCredential();

}
