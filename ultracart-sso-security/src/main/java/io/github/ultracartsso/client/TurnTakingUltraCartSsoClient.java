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

/**
 * An {@link UltraCartSsoClient} that holds its calls to what UltraCart allows, and tells
 * revocations that somebody waits for from those that can wait. With any other client,
 * all are made alike.
 *
 * @since 0.1
 */
public interface TurnTakingUltraCartSsoClient extends UltraCartSsoClient {

	/**
	 * Ends an SSO session as {@link #revoke} does, but leaves precedence to other calls,
	 * because nobody waits for it, and makes one attempt, because the caller makes others
	 * later.
	 * @param simpleKey the key of the user, dead afterwards
	 * @throws UltraCartApiException if UltraCart does not confirm, or is not to be called
	 * now
	 */
	@Override
	void revokeInTurn(SimpleKey simpleKey);

}
