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
package io.github.ultracartsso.authentication;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;

/**
 * The permissions that UltraCart documents, as a hint before a user has signed in. The
 * list is not complete, because UltraCart adds permissions: a name that is missing here
 * may exist. What UltraCart really lists is in the {@link PermissionCatalogue}. Not part
 * of the API.
 *
 * @since 0.1
 */
public final class KnownPermissions {

	private static final String RESOURCE = "permissions.txt";

	private final List<KnownPermission> permissions;

	private final Set<String> names;

	private final SimilarNames similarNames;

	private KnownPermissions(List<KnownPermission> permissions) {
		this.permissions = permissions;
		this.names = permissions.stream().map(KnownPermission::name).collect(Collectors.toUnmodifiableSet());
		this.similarNames = new SimilarNames(this.names);
	}

	/**
	 * Loads the list of this library.
	 * @return the permissions
	 */
	public static KnownPermissions load() {
		try {
			String text = new ClassPathResource(RESOURCE, KnownPermissions.class)
				.getContentAsString(StandardCharsets.UTF_8);
			return new KnownPermissions(text.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.map(KnownPermission::parse)
				.toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the permissions in the order of UltraCart's user screen.
	 * @return the permissions
	 */
	public List<KnownPermission> all() {
		return this.permissions;
	}

	Set<String> names() {
		return this.names;
	}

	/**
	 * Returns whether UltraCart documents a permission.
	 * @param name the name, spelled as in UltraCart
	 * @return {@code false} if it is not documented, though it may exist
	 */
	public boolean contains(String name) {
		return this.names.contains(name.strip());
	}

	/**
	 * Returns the permission that was probably meant by a name.
	 * @param name a name that is not documented
	 * @return the name of a documented permission, or {@code null} if none is similar
	 */
	public @Nullable String nearest(String name) {
		return this.similarNames.nearest(name);
	}

	/**
	 * Permission that UltraCart documents.
	 *
	 * @param section the section of UltraCart's user screen
	 * @param name the name, spelled as in UltraCart
	 * @param confirmed whether the documentation has it today, not only in an older
	 * version
	 */
	public record KnownPermission(String section, String name, boolean confirmed) {

		private static KnownPermission parse(String line) {
			String[] fields = line.split("\\|", -1);
			return new KnownPermission(fields[0].strip(), fields[1].strip(), fields[2].strip().equals("confirmed"));
		}

	}

}
