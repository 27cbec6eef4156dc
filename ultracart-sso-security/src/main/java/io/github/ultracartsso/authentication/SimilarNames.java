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
package io.github.ultracartsso.authentication;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * Finds the name that was probably meant by a misspelt one. Upper and lower case, spaces
 * and punctuation make no difference. Not part of the API.
 */
public final class SimilarNames {

	/**
	 * Shorter names are similar to too many others.
	 */
	private static final int MIN_LENGTH = 4;

	private static final int LETTERS_PER_MISTAKE = 5;

	private final List<Candidate> candidates;

	/**
	 * Creates an instance.
	 * @param names the names that there are
	 */
	public SimilarNames(Collection<String> names) {
		this.candidates = names.stream().map((name) -> new Candidate(name, AuthorityNames.normalize(name))).toList();
	}

	/**
	 * Returns the name that is nearest to another.
	 * @param name a name that there is not
	 * @return the nearest name, or {@code null} if none is similar
	 */
	public @Nullable String nearest(String name) {
		String normalized = AuthorityNames.normalize(name);
		if (normalized.length() < MIN_LENGTH) {
			return null;
		}
		String nearest = null;
		int smallest = Math.max(1, normalized.length() / LETTERS_PER_MISTAKE) + 1;
		for (Candidate candidate : this.candidates) {
			if (Math.abs(candidate.normalized().length() - normalized.length()) < smallest) {
				int distance = distance(candidate.normalized(), normalized);
				if (distance < smallest) {
					smallest = distance;
					nearest = candidate.name();
				}
			}
		}
		return nearest;
	}

	/**
	 * Returns how many letters have to be changed, added or removed (Levenshtein).
	 * @param from a name
	 * @param to another name
	 * @return the number of letters
	 */
	public static int distance(String from, String to) {
		int[] previous = IntStream.rangeClosed(0, to.length()).toArray();
		for (int i = 1; i <= from.length(); i++) {
			int[] current = new int[to.length() + 1];
			current[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int replaced = previous[j - 1] + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

	private record Candidate(String name, String normalized) {

	}

}
