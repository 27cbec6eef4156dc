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

package io.github.ultracartsso.test.docs;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages are in plain English: short words in short sentences.
 */
class DocumentReadabilityTests {

	private static final int LOWEST_EASE = 55;

	private static final int LONGEST_MEDIAN = 18;

	/**
	 * The least of prose that the measure says something about.
	 */
	private static final int FEWEST_WORDS = 100;

	@ParameterizedTest
	@MethodSource("pages")
	void pageThenPlainEnglish(MarkdownPage page) {
		Readability readability = Readability.of(page);
		System.out.printf("%-50s %5d words, reading ease %.0f, median sentence %d%n", page, readability.words(),
				readability.readingEase(), readability.medianSentence());
		if (readability.words() >= FEWEST_WORDS) {
			assertThat(readability.readingEase()).as("Flesch reading ease").isGreaterThanOrEqualTo(LOWEST_EASE);
			assertThat(readability.medianSentence()).as("words of the median sentence")
				.isLessThanOrEqualTo(LONGEST_MEDIAN);
		}
	}

	@Test
	void measureThenOfProseOnly() {
		Readability readability = Readability.of(new MarkdownPage(Path.of("page.md"), """
				# Some incomprehensible heading

				The cat sat on the mat. It is [a cat](some/incomprehensible/page.md) of `type.Incomprehensible`.

				- One item.
				- Another item

				```java
				incomprehensible.code();
				```

				| incomprehensible | table |
				| --- | --- |
				"""));
		assertThat(readability.sentences()).containsExactly(6, 6, 2, 2);
		assertThat(readability.readingEase()).isGreaterThan(90);
	}

	@Test
	void measureWhenHardProseThenLow() {
		assertThat(Readability.of(new MarkdownPage(Path.of("page.md"), """
				The unavailability of authorization infrastructure necessitates organizational reconsideration.
				""")).readingEase()).isLessThan(LOWEST_EASE);
	}

	@Test
	void measureWhenLongSentencesThenLongMedian() {
		assertThat(Readability.of(new MarkdownPage(Path.of("page.md"), """
				The cat sat on the mat and saw the dog that sat on the rug and saw the cat on the mat.
				It was day. The dog sat on the rug and saw the cat that sat on the mat and saw the dog on the rug.
				""")).medianSentence()).isGreaterThan(LONGEST_MEDIAN);
	}

	static List<MarkdownPage> pages() {
		return MarkdownPage.readAll();
	}

}
