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

package io.github.ultracartsso.session.event;

import io.github.ultracartsso.authentication.UltraCartUser;

import org.jspecify.annotations.Nullable;

/**
 * Published when a request of a signed-in user, or a login, comes from another address
 * than expected.
 *
 * @param user the user
 * @param expectedAddress the address of the login as the application or UltraCart saw it,
 * or {@code null} if it is not known
 * @param clientAddress the address of the request
 * @param refused {@code true} if the request or login was rejected, {@code false} if it
 * was only reported
 * @since 0.1
 */
public record SsoSessionAddressMismatchEvent(UltraCartUser user, @Nullable String expectedAddress, String clientAddress,
		boolean refused) {

}
