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

import java.util.function.Supplier;

import io.github.ultracartsso.client.SimpleKey;
import org.jspecify.annotations.Nullable;

/**
 * Access to the key of an SSO session, which checks each time that the SSO session is not
 * over.
 *
 * @param ssoSession the SSO session
 * @param ssoSessions decides whether it is over
 */
record SsoSessionKey(SsoSession ssoSession, SsoSessions ssoSessions) implements Supplier<@Nullable SimpleKey> {

	@Override
	public @Nullable SimpleKey get() {
		return this.ssoSessions.isUsable(this.ssoSession) ? this.ssoSession.openKey() : null;
	}

}
