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

package io.github.ultracartsso.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Parses and formats the {@code *_dts} members of UltraCart's JSON. Published responses
 * have seconds and a US Eastern offset, as in {@code 2025-10-07T14:50:23-04:00};
 * fractions of a second, {@code Z}, an offset without a colon and a missing offset (taken
 * for US Eastern) are accepted too.
 *
 * @since 0.1
 */
public final class UltraCartDates {

	private static final ZoneId ULTRACART_ZONE = ZoneId.of("America/New_York");

	private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
		.append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
		.optionalStart()
		.appendOffset("+HH:MM", "Z")
		.optionalEnd()
		.optionalStart()
		.appendOffset("+HHMM", "Z")
		.optionalEnd()
		.toFormatter(Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT);

	/**
	 * Years of more than four digits, with which calculations could overflow.
	 */
	private static final Pattern SIGNED_YEAR = Pattern.compile("[+-]");

	private static final int NANOS_OF_MILLISECOND = 1_000_000;

	private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx",
			Locale.ROOT);

	private static final DateTimeFormatter MILLISECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx",
			Locale.ROOT);

	private UltraCartDates() {
	}

	/**
	 * Returns the instant that the text names.
	 * @param dts the text, or {@code null}
	 * @return the instant, or empty if there is no text or it is not a date of the years
	 * 0 to 9999
	 */
	public static Optional<Instant> parse(@Nullable String dts) {
		return parseWithOffset(dts).map(OffsetDateTime::toInstant);
	}

	/**
	 * Returns the date that the text names, with its offset.
	 * @param dts the text, or {@code null}
	 * @return the date, or empty if there is no text or it is not a date of the years 0
	 * to 9999
	 */
	public static Optional<OffsetDateTime> parseWithOffset(@Nullable String dts) {
		String text = (dts != null) ? dts.strip() : "";
		if (SIGNED_YEAR.matcher(text).lookingAt()) {
			return Optional.empty();
		}
		try {
			TemporalAccessor date = FORMAT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
			return Optional.of((date instanceof OffsetDateTime offset) ? offset
					: ((LocalDateTime) date).atZone(ULTRACART_ZONE).toOffsetDateTime());
		}
		catch (DateTimeException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Returns how UltraCart writes the instant: with a US Eastern offset, and with
	 * milliseconds only where there are some.
	 * @param instant the instant
	 * @return the text
	 */
	public static String format(Instant instant) {
		return format(instant.atZone(ULTRACART_ZONE).toOffsetDateTime());
	}

	/**
	 * Returns how UltraCart writes the date, with the offset that it has.
	 * @param date the date
	 * @return the text
	 */
	public static String format(OffsetDateTime date) {
		boolean whole = date.getNano() < NANOS_OF_MILLISECOND;
		return (whole ? SECONDS : MILLISECONDS).format(date);
	}

}
