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

package io.github.ultracartsso.sample.items;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.UnaryOperator;

import org.springframework.stereotype.Component;

/**
 * The items, in memory.
 */
@Component
final class ItemRepository {

	private final ConcurrentNavigableMap<Long, Item> items = new ConcurrentSkipListMap<>();

	ItemRepository() {
		add(101, "MUG-ENAMEL-W", "Enamel mug, white", "14.50", 120);
		add(102, "KETTLE-GN-09", "Gooseneck kettle, 0.9 l", "69.00", 18);
		add(103, "GRINDER-HND", "Hand grinder with steel burrs", "89.95", 7);
		add(104, "FILTER-V2-100", "Paper filters, size 2, box of 100", "6.25", 540);
		add(105, "SCALE-01G", "Brewing scale, 0.1 g", "39.00", 0);
		add(106, "BEANS-ETH-1KG", "Ethiopia Guji, whole beans, 1 kg", "31.80", 64);
		add(107, "PRESS-FR-08", "French press, 0.8 l", "34.90", 23);
		add(108, "TOWEL-BAR-3", "Barista towels, pack of 3", "12.00", 85);
	}

	private void add(long id, String sku, String name, String price, int stock) {
		this.items.put(id, new Item(id, sku, name, new BigDecimal(price), stock));
	}

	List<Item> findAll() {
		return List.copyOf(this.items.values());
	}

	Optional<Item> find(long id) {
		return Optional.ofNullable(this.items.get(id));
	}

	/**
	 * Changes an item in one step.
	 * @param id the item
	 * @param change computes the changed item
	 * @return the changed item, empty if there is no item with the id
	 */
	Optional<Item> change(long id, UnaryOperator<Item> change) {
		return Optional.ofNullable(this.items.computeIfPresent(id, (key, item) -> change.apply(item)));
	}

}
