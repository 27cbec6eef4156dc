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

package io.github.ultracartsso.autoconfigure.client;

import io.github.ultracartsso.client.http.UltraCartHttpSettings;

import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * The pooled connections to UltraCart, which all calls share. This type is shared between
 * packages of this module and is no API for applications.
 *
 * @param requestFactory creates the requests
 * @param settings the settings of all clients, with the time limit that aborts calls
 */
public record UltraCartConnection(ClientHttpRequestFactory requestFactory, UltraCartHttpSettings settings) {

}
