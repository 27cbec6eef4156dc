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

package io.github.ultracartsso.web.api;

import java.io.IOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import io.github.ultracartsso.client.UltraCartRateLimitException;
import io.github.ultracartsso.client.UltraCartUnavailableException;
import io.github.ultracartsso.web.api.UltraCartPages.Metadata;
import io.github.ultracartsso.web.api.UltraCartPages.ResultSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link UltraCartPages}.
 */
class UltraCartPagesTests {

	private final List<String> calls = new ArrayList<>();

	private final List<Duration> pauses = new ArrayList<>();

	private int total = 5;

	private int tooMany;

	private Duration retryAfter = Duration.ofSeconds(5);

	private boolean tellsMore = true;

	private final UltraCartPages<Integer> pages = UltraCartPages.of(this::read, Numbers::numbers, Numbers::metadata)
		.pageSize(2);

	@Test
	void streamThenAllItemsInOneCallForEachPage() {
		assertThat(this.pages.stream()).containsExactly(0, 1, 2, 3, 4);
		assertThat(this.calls).containsExactly("2@0", "2@2", "2@4");
	}

	@Test
	void streamWhenLastPageIsFullThenNoCallAfterIt() {
		this.total = 4;
		assertThat(this.pages.stream()).hasSize(4);
		assertThat(this.calls).containsExactly("2@0", "2@2");
	}

	@Test
	void streamWhenLimitedThenNoPageMoreThanNeeded() {
		assertThat(this.pages.stream().limit(2)).containsExactly(0, 1);
		assertThat(this.calls).containsExactly("2@0");
		assertThat(this.pages.stream().filter((number) -> number > 2).findFirst()).contains(3);
		assertThat(this.calls).containsExactly("2@0", "2@0", "2@2");
	}

	@Test
	void streamWhenParallelThenReadsNotAhead() {
		this.total = 100;
		assertThat(this.pages.stream().parallel().anyMatch((number) -> number == 0)).isTrue();
		assertThat(this.calls).hasSize(1);
	}

	@Test
	void iteratorThenReadsAPageWhenItsFirstItemIsAskedFor() {
		Iterator<Integer> numbers = this.pages.iterator();
		assertThat(this.calls).isEmpty();
		numbers.next();
		numbers.next();
		assertThat(this.calls).containsExactly("2@0");
		assertThat(numbers.hasNext()).isTrue();
		assertThat(this.calls).containsExactly("2@0", "2@2");
		numbers.forEachRemaining((number) -> {
		});
		assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(numbers::next);
	}

	@Test
	void streamWhenEmptyThenNone() {
		this.total = 0;
		assertThat(this.pages.stream()).isEmpty();
		assertThat(this.calls).containsExactly("2@0");
	}

	@ParameterizedTest
	@ValueSource(ints = { 4, 5 })
	void streamWhenNoMetadataThenUntilAPageIsNotFull(int total) {
		this.total = total;
		this.tellsMore = false;
		assertThat(this.pages.stream()).hasSize(total);
		assertThat(this.calls).containsExactly("2@0", "2@2", "2@4");
	}

	/**
	 * UltraCart returns at most 200 items for most lists, whatever it is asked for.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 99, 150, 200, 250, 300 })
	void streamWhenNoMetadataAndPagesAreSmallerThanAskedForThenAllItems(int total) {
		this.total = total;
		this.tellsMore = false;
		UltraCartPages<Integer> capped = UltraCartPages.of((limit, offset) -> read(Math.min(limit, 100), offset),
				Numbers::numbers, Numbers::metadata);
		assertThat(capped.pageSize(500).stream()).hasSize(total);
		assertThat(this.calls).hasSize(total / 100 + 1);
	}

	/**
	 * As a server of a test responds, which knows no offsets.
	 */
	@Test
	void streamWhenAResponseIsAlwaysTheSameAndShortThenOneCall() {
		this.tellsMore = false;
		UltraCartPages<Integer> same = UltraCartPages.of((limit, offset) -> read(3, 0), Numbers::numbers,
				Numbers::metadata);
		assertThat(same.stream()).containsExactly(0, 1, 2);
		assertThat(this.calls).hasSize(1);
	}

