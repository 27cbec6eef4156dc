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

package io.github.ultracartsso.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A table of measured values with their ratios to reference rows. A ratio is formed
 * within a round of measurement, where the values lie close together in time; the table
 * shows the median over all rounds, with the least and the greatest.
 */
final class RatioTable {

	private static final int LABEL_WIDTH = 44;

	private final String title;

	private final List<String> references;

	private final Map<String, List<Double>> rows = new LinkedHashMap<>();

	RatioTable(String title, String... references) {
		this.title = title;
		this.references = List.of(references);
	}

	/**
	 * Adds the value of a row in a round.
	 */
	void add(String label, double value) {
		this.rows.computeIfAbsent(label, (key) -> new ArrayList<>()).add(value);
	}

	@Override
	public String toString() {
		StringBuilder table = new StringBuilder(pad(this.title, LABEL_WIDTH)).append(align("median"));
		this.references.forEach((reference) -> table.append("   ÷ ").append(pad(reference, ratioWidth(reference))));
		this.rows.forEach((label, values) -> {
			table.append("\n  ").append(pad(label, LABEL_WIDTH - 2)).append(align(number(median(values))));
			this.references.forEach((reference) -> table.append("   ")
				.append(pad(ratio(values, this.rows.get(reference)), ratioWidth(reference) + 2)));
		});
		return table.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n", "", "\n"));
	}

	private static String ratio(List<Double> values, @Nullable List<Double> reference) {
		if (reference == null || reference.equals(values)) {
			return "";
		}
		List<Double> ratios = IntStream.range(0, values.size())
			.mapToObj((round) -> values.get(round) / reference.get(round))
			.sorted()
			.toList();
		String median = decimal(median(ratios));
		return (ratios.size() > 1)
				? "%s (%s–%s)".formatted(median, decimal(ratios.get(0)), decimal(ratios.get(ratios.size() - 1)))
				: median;
	}

	private static String decimal(double ratio) {
		return String.format(Locale.ROOT, (ratio < 0.1) ? "%.4f" : "%.2f", ratio);
	}

	private static double median(List<Double> values) {
		List<Double> sorted = values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	private static String number(double value) {
		return String.format(Locale.ROOT, (value < 1000) ? "%.2f" : "%,.0f", value);
	}

	private static int ratioWidth(String reference) {
		return Math.max(reference.length(), "0.0000 (0.0000–0.0000)".length());
	}

	private static String pad(String text, int width) {
		return text + " ".repeat(Math.max(0, width - text.length()));
	}

	private static String align(String text) {
		return "%12s".formatted(text);
	}

}
