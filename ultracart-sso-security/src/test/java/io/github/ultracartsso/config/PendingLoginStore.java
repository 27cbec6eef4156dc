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

import java.time.Clock;

import io.github.ultracartsso.session.sealing.EncryptionKeys;
import io.github.ultracartsso.web.login.CookiePendingLoginRepository;
import io.github.ultracartsso.web.login.HttpSessionPendingLoginRepository;
import io.github.ultracartsso.web.login.PendingLoginRepository;

/**
 * Where an application keeps the logins that are under way.
 */
enum PendingLoginStore {

	/**
	 * In the HTTP session.
	 */
	SESSION {

		@Override
		PendingLoginRepository repository(EncryptionKeys keys, Clock clock) {
			return new HttpSessionPendingLoginRepository();
		}

	},

	/**
	 * In cookies.
	 */
	COOKIE {

		@Override
		PendingLoginRepository repository(EncryptionKeys keys, Clock clock) {
			CookiePendingLoginRepository repository = new CookiePendingLoginRepository(keys.sealer("pending-login"));
			repository.setClock(clock);
			return repository;
		}

	};

	abstract PendingLoginRepository repository(EncryptionKeys keys, Clock clock);

}
