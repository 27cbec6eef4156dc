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

/**
 * What tests and development runs of an application use in place of UltraCart:
 * {@link io.github.ultracartsso.test.WithUltraCartUser} and
 * {@link io.github.ultracartsso.test.UltraCartMockMvc} for tests with a signed-in user,
 * and {@link io.github.ultracartsso.test.UltraCartSimulator}, a real HTTP server with
 * UltraCart's single sign-on calls and a login page.
 */
@NullMarked
package io.github.ultracartsso.test;

import org.jspecify.annotations.NullMarked;
