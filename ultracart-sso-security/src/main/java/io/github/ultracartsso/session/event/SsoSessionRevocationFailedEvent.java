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

import org.jspecify.annotations.Nullable;

/**
 * Published when an SSO session could not be revoked at UltraCart and no further attempt
 * is made.
 *
 * @param userId UltraCart's id of the user, or {@code null} if it is not known
 * @param expiresAt when its key expires by itself
 * @param requestId UltraCart's id of the last attempt, or {@code null} if there is none
 * @since 0.1
 */
public record SsoSessionRevocationFailedEvent(@Nullable Integer userId, Instant expiresAt, @Nullable String requestId) {

}
