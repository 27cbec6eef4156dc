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

package io.github.ultracartsso.sample.shipping;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A parcel.
 *
 * @param number the number on its label
 * @param recipient the name of the recipient
 * @param destination where it is sent to
 * @param pieces the number of items in it
 * @param shippedAt when it was shipped, {@code null} if it was not
 */
record Parcel(String number, String recipient, String destination, int pieces, @Nullable Instant shippedAt) {

	Parcel shipped(Instant when) {
		return new Parcel(this.number, this.recipient, this.destination, this.pieces,
				(this.shippedAt != null) ? this.shippedAt : when);
	}

}
