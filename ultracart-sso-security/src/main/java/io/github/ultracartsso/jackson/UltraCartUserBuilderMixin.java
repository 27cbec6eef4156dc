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

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ultracartsso.authentication.UltraCartUser;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.annotation.JsonPOJOBuilder;

/**
 * Mixin for {@link UltraCartUser.Builder}.
 */
@JsonPOJOBuilder(withPrefix = "")
@JsonIgnoreProperties(ignoreUnknown = true)
abstract class UltraCartUserBuilderMixin {

	@JsonCreator
	UltraCartUserBuilderMixin(@JsonProperty(value = "userId", required = true) int userId,
			@JsonProperty("login") String login) {
	}

	@JsonDeserialize(using = NamesDeserializer.class)
	abstract UltraCartUser.Builder permissions(Collection<String> permissions);

	@JsonDeserialize(using = NamesDeserializer.class)
	abstract UltraCartUser.Builder groups(Collection<String> groups);

}
