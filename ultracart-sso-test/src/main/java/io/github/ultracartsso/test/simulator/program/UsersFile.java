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

package io.github.ultracartsso.test.simulator.program;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.ultracartsso.test.simulator.SimulatedUser;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the file with the users. It is a list of {@linkplain SimulatedUser#read users},
 * or an object with a list {@code merchants}, each with an {@code id}, an
 * {@code applicationKey} and {@code users}.
 */
final class UsersFile {

	private final Path file;

	UsersFile(Path file) {
		this.file = file;
	}

	/**
	 * Reads the merchants; a list of users is one merchant without an id and a key.
	 * @throws UsageException if the file cannot be read
	 */
	List<Merchant> read() {
		JsonNode root = parse();
		JsonNode merchants = root.path("merchants");
		if (!merchants.isArray()) {
			return List.of(new Merchant(null, null, users(root.isArray() ? root : root.path("users"))));
		}
		List<Merchant> read = new ArrayList<>();
		merchants.forEach((merchant) -> read.add(new Merchant(merchant.path("id").stringValue(null),
				merchant.path("applicationKey").stringValue(null), users(merchant.path("users")))));
		if (read.isEmpty()) {
			throw mistake("lists no merchant");
		}
		return read;
	}

	private JsonNode parse() {
		try {
			return JsonMapper.shared().readTree(Files.readString(this.file));
		}
		catch (IOException ex) {
			throw new UsageException("The file " + this.file + " of --users cannot be read");
		}
		catch (JacksonException ex) {
			throw mistake("is no JSON: " + ex.getOriginalMessage());
		}
	}

	private List<SimulatedUser> users(JsonNode users) {
		if (!users.isArray()) {
			throw mistake("must be a list of users, or have a list \"users\" or \"merchants\"");
		}
		try {
			return SimulatedUser.read(new ByteArrayInputStream(users.toString().getBytes(StandardCharsets.UTF_8)));
		}
		catch (IllegalArgumentException ex) {
			throw mistake("is mistaken: " + ex.getMessage());
		}
	}

	private UsageException mistake(String mistake) {
		return new UsageException("The file " + this.file + " of --users " + mistake);
	}

	/**
	 * A merchant of the file.
	 *
	 * @param id the merchant id, {@code null} for the default
	 * @param applicationKey the application's simple key, {@code null} for the default
	 * @param users the users
	 */
	record Merchant(@Nullable String id, @Nullable String applicationKey, List<SimulatedUser> users) {

		/**
		 * Returns the id only, because the key is a secret.
		 */
		@Override
		public String toString() {
			return "Merchant[" + this.id + "]";
		}

	}

}
