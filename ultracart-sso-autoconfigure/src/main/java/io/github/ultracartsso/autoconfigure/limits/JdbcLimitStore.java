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

package io.github.ultracartsso.autoconfigure.limits;

import java.util.HexFormat;
import java.util.List;

import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.session.sealing.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps what the instances of an application share in the table
 * {@code ULTRACART_SSO_LIMITS}, each text in a row of its own. A digest tells whether the
 * text has changed, because databases do not compare long texts.
 */
final class JdbcLimitStore implements LimitStore {

	private final JdbcClient jdbc;

	/**
	 * Commits by itself, whatever the application does on this thread.
	 */
	private final TransactionOperations transaction;

	JdbcLimitStore(JdbcClient jdbc, TransactionOperations transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	@Override
	public @Nullable String read(String name) {
		List<String> texts = this.transaction
			.execute((status) -> this.jdbc.sql("SELECT CONTENT FROM ULTRACART_SSO_LIMITS WHERE NAME = ?")
				.param(name)
				.query(String.class)
				.list());
		return (texts == null || texts.isEmpty()) ? null : texts.get(0);
	}

	@Override
	public boolean replace(String name, @Nullable String expected, String text) {
		try {
			return Boolean.TRUE.equals(this.transaction
				.execute((status) -> (expected != null) ? update(name, expected, text) : insert(name, text)));
		}
		catch (DuplicateKeyException | ConcurrencyFailureException ex) {
			return false;
		}
	}

	private boolean update(String name, String expected, String text) {
		return this.jdbc.sql("UPDATE ULTRACART_SSO_LIMITS SET CONTENT = ?, DIGEST = ? WHERE NAME = ? AND DIGEST = ?")
			.params(text, digest(text), name, digest(expected))
			.update() == 1;
	}

	private boolean insert(String name, String text) {
		return this.jdbc.sql("INSERT INTO ULTRACART_SSO_LIMITS (NAME, DIGEST, CONTENT) VALUES (?, ?, ?)")
			.params(name, digest(text), text)
			.update() == 1;
	}

	private static String digest(String text) {
		return HexFormat.of().formatHex(Sha256.digest(text));
	}

}
