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

package io.github.ultracartsso.autoconfigure.session;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;

/**
 * A file that keeps an encryption key across restarts, readable only to the user that
 * runs the application.
 */
final class EncryptionKeyFile {

	private static final int KEY_BYTES = 32;

	private static final Set<PosixFilePermission> OWNER_ONLY = EnumSet.of(PosixFilePermission.OWNER_READ,
			PosixFilePermission.OWNER_WRITE);

	private final Path file;

	EncryptionKeyFile(Path file) {
		this.file = file;
	}

	/**
	 * Returns the key in the file, which is created with a random key if it is missing.
	 * @return the key
	 * @throws IOException if the file cannot be created, or does not hold a key that only
	 * its owner can read
	 */
	byte[] readOrCreate() throws IOException {
		if (!Files.exists(this.file, LinkOption.NOFOLLOW_LINKS)) {
			create();
		}
		if (!Files.isRegularFile(this.file, LinkOption.NOFOLLOW_LINKS) || Files.size(this.file) != KEY_BYTES) {
			throw new IOException(this.file + " is not a key of " + KEY_BYTES + " bytes; delete it");
		}
		if (isPosix() && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(this.file))) {
			throw new IOException(this.file + " can be read by others than its owner; delete it");
		}
		return Files.readAllBytes(this.file);
	}

	/**
	 * Creates the file together with its contents, so that another process never sees it
	 * without.
	 */
	private void create() throws IOException {
		byte[] key = new byte[KEY_BYTES];
		new SecureRandom().nextBytes(key);
		FileAttribute<?>[] attributes = isPosix()
				? new FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(OWNER_ONLY) } : new FileAttribute<?>[0];
		Path complete = Files.createTempFile(this.file.toAbsolutePath().getParent(), "ultracart-sso", ".tmp",
				attributes);
		try {
			Files.write(complete, key);
			link(complete);
		}
		catch (FileAlreadyExistsException ex) {
			// another process was faster, and its key is used
		}
		finally {
			Files.deleteIfExists(complete);
		}
	}

	private void link(Path complete) throws IOException {
		try {
			Files.createLink(this.file, complete);
		}
		catch (UnsupportedOperationException ex) {
			Files.move(complete, this.file);
		}
	}

	private boolean isPosix() {
		return this.file.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	/**
	 * Returns the path.
	 */
	@Override
	public String toString() {
		return this.file.toString();
	}

}
