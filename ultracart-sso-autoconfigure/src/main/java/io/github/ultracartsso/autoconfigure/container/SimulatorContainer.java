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

package io.github.ultracartsso.autoconfigure.container;

import java.net.URI;
import java.util.Map;

import io.github.ultracartsso.client.ApplicationCredential;
import io.github.ultracartsso.client.SimpleKey;
import io.github.ultracartsso.client.SimpleKeyCredential;

import org.springframework.util.StringUtils;

/**
 * What both ways of running a container have in common: the names of the connection, the
 * port of the simulator, and its application key, which is an environment variable of the
 * container.
 */
final class SimulatorContainer {

	/**
	 * The name of the service connection, and the name of the image.
	 */
	static final String[] CONNECTION_NAMES = { "ultracart", "ultracart-sso-simulator" };

	static final int PORT = 8089;

	private static final String KEY_VARIABLE = "ULTRACART_APPLICATION_KEY";

	private static final String DEFAULT_KEY = "ultracart-simulator";

	private SimulatorContainer() {
	}

	static URI baseUrl(String host, int port) {
		return URI.create("http://" + host + ":" + port + "/rest/v2");
	}

	static ApplicationCredential credential(Map<String, String> environment) {
		String key = environment.get(KEY_VARIABLE);
		return new SimpleKeyCredential(SimpleKey.of(StringUtils.hasText(key) ? key : DEFAULT_KEY));
	}

}
