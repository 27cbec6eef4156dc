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

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.ultracartsso.client.UltraCartDates;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * Customizes a {@code JsonMapper} for UltraCart's JSON, so that plain records can be read
 * and written without annotations:
 * <ul>
 * <li>names are in snake_case: {@code orderId} is {@code order_id}. The name in a
 * {@code @JsonProperty} counts as it is;</li>
 * <li>unknown members are ignored, because UltraCart adds some now and then;</li>
 * <li>{@code null} and missing members are accepted everywhere, and are zero or
 * {@code false} where the type is primitive;</li>
 * <li>members that are {@code null} are not written, because UltraCart would overwrite
 * what it has: it omits what a call does not expand, and updates what a request contains.
 * Primitive members are always written, so use {@code Integer} rather than {@code int} in
 * what is sent. {@code @JsonInclude(ALWAYS)} at a member writes its {@code null};</li>
 * <li>an {@link Instant} or {@link OffsetDateTime} is read and written as
 * {@link UltraCartDates} says, and a date without a time as the start of the day in US
 * Eastern time;</li>
 * <li>a {@link LocalDate} is the day that UltraCart's text names, and is only read.
 * Writing one fails, because it has lost the time of day: a coupon that expires at the
 * end of a day would be sent back as one that expires at its start. What is sent has an
 * {@code OffsetDateTime} or {@code Instant}. Other types of dates are left to the
 * mapper.</li>
 * </ul>
 * These settings replace others that the mapper may have; everything else of it is kept.
 *
 * <pre class="code">
 * JsonMapper.Builder json = JsonMapper.builder();
 * new UltraCartJsonMapperCustomizer().accept(json);
 * RestClient.builder()
 *     .configureMessageConverters((converters) -&gt; converters.registerDefaults()
 *         .withJsonConverter(new JacksonJsonHttpMessageConverter(json)))
 * </pre>
 *
 * @since 0.1
 */
public final class UltraCartJsonMapperCustomizer implements Consumer<JsonMapper.Builder> {

	private static final String START_OF_DAY = "T00:00:00";

	@Override
	public void accept(JsonMapper.Builder builder) {
		builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
			.disable(MapperFeature.ALLOW_EXPLICIT_PROPERTY_RENAMING)
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
					DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
					DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
					DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.UNWRAP_ROOT_VALUE)
			.disable(SerializationFeature.WRAP_ROOT_VALUE)
			.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
			// the last module goes first, before what the mapper has for dates
			.addModule(dates());
	}

	private static SimpleModule dates() {
		return new SimpleModule(UltraCartJsonMapperCustomizer.class.getName())
			.addDeserializer(Instant.class, new DateReader<>(Instant.class, UltraCartDates::parse))
			.addDeserializer(OffsetDateTime.class,
					new DateReader<>(OffsetDateTime.class, UltraCartDates::parseWithOffset))
			.addDeserializer(LocalDate.class,
					new DateReader<>(LocalDate.class,
							(date) -> UltraCartDates.parseWithOffset(date).map(OffsetDateTime::toLocalDate)))
			.addSerializer(new DateWriter<>(LocalDate.class, UltraCartJsonMapperCustomizer::rejectDay))
			.addSerializer(new DateWriter<>(Instant.class, UltraCartDates::format))
			.addSerializer(new DateWriter<>(OffsetDateTime.class, UltraCartDates::format));
	}

	private static String rejectDay(LocalDate date) {
		throw new IllegalArgumentException("A LocalDate has no time of day, so UltraCart's would be lost."
				+ " Read and write an OffsetDateTime or Instant");
	}

	/**
	 * Reads a date, and an empty text as {@code null}.
	 */
	private static final class DateReader<T> extends StdDeserializer<T> {

		private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

		private final Function<String, Optional<T>> parser;

		DateReader(Class<T> type, Function<String, Optional<T>> parser) {
			super(type);
			this.parser = parser;
		}

		@Override
		public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
			String text = parser.getValueAsString();
			if (text != null && text.isBlank()) {
				return null;
			}
			String date = (text != null) ? text : "";
			return this.parser.apply(DAY.matcher(date).matches() ? date + START_OF_DAY : date)
				.orElseGet(() -> unreadable(text, context));
		}

		@SuppressWarnings("unchecked")
		private T unreadable(@Nullable String text, DeserializationContext context) {
			return (T) context.handleWeirdStringValue(handledType(), text, "not a date of UltraCart's");
		}

	}

	/**
	 * Writes a date.
	 */
	private static final class DateWriter<T> extends StdSerializer<T> {

		private final Function<T, String> formatter;

		DateWriter(Class<T> type, Function<T, String> formatter) {
			super(type);
			this.formatter = formatter;
		}

		@Override
		public void serialize(T value, JsonGenerator generator, SerializationContext context) {
			generator.writeString(this.formatter.apply(value));
		}

	}

}
