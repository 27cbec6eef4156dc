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

package io.github.ultracartsso.autoconfigure.properties;

import java.net.URI;
import java.util.function.Consumer;

import io.github.ultracartsso.autoconfigure.UltraCartSsoConnectionDetails;
import io.github.ultracartsso.autoconfigure.UltraCartSsoProperties;
import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.OAuthToken;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;
import io.github.ultracartsso.client.oauth.OAuthApplicationCredential;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * Connection details from the configuration properties.
 */
final class PropertiesUltraCartSsoConnectionDetails implements UltraCartSsoConnectionDetails {

	private final UltraCartSsoProperties properties;

	private final Consumer<OAuthApplicationCredential> oauthCustomizer;

	private @Nullable ApplicationCredential credential;

	/**
	 * Creates the details.
	 * @param properties the properties
	 * @param oauthCustomizer configures an OAuth credential
	 */
	PropertiesUltraCartSsoConnectionDetails(UltraCartSsoProperties properties,
			Consumer<OAuthApplicationCredential> oauthCustomizer) {
		this.properties = properties;
		this.oauthCustomizer = oauthCustomizer;
	}

	@Override
	public URI getBaseUrl() {
		return URI.create(this.properties.baseUrl());
	}

	/**
	 * Returns the same credential each time, because it may hold an access token.
	 */
	@Override
	public synchronized ApplicationCredential getApplicationCredential() {
		if (this.credential == null) {
			this.credential = createCredential();
		}
		return this.credential;
	}

	private ApplicationCredential createCredential() {
		UltraCartSsoProperties.Oauth oauth = this.properties.oauth();
		if (StringUtils.hasText(oauth.clientId()) && StringUtils.hasText(oauth.refreshToken())) {
			OAuthApplicationCredential credential = new OAuthApplicationCredential(oauth.clientId(),
					OAuthToken.of(oauth.refreshToken()));
			this.oauthCustomizer.accept(credential);
			return credential;
		}
		String simpleKey = this.properties.simpleKey();
		Assert.state(simpleKey != null, "Neither the property ultracart.sso.simple-key nor"
				+ " ultracart.sso.oauth.client-id and ultracart.sso.oauth.refresh-token are set");
		return new SimpleKeyCredential(SimpleKey.of(simpleKey));
	}

}
