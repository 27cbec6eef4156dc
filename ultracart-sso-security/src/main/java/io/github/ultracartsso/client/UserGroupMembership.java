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

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link User#listedGroups()}, which lists every group of the merchant,
 * whether or not the user is a member of it.
 *
 * @param groupOid UltraCart's id of the group
 * @param name the name the merchant gave the group
 * @param member {@code true} if the user is a member; {@code false} and {@code null} both
 * mean that the user is not
 * @since 0.1
 */
public record UserGroupMembership(@JsonProperty("group_oid") @Nullable Integer groupOid,
		@JsonProperty("name") @Nullable String name, @JsonProperty("member") @Nullable Boolean member) {

	/**
	 * Returns whether the user is a member of this group.
	 * @return {@code true} only if UltraCart says so explicitly
	 */
	public boolean granted() {
		return Boolean.TRUE.equals(this.member);
	}

}
