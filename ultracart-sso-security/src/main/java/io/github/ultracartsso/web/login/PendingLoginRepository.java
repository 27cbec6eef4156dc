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

package io.github.ultracartsso.web.login;

import io.github.ultracartsso.login.PendingLogin;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Stores logins between their start and their callback, bound to the browser that started
 * them. Several can be pending at once, one for each tab.
 *
 * @since 0.1
 * @see CookiePendingLoginRepository
 */
public interface PendingLoginRepository {

	/**
	 * Stores a login.
	 * @param pendingLogin the login
	 * @param request the request that starts it
	 * @param response the response to that request
	 */
	void savePendingLogin(PendingLogin pendingLogin, HttpServletRequest request, HttpServletResponse response);

	/**
	 * Removes a login, so that no other request can get it. States are compared in
	 * constant time. No session is created.
	 * @param state the state of the callback
	 * @param request the callback
	 * @param response the response to the callback
	 * @return the login, even if it has expired, or {@code null} if this browser has no
	 * pending login with that state
	 */
	@Nullable PendingLogin removePendingLogin(String state, HttpServletRequest request, HttpServletResponse response);

}
