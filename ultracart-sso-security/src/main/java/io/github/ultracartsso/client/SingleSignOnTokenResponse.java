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

package io.github.ultracartsso.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The response of {@code PUT /sso/token}. UltraCart's specification marks every member as
 * optional; clients return this record only with a {@code simpleKey}.
 *
 * @param simpleKey the user's key
 * @param expirationDts when the key stops being valid, in UltraCart's date format (see
 * {@link UltraCartDates}), or {@code null} if UltraCart does not say
 * @param ipAddress the address of the user, which UltraCart recommends to lock the key's
 * use to, or {@code null} if UltraCart does not say
 * @since 0.1
 */
public record SingleSignOnTokenResponse(@JsonProperty("simple_key") SimpleKey simpleKey,
		@JsonProperty("expiration_dts") @Nullable String expirationDts,
		@JsonProperty("ip_address") @Nullable String ipAddress) {

}
