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

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link User#listedPermissions()}, which lists every permission that
 * exists, granted or not.
 *
 * @param permissionGroup the section of UltraCart's user interface that shows the
 * permission
 * @param permissionName the name of the permission. UltraCart spells this member
 * {@code permission_Name} in its specification and all of its SDKs;
 * {@code permission_name} is accepted too
 * @param selected {@code true} if the user has this permission; {@code false} and
 * {@code null} both mean that it is not granted
 * @since 0.1
 */
public record Permission(@JsonProperty("permission_group") @Nullable String permissionGroup,
		@JsonProperty("permission_Name") @JsonAlias("permission_name") @Nullable String permissionName,
		@JsonProperty("selected") @Nullable Boolean selected) {

	/**
	 * Returns whether the user has this permission.
	 * @return {@code true} only if UltraCart says so explicitly
	 */
	public boolean granted() {
		return Boolean.TRUE.equals(this.selected);
	}

}
