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

package io.github.ultracartsso.test.simulator.http;

import java.nio.file.Path;

/**
 * A PKCS #12 file with the server's key and certificate. Not part of the API.
 *
 * @param file the file
 * @param password the password of the file and of the key
 */
public record ServerKeyStore(Path file, String password) {

	/**
	 * Returns the file only.
	 */
	@Override
	public String toString() {
		return "ServerKeyStore[" + this.file + "]";
	}

}