	@Test
	void streamWhenOnlyTheLimitIsToldThenUntilAPageIsShorter() {
		UltraCartPages<Integer> capped = UltraCartPages
			.of((limit, offset) -> new Numbers(read(Math.min(limit, 3), offset).numbers(),
					new Metadata(new ResultSet(3, null, null, null, null))), Numbers::numbers, Numbers::metadata);
		assertThat(capped.stream()).hasSize(5);
		assertThat(this.calls).containsExactly("3@0", "3@3");
	}

	/**
	 * UltraCart may say which limit it was asked for, and return fewer items.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 3, 4, 5, 6 })
	void streamWhenLimitIsThatOfTheRequestAndPagesAreSmallerThenAllItems(int total) {
		this.total = total;
		assertThat(capped((limit, end) -> new ResultSet(limit, null, null, null, null)).stream()).hasSize(total);
		assertThat(this.calls).hasSize((total == 6) ? 3 : 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 4, 5, 6 })
	void streamWhenOnlyTheNextOffsetIsToldThenUntilAPageIsEmpty(int total) {
		this.total = total;
		assertThat(capped((limit, end) -> new ResultSet(limit, null, end, null, null)).stream()).hasSize(total);
		assertThat(this.calls.get(this.calls.size() - 1)).isEqualTo("3@" + total);
	}

	@Test
	void streamWhenPageIsShorterThanTheFirstAndHasANextOffsetThenReadsOn() {
		UltraCartPages<Integer> uneven = UltraCartPages.of(
				(limit, offset) -> new Numbers(read((offset == 2) ? 1 : 2, offset).numbers(), new Metadata(
						new ResultSet(null, null, Math.min(this.total, offset + ((offset == 2) ? 1 : 2)), null, null))),
				Numbers::numbers, Numbers::metadata);
		assertThat(uneven.stream()).containsExactly(0, 1, 2, 3, 4);
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 5, 6 })
	void streamWhenNextOffsetDoesNotAdvanceAndNoMoreIsToldThenAfterTheItems(int total) {
		this.total = total;
		assertThat(capped((limit, end) -> new ResultSet(limit, null, 0, null, null)).stream()).hasSize(total)
			.doesNotHaveDuplicates();
		this.calls.clear();
		assertThat(capped((limit, end) -> new ResultSet(limit, null, 0, null, total)).stream()).hasSize(total)
			.doesNotHaveDuplicates();
		assertThat(this.calls).hasSize((total == 3) ? 1 : 2);
	}

	@Test
	void streamWhenOnlyTheTotalIsToldThenNoCallMoreThanNeeded() {
		UltraCartPages<Integer> capped = UltraCartPages
			.of((limit, offset) -> new Numbers(read(Math.min(limit, 1), offset).numbers(),
					new Metadata(new ResultSet(null, null, null, null, 5))), Numbers::numbers, Numbers::metadata);
		assertThat(capped.stream()).hasSize(5);
		assertThat(this.calls).hasSize(5);
	}

	@Test
	void streamWhenAsManyPagesAsAllowedAndNoMetadataThenOneCallMoreFindsOut() {
		this.total = 4;
		this.tellsMore = false;
		assertThat(this.pages.maxPages(2).stream()).hasSize(4);
		assertThat(this.calls).containsExactly("2@0", "2@2", "2@4");
	}

	@Test
	void streamWhenMorePagesThanAllowedAndNoMetadataThenFailsAfterTheLastItem() {
		this.tellsMore = false;
		List<Integer> seen = new ArrayList<>();
		Iterator<Integer> numbers = this.pages.maxPages(2).iterator();
		assertThatIllegalStateException().isThrownBy(() -> numbers.forEachRemaining(seen::add))
			.withMessageContaining("more than 2 pages of 2 items");
		assertThat(seen).containsExactly(0, 1, 2, 3);
		assertThatIllegalStateException().isThrownBy(numbers::hasNext);
		assertThat(this.calls).containsExactly("2@0", "2@2", "2@4");
	}

	@Test
	@SuppressWarnings("NullAway")
	void streamWhenPageIsNullThenUnusableResponse() {
		UltraCartPages<Integer> none = UltraCartPages.of((limit, offset) -> null, Numbers::numbers, Numbers::metadata);
		assertThatExceptionOfType(UltraCartUnavailableException.class).isThrownBy(() -> none.stream().toList())
			.withMessageStartingWith("There is no page at offset 0: the call has returned null");
	}

	@Test
	void iteratorWhenTooManyCallsThenFailsAtOnce() {
		assertThatExceptionOfType(UltraCartRateLimitException.class)
			.isThrownBy(() -> tooManyBefore(2, Duration.ofSeconds(5)).iterator(this.pauses::add).next());
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void iteratorWhenWaitingThenPageIsAskedForAgainWhenCallsAreMadeAgain() {
		Iterator<Integer> numbers = tooManyBefore(2, Duration.ofSeconds(5)).waitingAtMost(Duration.ofSeconds(10))
			.iterator(this.pauses::add);
		assertThat(numbers).toIterable().hasSize(5);
		assertThat(this.calls).containsExactly("2@0", "2@0", "2@0", "2@2", "2@4");
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
	}

	@Test
	void iteratorWhenWaitingWouldTakeTooLongInAllThenFailsWithoutTheLastPause() {
		Iterator<Integer> numbers = tooManyBefore(2, Duration.ofSeconds(5)).waitingAtMost(Duration.ofSeconds(9))
			.iterator(this.pauses::add);
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(numbers::next);
		assertThat(this.pauses).containsExactly(Duration.ofSeconds(5));
	}

	@Test
	void iteratorsWhenWaitingThenEachHasTheWholeTime() {
		UltraCartPages<Integer> patient = this.pages.waitingAtMost(Duration.ofSeconds(5));
		for (int i = 0; i < 2; i++) {
			this.tooMany = 1;
			assertThat(patient.iterator(this.pauses::add)).toIterable().hasSize(5);
		}
		assertThat(this.pauses).hasSize(2);
	}

	/**
	 * Otherwise it would call UltraCart as often as it can.
	 */
	@Test
	void iteratorWhenNoPauseIsAskedForThenASecondAllTheSame() {
		Iterator<Integer> numbers = tooManyBefore(9, Duration.ZERO).waitingAtMost(Duration.ofSeconds(3))
			.iterator(this.pauses::add);
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(numbers::next);
		assertThat(this.pauses).hasSize(3).containsOnly(Duration.ofSeconds(1));
	}

