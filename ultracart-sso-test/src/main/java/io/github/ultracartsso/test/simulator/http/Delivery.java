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

import java.time.Duration;

import io.github.ultracartsso.test.simulator.http.SimulatorResponse.Breakage;
import org.jspecify.annotations.Nullable;

/**
 * How a response gets to the client.
 *
 * @param delay how long the finished response is held back
 * @param transmission how the body is sent
 * @param breakage how the connection breaks in place of a response, {@code null} where it
 * does not
 */
record Delivery(Duration delay, Transmission transmission, @Nullable Breakage breakage) {
}
