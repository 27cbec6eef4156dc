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

package io.github.ultracartsso.session;

/**
 * Decides which instance of the application revokes an SSO session. Session stores may
 * report the end of a session to every instance. An implementation that the instances
 * share lets only one of them make the call.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface RevocationClaims {

	/**
	 * Claims a revocation.
	 * @param ssoSessionId the id of the SSO session, which is no secret
	 * @return {@code true} for the first caller, {@code false} for all others
	 */
	boolean claim(String ssoSessionId);

}
