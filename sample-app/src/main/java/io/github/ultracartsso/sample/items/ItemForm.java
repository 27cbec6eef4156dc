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

import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The form to edit an item, with the input as text. The messages are in
 * {@code messages.properties}.
 *
 * @param name the name
 * @param price the price in dollars
 * @param stock the number of pieces in stock
 */
@SuppressWarnings("MultipleNullnessAnnotations") // null as typed, not null once valid
record ItemForm(@NotBlank @Size(max = 80) @Nullable String name,
		@NotNull @DecimalMin("0.01") @Digits(integer = 6, fraction = 2) @Nullable BigDecimal price,
		@NotNull @Min(0) @Max(100_000) @Nullable Integer stock) {

	static ItemForm of(Item item) {
		return new ItemForm(item.name(), item.price(), item.stock());
	}

	/**
	 * Changes the item. The form must be valid.
	 */
	Item applyTo(Item item) {
		Assert.state(this.name != null && this.price != null && this.stock != null, "The form is not valid");
		return new Item(item.id(), item.sku(), this.name.strip(), this.price.setScale(2), this.stock);
	}

}
