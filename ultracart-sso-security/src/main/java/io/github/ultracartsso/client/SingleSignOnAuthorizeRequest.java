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

/**
 * The request of {@code PUT /sso/authorize}.
 *
 * @param redirectUri the absolute URL UltraCart sends the browser back to
 * @param state the value UltraCart returns on that redirect
 * @since 0.1
 */
public record SingleSignOnAuthorizeRequest(@JsonProperty("redirect_uri") String redirectUri,
		@JsonProperty("state") String state) {

	@Override
	public String toString() {
		return "SingleSignOnAuthorizeRequest[redirectUri=" + this.redirectUri + ", state=******]";
	}

}