	@Test
	void iteratorWhenInterruptedWhileWaitingThenFailsAndStaysInterrupted() {
		Iterator<Integer> numbers = tooManyBefore(1, Duration.ofSeconds(5)).waitingAtMost(Duration.ofMinutes(1))
			.iterator();
		Thread.currentThread().interrupt();
		assertThatExceptionOfType(UltraCartRateLimitException.class).isThrownBy(numbers::next);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void iteratorWhenAnotherFailureThenDoesNotWait() {
		UltraCartPages<Integer> failing = UltraCartPages.of((limit, offset) -> {
			throw UltraCartApiException.withFailure(UltraCartApiFailure.SERVER_ERROR, "broken")
				.status(503)
				.retryAfter(Duration.ofSeconds(1))
				.build();
		}, Numbers::numbers, Numbers::metadata);
		assertThatExceptionOfType(UltraCartApiException.class)
			.isThrownBy(() -> failing.waitingAtMost(Duration.ofMinutes(1)).iterator(this.pauses::add).next());
		assertThat(this.pauses).isEmpty();
	}

	@Test
	void streamWhenPagesAreCutThenGoesOnWhereUltraCartSays() {
		UltraCartPages<Integer> cut = UltraCartPages.of(
				(limit, offset) -> new Numbers(List.of(offset), Metadata.of(offset < 3, offset + 1)), Numbers::numbers,
				Numbers::metadata);
		assertThat(cut.stream()).containsExactly(0, 1, 2, 3);
	}

	@Test
	void streamWhenNoNextOffsetThenAfterTheItems() {
		UltraCartPages<Integer> numbers = UltraCartPages.of(
				(limit, offset) -> new Numbers(List.of(offset), Metadata.of(offset < 2, null)), Numbers::numbers,
				Numbers::metadata);
		assertThat(numbers.stream()).containsExactly(0, 1, 2);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void streamWhenNextOffsetDoesNotAdvanceThenFailsInsteadOfALoop(int step) {
		UltraCartPages<Integer> stuck = UltraCartPages.of(
				(limit, offset) -> new Numbers(List.of(1), Metadata.of(true, offset + step)), Numbers::numbers,
				Numbers::metadata);
		assertThatIllegalStateException().isThrownBy(() -> stuck.stream().toList())
			.withMessageContaining("after the page at offset 0 comes the one at offset " + step);
	}

	@Test
	void streamWhenEmptyPagesHaveMoreThenFailsInsteadOfALoop() {
		UltraCartPages<Integer> stuck = UltraCartPages.of((limit, offset) -> new Numbers(null, Metadata.of(true, null)),
				Numbers::numbers, Numbers::metadata);
		assertThatIllegalStateException().isThrownBy(() -> stuck.stream().toList());
	}

	@Test
	void streamWhenMorePagesThanAllowedThenFailsAfterTheLastItem() {
		List<Integer> seen = new ArrayList<>();
		assertThatIllegalStateException().isThrownBy(() -> this.pages.maxPages(2).stream().forEach(seen::add))
			.withMessageContaining("more than 2 pages of 2 items");
		assertThat(seen).containsExactly(0, 1, 2, 3);
		assertThat(this.pages.maxPages(3).stream()).hasSize(5);
	}

	@Test
	void iteratorWhenACallFailsThenTheSamePageIsAskedForAgain() {
		List<Integer> offsets = new ArrayList<>();
		Iterator<Integer> numbers = UltraCartPages.of((limit, offset) -> {
			offsets.add(offset);
			if (offsets.size() == 2) {
				throw new IOException("broken");
			}
			return read(limit, offset);
		}, Numbers::numbers, Numbers::metadata).pageSize(2).iterator();
		numbers.next();
		numbers.next();
		assertThatExceptionOfType(UndeclaredThrowableException.class).isThrownBy(numbers::hasNext)
			.withCauseInstanceOf(IOException.class);
		assertThat(numbers.next()).isEqualTo(2);
		assertThat(offsets).containsExactly(0, 2, 2);
	}

	@Test
	void streamWhenCallThrowsUncheckedThenAsItIs() {
		IllegalArgumentException ex = new IllegalArgumentException();
		UltraCartPages<Integer> failing = UltraCartPages.of((limit, offset) -> {
			throw ex;
		}, Numbers::numbers, Numbers::metadata);
		assertThatIllegalArgumentException().isThrownBy(() -> failing.stream().toList()).isSameAs(ex);
	}

	@Test
	void settersWhenNotPositiveThenThrowIllegalArgumentException() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.pages.pageSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.pages.maxPages(0));
		assertThatIllegalArgumentException().isThrownBy(() -> this.pages.waitingAtMost(Duration.ofNanos(-1)));
	}

