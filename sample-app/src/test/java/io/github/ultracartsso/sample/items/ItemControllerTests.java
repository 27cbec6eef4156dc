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

import io.github.ultracartsso.sample.BackofficeTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

import static io.github.ultracartsso.sample.TestUsers.userWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

@BackofficeTest
class ItemControllerTests {

	@Autowired
	private MockMvcTester mvc;

	private static final RequestPostProcessor VIEWER = userWith("View Items");

	private static final RequestPostProcessor EDITOR = userWith("View Items", "Edit Items");

	@Autowired
	private ItemRepository items;

	@Test
	void listWhenViewItemsThenShowsThemWithoutEdit() {
		assertThat(this.mvc.get().uri("/items").with(VIEWER)).hasStatusOk()
			.bodyText()
			.contains("href=\"/items/102\">Gooseneck kettle, 0.9 l</a>", "$69.00")
			.doesNotContain("/edit");
	}

	@Test
	void listWhenEditItemsThenOffersEdit() {
		assertThat(this.mvc.get().uri("/items").with(EDITOR)).hasStatusOk()
			.bodyText()
			.contains("href=\"/items/102/edit\"");
	}

	@Test
	void listWhenNotViewItemsThenForbidden() {
		assertThat(this.mvc.get().uri("/items").with(userWith("Edit Users"))).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("\"missing\":[\"View Items\"]")
			.doesNotContain("Gooseneck");
	}

	@Test
	void detailWhenViewItemsThenShowsItWithoutEdit() {
		assertThat(this.mvc.get().uri("/items/105").with(VIEWER)).hasStatusOk()
			.bodyText()
			.contains("<h1 id=\"item-name\">Brewing scale, 0.1 g</h1>", "sold out", "SCALE-01G")
			.doesNotContain("/edit");
	}

	@Test
	void detailWhenEditItemsThenOffersEdit() {
		assertThat(this.mvc.get().uri("/items/105").with(EDITOR)).bodyText().contains("href=\"/items/105/edit\"");
	}

