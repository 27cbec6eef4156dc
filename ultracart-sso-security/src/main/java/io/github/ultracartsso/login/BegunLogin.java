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

package io.github.ultracartsso.login;

/**
 * Login for which UltraCart has returned a login URL. Not part of the API.
 *
 * @param loginUrl the URL to redirect the browser to
 * @param pendingLogin the login to store until the callback
 */
public record BegunLogin(String loginUrl, PendingLogin pendingLogin) {

	/**
	 * Omits the URL, because it contains the state.
	 */
	@Override
	public String toString() {
		return "BegunLogin[" + this.pendingLogin + "]";
	}

}