	/**
	 * Returns pages of three items at most, whatever is asked for.
	 * @param resultSet makes the result set from the limit that was asked for and the
	 * index after the last item
	 */
	private UltraCartPages<Integer> capped(BiFunction<Integer, Integer, ResultSet> resultSet) {
		return UltraCartPages.of((limit, offset) -> {
			List<Integer> numbers = read(Math.min(limit, 3), offset).numbers();
			int end = offset + ((numbers != null) ? numbers.size() : 0);
			return new Numbers(numbers, new Metadata(resultSet.apply(limit, end)));
		}, Numbers::numbers, Numbers::metadata);
	}

	private UltraCartPages<Integer> tooManyBefore(int times, Duration retryAfter) {
		this.tooMany = times;
		this.retryAfter = retryAfter;
		return this.pages;
	}

	private Numbers read(int limit, int offset) {
		this.calls.add(limit + "@" + offset);
		if (this.tooMany > 0) {
			this.tooMany--;
			throw UltraCartApiException.withFailure(UltraCartApiFailure.RATE_LIMITED, "too many")
				.retryAfter(this.retryAfter)
				.build();
		}
		int end = Math.min(this.total, offset + limit);
		return new Numbers(IntStream.range(offset, end).boxed().toList(),
				this.tellsMore ? Metadata.of(end < this.total, end) : null);
	}

	private record Numbers(@Nullable List<Integer> numbers, @Nullable Metadata metadata) {

	}

}
