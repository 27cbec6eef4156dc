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

package io.github.ultracartsso.autoconfigure.api;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;

import io.github.ultracartsso.client.UltraCartDates;

import org.springframework.core.Ordered;
import org.springframework.core.convert.ConversionService;
import org.springframework.format.datetime.standard.Jsr310DateTimeFormatAnnotationFormatterFactory;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.format.support.FormattingConversionService;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Formats dates in parameters of HTTP interfaces as UltraCart expects them. Spring's own
 * format is that of the JVM's locale. It comes first, so that a conversion service of the
 * application replaces it, and {@code @DateTimeFormat} at a parameter applies.
 */
final class UltraCartParameterFormatConfigurer implements RestClientHttpServiceGroupConfigurer {

	private final ConversionService conversionService = conversionService();

	private static ConversionService conversionService() {
		FormattingConversionService service = new DefaultFormattingConversionService();
		service.addConverter(Instant.class, String.class, UltraCartDates::format);
		service.addConverter(OffsetDateTime.class, String.class, UltraCartDates::format);
		service.addConverter(ZonedDateTime.class, String.class,
				(date) -> UltraCartDates.format(date.toOffsetDateTime()));
		service.addConverter(LocalDate.class, String.class, LocalDate::toString);
		service.addConverter(LocalDateTime.class, String.class, (date) -> {
			throw new IllegalArgumentException("A LocalDateTime does not say when, because it has no offset. Give"
					+ " UltraCart an OffsetDateTime or Instant, or use @DateTimeFormat");
		});
		// once more, so that it goes before these
		service.addFormatterForFieldAnnotation(new Jsr310DateTimeFormatAnnotationFormatterFactory());
		return service;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups
			.filterByName(UltraCartHttpServiceGroupConfigurer.USER_GROUP,
					UltraCartHttpServiceGroupConfigurer.APPLICATION_GROUP)
			.forEachProxyFactory((group, factory) -> factory.conversionService(this.conversionService));
	}

}
