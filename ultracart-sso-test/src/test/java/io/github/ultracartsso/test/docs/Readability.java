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

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Measures how easy the prose of a page is to read, without its code, tables and
 * headings.
 *
 * @param words the number of words, pieces of code apart
 * @param sentences the number of words and pieces of code of each sentence
 * @param syllables the number of syllables of all words, estimated from the vowels
 */
record Readability(int words, List<Integer> sentences, int syllables) {

	/**
	 * Stands for a piece of code, which lengthens a sentence but has no syllables.
	 */
	private static final String CODE = "\u2423";

	private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z'’]*|\\d[\\d.,:]*|" + CODE);

	private static final Pattern END_OF_SENTENCE = Pattern.compile("(?<=[.!?])[\"”)]?\\s+|\\n\\s*\\n");

	private static final Pattern VOWELS = Pattern.compile("[aeiouy]+");

	/**
	 * Measures a page.
	 */
	static Readability of(MarkdownPage page) {
		String prose = page.textWithoutCode()
			// headings, tables and pictures
			.replaceAll("(?m)^(?:#{1,6} .*|\\s*\\|.*|\\s*>?\\s*!\\[.*)$", "")
			.replaceAll("<[^>]+>", " ")
			.replaceAll("!?\\[([^\\]]*)\\]\\([^)]*\\)", "$1")
			.replaceAll("`[^`]+`|https?://\\S+", CODE)
			.replaceAll("[*_>]", "")
			// each item of a list is a sentence of its own
			.replaceAll("(?m)^\\s*(?:[-*]|\\d+\\.) ", "\n\n");
		List<Integer> sentences = new ArrayList<>();
		int words = 0;
		int syllables = 0;
		for (String sentence : END_OF_SENTENCE.splitAsStream(prose).toList()) {
			List<String> all = WORD.matcher(sentence).results().map((match) -> match.group()).toList();
			if (!all.isEmpty()) {
				sentences.add(all.size());
				for (String word : all) {
					words += word.equals(CODE) ? 0 : 1;
					syllables += word.equals(CODE) ? 0 : syllables(word);
				}
			}
		}
		return new Readability(words, List.copyOf(sentences), syllables);
	}

	/**
	 * Returns the Flesch reading ease: 60 is plain English, 30 is for graduates.
	 */
	double readingEase() {
		double sentence = this.sentences.stream().mapToInt(Integer::intValue).average().orElseThrow();
		return 206.835 - 1.015 * sentence - 84.6 * this.syllables / this.words;
	}

	/**
	 * Returns the number of words of the median sentence.
	 */
	int medianSentence() {
		return this.sentences.stream().sorted().toList().get(this.sentences.size() / 2);
	}

	private static int syllables(String word) {
		String lower = word.toLowerCase(Locale.ROOT);
		int vowels = (int) VOWELS.matcher(lower).results().count();
		boolean silent = lower.matches(".*[^aeiouyl]e|.*[aeiouy]le|.*[^aeiouytd]ed|.*[^aeiouyszxlc]es");
		return Math.max(1, silent ? vowels - 1 : vowels);
	}

}
