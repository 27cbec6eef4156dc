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

import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import io.github.ultracartsso.client.traffic.LimitStore;
import io.github.ultracartsso.session.sealing.Sha256;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps what the instances of an application share in the table
 * {@code ULTRACART_SSO_LIMITS}, each text in a row of its own. A digest tells whether the
 * text has changed, because databases do not compare long texts.
 */
final class JdbcLimitStore implements LimitStore {

	/**
	 * The SQL states of serialization failures and of deadlocks, as in PostgreSQL and
	 * Oracle.
	 */
	private static final Set<String> ROLLED_BACK = Set.of("40001", "40P01", "61000");

	/**
	 * MySQL's driver reports it as a serialization failure.
	 */
	private static final int MYSQL_LOCK_WAIT_TIMEOUT = 1205;

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
		List<String> texts = execute(() -> this.jdbc.sql("SELECT CONTENT FROM ULTRACART_SSO_LIMITS WHERE NAME = ?")
			.param(name)
			.query(String.class)
			.list());
		return texts.isEmpty() ? null : texts.get(0);
	}

	@Override
	public boolean replace(String name, @Nullable String expected, String text) {
		try {
			return execute(() -> (expected != null) ? update(name, expected, text) : insert(name, text));
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
		catch (PessimisticLockingFailureException ex) {
			if (isRolledBackForAnother(ex)) {
				return false;
			}
			throw ex;
		}
	}

	/**
	 * Returns whether another transaction was faster, as distinct from one that does not
	 * end. Spring reports both with the same exception.
	 */
	private static boolean isRolledBackForAnother(PessimisticLockingFailureException ex) {
		return ex.getCause() instanceof SQLException cause && ROLLED_BACK.contains(String.valueOf(cause.getSQLState()))
				&& cause.getErrorCode() != MYSQL_LOCK_WAIT_TIMEOUT;
	}

	private <T> T execute(Supplier<T> statement) {
		try {
			return Objects.requireNonNull(this.transaction.execute((status) -> statement.get()));
		}
		catch (BadSqlGrammarException ex) {
			throw new IllegalStateException(
					"The table ULTRACART_SSO_LIMITS cannot be used. Create it with the script for"
							+ " the database, such as classpath:io/github/ultracartsso/autoconfigure/limits/schema-postgresql.sql,"
							+ " and permit the application to read and write it",
					ex);
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
