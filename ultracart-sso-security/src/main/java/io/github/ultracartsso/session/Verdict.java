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

import io.github.ultracartsso.session.event.SsoSessionEndedEvent.Reason;

/**
 * Decision about the SSO session of a request. Not part of the API.
 *
 * @see SsoSessions#judge
 */
public sealed interface Verdict {

	/**
	 * The session goes on.
	 *
	 * @param refreshDue whether the user is to be read again
	 */
	record GoesOn(boolean refreshDue) implements Verdict {

	}

	/**
	 * The session is over.
	 *
	 * @param reason why
	 */
	record Over(Reason reason) implements Verdict {

	}

	/**
	 * The request comes from an address that must not use the session. The session stays
	 * as it is.
	 */
	record Foreign() implements Verdict {

	}

}
