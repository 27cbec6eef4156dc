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

package io.github.ultracartsso.jackson;

import java.util.Collection;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.ultracartsso.authentication.UltraCartUser;
import tools.jackson.databind.annotation.JsonDeserialize;

import org.springframework.security.core.GrantedAuthority;

/**
 * Mixin for {@link UltraCartUser}, which is read through its builder.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
@JsonAutoDetect(fieldVisibility = Visibility.ANY, getterVisibility = Visibility.NONE,
		isGetterVisibility = Visibility.NONE)
@SuppressWarnings("NullAway.Init")
@JsonDeserialize(builder = UltraCartUser.Builder.class)
abstract class UltraCartUserMixin {

	@JsonIgnore
	GrantedAuthority[] authorities;

	/**
	 * As the list that Spring Security's own tokens are stored with, whose type may be
	 * read.
	 */
	@JsonProperty
	abstract Collection<? extends GrantedAuthority> getAuthorities();

}
