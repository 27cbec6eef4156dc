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

package io.github.ultracartsso.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Paths of a filter chain that are part of the login, relative to the context path.
 *
 * @param start where a login starts
 * @param callbacks where UltraCart sends the browser back to
 * @param loginPage the sign-in page
 */
record LoginUrlPaths(String start, List<String> callbacks, String loginPage) {

	List<String> all() {
		List<String> all = new ArrayList<>(this.callbacks);
		all.add(this.start);
		all.add(this.loginPage);
		return all;
	}

}
