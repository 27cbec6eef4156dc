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

package io.github.ultracartsso.sample.cluster;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SingleSignOnAuthorizeRequest;
import io.github.ultracartsso.client.SingleSignOnAuthorizeResponse;
import io.github.ultracartsso.client.SingleSignOnTokenResponse;
import io.github.ultracartsso.client.UltraCartSsoClient;
import io.github.ultracartsso.client.User;

import org.springframework.beans.factory.config.BeanPostProcessor;

/**
 * Records the states that are sent to UltraCart and the keys that it issues, so that a
 * test knows which secrets to look for.
 */
final class UserKeys implements BeanPostProcessor {

	private final List<String> keys = new CopyOnWriteArrayList<>();

	private final List<String> states = new CopyOnWriteArrayList<>();

	List<String> all() {
		return List.copyOf(this.keys);
	}

	/**
	 * Returns the states of all logins, including those that failed to start.
	 */
	List<String> states() {
		return List.copyOf(this.states);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return (bean instanceof UltraCartSsoClient client) ? new RecordedClient(client) : bean;
	}

	private final class RecordedClient implements UltraCartSsoClient {

		private final UltraCartSsoClient client;

		private RecordedClient(UltraCartSsoClient client) {
			this.client = client;
		}

		@Override
		public SingleSignOnAuthorizeResponse authorize(SingleSignOnAuthorizeRequest request) {
			UserKeys.this.states.add(Objects.requireNonNull(request.state()));
			return this.client.authorize(request);
		}

		@Override
		public SingleSignOnTokenResponse exchange(String code) {
			SingleSignOnTokenResponse response = this.client.exchange(code);
			UserKeys.this.keys.add(response.simpleKey().value());
			return response;
		}

		@Override
		public User sessionUser(SimpleKey simpleKey) {
			return this.client.sessionUser(simpleKey);
		}

		@Override
		public void revoke(SimpleKey simpleKey) {
			this.client.revoke(simpleKey);
		}

		@Override
		public String toString() {
			return this.client.toString();
		}

	}

}