	@Test
	void detailWhenUnknownThenNotFound() {
		assertThat(this.mvc.get().uri("/items/999").with(VIEWER)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void detailWhenNotANumberThenBadRequest() {
		assertThat(this.mvc.get().uri("/items/mug").with(VIEWER)).hasStatus(HttpStatus.BAD_REQUEST);
	}

	@Test
	void detailWhenUnknownAndNotViewItemsThenForbidden() {
		assertThat(this.mvc.get().uri("/items/999").with(userWith())).hasStatus(HttpStatus.FORBIDDEN);
	}

	@Test
	void editWhenEditItemsThenFormHoldsItem() {
		assertThat(this.mvc.get().uri("/items/102/edit").with(EDITOR)).hasStatusOk()
			.bodyText()
			.contains("value=\"Gooseneck kettle, 0.9 l\"", "value=\"69.00\"", "value=\"18\"", "name=\"_csrf\"")
			.doesNotContain("class=\"error\"", "id=\"form-errors\"");
	}

	@Test
	void editWhenViewItemsOnlyThenForbidden() {
		assertThat(this.mvc.get().uri("/items/102/edit").with(VIEWER)).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("\"missing\":[\"Edit Items\"]");
	}

	@Test
	void editWhenUnknownThenNotFound() {
		assertThat(this.mvc.get().uri("/items/999/edit").with(EDITOR)).hasStatus(HttpStatus.NOT_FOUND);
	}

	@Test
	void saveWhenValidThenChangesItemAndRedirects() {
		assertThat(post(101, "Enamel mug, <b>blue</b>", "15.5", "7").with(EDITOR).with(csrf()))
			.hasStatus3xxRedirection()
			.hasRedirectedUrl("/items/101")
			.flash()
			.containsEntry("message", "Saved “Enamel mug, <b>blue</b>”.");
		assertThat(this.items.find(101)).hasValueSatisfying((item) -> {
			assertThat(item.name()).isEqualTo("Enamel mug, <b>blue</b>");
			assertThat(item.price()).isEqualTo("15.50");
			assertThat(item.stock()).isEqualTo(7);
			assertThat(item.sku()).isEqualTo("MUG-ENAMEL-W");
		});
		assertThat(
				this.mvc.get().uri("/items/101").with(EDITOR).flashAttr("message", "Saved “Enamel mug, <b>blue</b>”."))
			.bodyText()
			.contains("role=\"status\">Saved “Enamel mug, &lt;b&gt;blue&lt;/b&gt;”.")
			.doesNotContain("<b>");
	}

	@ParameterizedTest
	@CsvSource({ "name, ' ', 10.00, 1, Enter a name.", "price, Kettle, '', 1, Enter a price.",
			"price, Kettle, cheap, 1, 'Enter a price in dollars, such as 12.50.'",
			"price, Kettle, 0, 1, Enter at least 0.01.",
			"price, Kettle, 1.005, 1, 'Use at most two decimals, and less than a million.'",
			"stock, Kettle, 10.00, '', Enter how many there are.", "stock, Kettle, 10.00, few, Enter a whole number.",
			"stock, Kettle, 10.00, -1, Enter 0 or more.", "stock, Kettle, 10.00, 100001, Enter at most 100000." })
	void saveWhenInvalidThenSaysSoAndChangesNothing(String field, String name, String price, String stock,
			String message) {
		assertThat(post(102, name, price, stock).with(EDITOR).with(csrf())).hasStatusOk()
			.bodyText()
			.contains("<p id=\"" + field + "-error\" class=\"error\">" + message + "</p>", "id=\"form-errors\"",
					"value=\"" + name + "\"", "value=\"" + price + "\"", "value=\"" + stock + "\"")
			.containsPattern("aria-invalid=\"true\"[^>]*name=\"" + field + "\"")
			.containsOnlyOnce("class=\"error\"");
		assertThat(this.items.find(102)).map(Item::name).hasValue("Gooseneck kettle, 0.9 l");
	}

	@Test
	void saveWhenNameTooLongThenSaysSo() {
		assertThat(post(102, "k".repeat(81), "10", "1").with(EDITOR).with(csrf())).hasStatusOk()
			.bodyText()
			.contains("Use at most 80 characters.");
	}

	@Test
	void saveWhenSkuOrIdSentThenIgnored() {
		assertThat(post(108, "Towels", "12", "85").param("sku", "OTHER").with(EDITOR).with(csrf()))
			.hasStatus3xxRedirection();
		assertThat(this.items.find(108)).map(Item::sku).hasValue("TOWEL-BAR-3");
	}

	@Test
	void saveWhenViewItemsOnlyThenForbiddenAndChangesNothing() {
		assertThat(post(103, "Mine", "1", "1").with(VIEWER).with(csrf())).hasStatus(HttpStatus.FORBIDDEN)
			.bodyText()
			.contains("\"missing\":[\"Edit Items\"]");
		assertThat(this.items.find(103)).map(Item::name).hasValue("Hand grinder with steel burrs");
	}

	@Test
	void saveWhenNoCsrfTokenThenForbiddenAndChangesNothing() {
		assertThat(post(103, "Mine", "1", "1").with(EDITOR)).hasStatus(HttpStatus.FORBIDDEN);
		assertThat(this.items.find(103)).map(Item::name).hasValue("Hand grinder with steel burrs");
	}

	@Test
	void saveWhenUnknownThenNotFound() {
		assertThat(post(999, "Mine", "1", "1").with(EDITOR).with(csrf())).hasStatus(HttpStatus.NOT_FOUND);
	}

	private MockMvcTester.MockMvcRequestBuilder post(long id, String name, String price, String stock) {
		return this.mvc.post().uri("/items/{id}", id).param("name", name).param("price", price).param("stock", stock);
	}

}
