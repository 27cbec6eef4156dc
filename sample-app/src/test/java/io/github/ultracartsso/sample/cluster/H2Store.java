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

package io.github.ultracartsso.sample.cluster;

import java.util.UUID;

import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An in-memory database.
 */
final class H2Store extends JdbcStore {

	H2Store(String... arguments) {
		super("h2", arguments);
	}

	@Override
	String start() {
		return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
	}

	/**
	 * Refuses sessions that do not exist yet.
	 */
	void refuseWrites() {
		jdbc().execute("ALTER TABLE SPRING_SESSION ADD CONSTRAINT REFUSED CHECK (1 = 0) NOCHECK");
	}

	void acceptWrites() {
		jdbc().execute("ALTER TABLE SPRING_SESSION DROP CONSTRAINT IF EXISTS REFUSED");
	}

	@Override
	public void afterAll(ExtensionContext context) {
		// the database ends with the process
	}

}
