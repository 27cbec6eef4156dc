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
package io.github.ultracartsso.autoconfigure.permissions;

/**
 * Name that the configuration or code of the application requires users to have.
 *
 * @param kind what the name is one of
 * @param name the name: of a permission or group, or of an authority with its prefix
 * @param written how the name is written, for a message
 * @param place where it is written, for a message
 * @param negated whether users must not have it
 */
record RequiredName(Kind kind, String name, String written, String place, boolean negated) {

	RequiredName(Kind kind, String name, String written, String place) {
		this(kind, name, written, place, false);
	}

	/**
	 * Returns what tells names apart that need one warning each.
	 */
	String key() {
		return (this.negated ? "!" : "") + this.kind + ":" + this.name;
	}

	enum Kind {

		/**
		 * A permission, spelled exactly as in UltraCart.
		 */
		PERMISSION,

		/**
		 * A group, spelled exactly as in UltraCart.
		 */
		GROUP,

		/**
		 * A permission that grants a role, in either spelling.
		 */
		GRANTING_PERMISSION,

		/**
		 * A group that grants a role, in either spelling.
		 */
		GRANTING_GROUP,

		AUTHORITY

	}

}
