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

package io.github.ultracartsso.client.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link UltraCartJsonMapperCustomizer} with records as a newcomer writes them.
 */
class UltraCartJsonMapperCustomizerTests {

	private static final String ORDERS = """
			{"orders": [{"order_id": "DEMO-0009104390", "creation_dts": "2026-11-28T09:14:00-05:00",
			  "currency_code": "USD", "item_count": null, "refunded": null, "brand_new": {"a": 1}}],
			 "metadata": {}, "success": true}
			""";

	private final JsonMapper mapper = customized(JsonMapper.builder());

	@Test
	void readThenPlainRecordsNeedNoAnnotation() {
		assertThat(this.mapper.readValue(ORDERS, Orders.class).orders())
			.containsExactly(new Order("DEMO-0009104390", Instant.parse("2026-11-28T14:14:00Z"), "USD", 0, false));
	}

	@Test
	void readWhenApplicationsMapperIsStrictAndCamelCaseThenTheSame() {
		JsonMapper strict = customized(JsonMapper.builder()
			.propertyNamingStrategy(PropertyNamingStrategies.LOWER_CAMEL_CASE)
			.enable(MapperFeature.ALLOW_EXPLICIT_PROPERTY_RENAMING)
			.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.UNWRAP_ROOT_VALUE,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES));
		assertThat(strict.readValue(ORDERS, Orders.class)).isEqualTo(this.mapper.readValue(ORDERS, Orders.class));
		assertThat(strict.writeValueAsString(new Refund(Instant.parse("2026-11-28T14:14:00Z"))))
			.isEqualTo("{\"refund_dts\":\"2026-11-28T09:14:00-05:00\"}");
	}

	@Test
	void readWhenRecordNamesItsMembersThenThese() {
		assertThat(this.mapper.readValue("{\"permission_Name\": \"View Items\"}", Permission.class))
			.isEqualTo(new Permission("View Items"));
		assertThat(this.mapper.readValue("{\"permission_name\": \"View Items\"}", Permission.class))
			.isEqualTo(new Permission("View Items"));
		assertThat(this.mapper.writeValueAsString(new Permission("View Items")))
			.isEqualTo("{\"permission_Name\":\"View Items\"}");
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-28T09:14:00-05:00, 2026-11-28T09:14:00-05:00",
			"2026-07-28T09:14:00.312-0400, 2026-07-28T09:14:00.312-04:00",
			"2026-07-28T09:14:00, 2026-07-28T09:14:00-04:00", "2026-07-28, 2026-07-28T00:00:00-04:00",
			"2026-11-28T14:14:00Z, 2026-11-28T14:14:00Z" })
	void readWhenDateThenAsUltraCartMeansIt(String text, OffsetDateTime date) {
		String json = "{\"refund_dts\": \"" + text + "\"}";
		assertThat(this.mapper.readValue(json, RefundWithOffset.class)).isEqualTo(new RefundWithOffset(date));
		assertThat(this.mapper.readValue(json, Refund.class)).isEqualTo(new Refund(date.toInstant()));
	}

	/**
	 * The day is that of UltraCart's text, not that of the JVM's time zone.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "2026-11-28T00:00:00-05:00", "2026-11-28T23:59:59-05:00", "2026-11-28T09:14:00.312-0500",
			"2026-11-28T00:00:00", "2026-11-28" })
	void readWhenDayThenThatOfUltraCart(String text) {
		Shipment shipment = this.mapper.readValue("{\"ship_on_date\": \"" + text + "\"}", Shipment.class);
		assertThat(shipment).isEqualTo(new Shipment(LocalDate.of(2026, 11, 28)));
	}

	/**
	 * A coupon that expires at the end of a day would expire at its start.
	 */
	@Test
	void writeWhenDayThenFailsBecauseTheTimeOfDayIsLost() {
		Shipment shipment = this.mapper.readValue("{\"ship_on_date\": \"2026-12-31T23:59:59-05:00\"}", Shipment.class);
		assertThatExceptionOfType(DatabindException.class).isThrownBy(() -> this.mapper.writeValueAsString(shipment))
			.withMessageStartingWith("A LocalDate has no time of day, so UltraCart's would be lost."
					+ " Read and write an OffsetDateTime or Instant")
			.withMessageContaining("ship_on_date");
		assertThat(this.mapper.writeValueAsString(new Shipment(null))).isEqualTo("{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"", "\" \"" })
	void readWhenNoDateThenNull(String json) {
		assertThat(this.mapper.readValue("{\"refund_dts\": " + json + "}", Refund.class).refundDts()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"yesterday\"", "\"2026-02-30\"", "{}", "[]", "true" })
	void readWhenDateIsUnreadableThenFails(String json) {
		assertThatExceptionOfType(InvalidFormatException.class)
			.isThrownBy(() -> this.mapper.readValue("{\"refund_dts\": " + json + "}", Refund.class))
			.withMessageContaining("not a date of UltraCart's");
	}

	@ParameterizedTest
	@CsvSource({ "2026-11-28T14:14:00Z, 2026-11-28T09:14:00-05:00",
			"2026-07-28T13:14:00.310Z, 2026-07-28T09:14:00.310-04:00",
			"2026-11-28T14:14:00.000001Z, 2026-11-28T09:14:00-05:00" })
	void writeThenInSnakeCaseWithDatesAsUltraCartWritesThem(Instant date, String text) {
		assertThat(this.mapper.writeValueAsString(new Refund(date))).isEqualTo("{\"refund_dts\":\"" + text + "\"}");
	}

	@Test
	void writeWhenDateHasAnOffsetThenThatOffset() {
		assertThat(this.mapper.writeValueAsString(new RefundWithOffset(OffsetDateTime.parse("2026-11-28T14:14:00Z"))))
			.isEqualTo("{\"refund_dts\":\"2026-11-28T14:14:00+00:00\"}");
	}

	@Test
	void writeWhenMemberWasNeverReadThenLeftOut() {
		Item item = this.mapper.readValue("{\"merchant_item_id\": \"TEA\"}", Item.class);
		assertThat(this.mapper.writeValueAsString(item)).isEqualTo("{\"merchant_item_id\":\"TEA\"}");
	}

	@Test
	void writeWhenApplicationsMapperWritesAllThenUnreadMembersAreLeftOutAllTheSame() {
		JsonMapper all = customized(JsonMapper.builder()
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS)));
		assertThat(all.writeValueAsString(new Item("TEA", null, null, Optional.empty())))
			.isEqualTo("{\"merchant_item_id\":\"TEA\"}");
	}

	@Test
	void writeWhenMemberSaysThatItIsAlwaysWrittenThenNull() {
		assertThat(this.mapper.writeValueAsString(new Note(null))).isEqualTo("{\"business_notes\":null}");
	}

	private static JsonMapper customized(JsonMapper.Builder builder) {
		new UltraCartJsonMapperCustomizer().accept(builder);
		return builder.build();
	}

	record Orders(List<Order> orders, boolean success) {

	}

	record Order(String orderId, Instant creationDts, String currencyCode, int itemCount, boolean refunded) {

	}

	record Item(String merchantItemId, @Nullable Pricing pricing, @Nullable Integer weight, Optional<String> barcode) {

		record Pricing(@Nullable BigDecimal cost) {

		}

	}

	record Note(@JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String businessNotes) {

	}

	record Refund(@Nullable Instant refundDts) {

	}

	record Shipment(@Nullable LocalDate shipOnDate) {

	}

	record RefundWithOffset(@Nullable OffsetDateTime refundDts) {

	}

	record Permission(@JsonProperty("permission_Name") @JsonAlias("permission_name") String permissionName) {

	}

}
