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

import java.time.Instant;

import io.github.ultracartsso.authentication.UltraCartLoginException;
import io.github.ultracartsso.authentication.UltraCartUser;

/**
 * Published when a signed-in user could not be read again for a reason that may pass. The
 * user keeps their permissions.
 *
 * @param user the user as last read
 * @param failure why the user could not be read
 * @param retryAt the time before which no request of the user tries again
 * @since 0.1
 */
public record UltraCartUserRefreshFailedEvent(UltraCartUser user, UltraCartLoginException failure, Instant retryAt) {

}
