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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The parcels, in memory.
 */
@Component
final class ParcelRepository {

	private final ConcurrentNavigableMap<String, Parcel> parcels = new ConcurrentSkipListMap<>();

	ParcelRepository() {
		add("P-20417", "Hannah Weiss", "Portland, OR", 2, Instant.parse("2026-03-02T15:40:00Z"));
		add("P-20418", "Oluwaseun Adeyemi", "Atlanta, GA", 1, null);
		add("P-20419", "Marta Kowalczyk", "Chicago, IL", 5, null);
		add("P-20420", "Café Lumière", "Montréal, QC", 12, null);
		add("P-20421", "James O’Neill", "Boston, MA", 1, null);
	}

	private void add(String number, String recipient, String destination, int pieces, @Nullable Instant shippedAt) {
		this.parcels.put(number, new Parcel(number, recipient, destination, pieces, shippedAt));
	}

	List<Parcel> findAll() {
		return List.copyOf(this.parcels.values());
	}

	/**
	 * Marks a parcel as shipped. A parcel that was shipped before keeps its time.
	 * @param number the number on its label
	 * @param when when it is shipped
	 * @return the parcel, empty if there is none with the number
	 */
	Optional<Parcel> ship(String number, Instant when) {
		return Optional.ofNullable(this.parcels.computeIfPresent(number, (key, parcel) -> parcel.shipped(when)));
	}

}
