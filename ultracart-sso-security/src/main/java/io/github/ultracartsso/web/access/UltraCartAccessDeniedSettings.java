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

package io.github.ultracartsso.web.access;

/**
 * Settings of the response to signed-in users who are denied access.
 *
 * @param explain whether users are told what they lack. Otherwise it is only logged, and
 * they get Spring Security's own 403
 * @param errorPages whether a navigation is left to the error page that the application
 * or its web framework has for the status 403. It finds what the user lacks in the
 * request attribute {@value AccessDeniedExplanation#ATTRIBUTE}
 * @since 0.1
 */
public record UltraCartAccessDeniedSettings(boolean explain, boolean errorPages) {

	/**
	 * Users are told what they lack, on the built-in page.
	 */
	public static final UltraCartAccessDeniedSettings DEFAULTS = new UltraCartAccessDeniedSettings(true, false);

}
