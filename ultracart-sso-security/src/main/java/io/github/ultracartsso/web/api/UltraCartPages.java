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

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.ultracartsso.client.UltraCartApiException;
import io.github.ultracartsso.client.UltraCartApiFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Reads a list that UltraCart returns in pages ({@code _limit}, {@code _offset}), and
 * makes the call for the next page only when its first item is asked for:
 *
 * <pre class="code">
 * record Orders(List&lt;Order&gt; orders, UltraCartPages.Metadata metadata) { }
 *
 * UltraCartPages.of((limit, offset) -&gt; restClient.get()
 *         .uri("/order/orders?_limit={limit}&amp;_offset={offset}", limit, offset)
 *         .retrieve()
 *         .requiredBody(Orders.class), Orders::orders, Orders::metadata)
 *     .stream()
 *     .forEach(this::export);
 * </pre>
 * <p>
 * The call may be made with a {@code RestClient}, an HTTP interface or UltraCart's SDK.
 * Each page is one call. If it fails, asking for the next item throws its exception, and
 * an iterator that is asked again makes the same call again. A job that has time can
 * {@linkplain #waitingAtMost(Duration) wait} where there were too many calls. At most
 * {@link #maxPages(int) a number of pages} is read.
 * <p>
 * For a view, collect the items first ({@code stream().toList()}). A view that iterates
 * over the pages calls UltraCart while it is rendered, and no exception handler applies
 * to a call that fails then.
 * <p>
 * UltraCart's list may change between two pages, so an item may be missed or come twice.
 * Sort by what does not change, such as the time of creation.
 * <p>
 * Immutable; each stream and iterator begins with the first page.
 *
 * @param <T> the type of the items
 * @since 0.1
 */
public final class UltraCartPages<T> implements Iterable<T> {

	/**
	 * What UltraCart documents as its own default, which every list accepts.
	 */
	private static final int DEFAULT_PAGE_SIZE = 100;

	private static final int DEFAULT_MAX_PAGES = 100;

	private final PageSource<T> source;

	private final int pageSize;

	private final int maxPages;

	private final Duration waitingAtMost;

	private UltraCartPages(PageSource<T> source, int pageSize, int maxPages, Duration waitingAtMost) {
		this.source = source;
		this.pageSize = pageSize;
		this.maxPages = maxPages;
		this.waitingAtMost = waitingAtMost;
	}

	/**
	 * Returns a list of pages.
	 * @param <P> the type of a page
	 * @param <T> the type of the items
	 * @param call makes the call for a page
	 * @param items returns the items of a page, {@code null} for none
	 * @param metadata returns the {@code metadata} of a page. Where it does not say
	 * whether there are more items, pages are read until one is empty, or is shorter than
	 * the first one and has no offset of a next page: UltraCart may return fewer items
	 * than it is asked for. Where there is none at all, a page with fewer items than were
	 * asked for is the last one, if it has fewer than 100
	 * @return the list, of which nothing has been read yet
	 */
	public static <P, T> UltraCartPages<T> of(PageCall<P> call, Function<P, ? extends @Nullable List<T>> items,
			Function<P, ? extends @Nullable Metadata> metadata) {
		Assert.notNull(call, "call cannot be null");
		Assert.notNull(items, "items cannot be null");
		Assert.notNull(metadata, "metadata cannot be null");
		return new UltraCartPages<>((limit, offset) -> {
			P page = make(call, limit, offset);
			if (page == null) {
				throw UltraCartApiException
					.withFailure(UltraCartApiFailure.INVALID_RESPONSE,
							"There is no page at offset " + offset
									+ ": the call has returned null. UltraCart's response had no body")
					.build();
			}
			List<T> content = items.apply(page);
			Metadata told = metadata.apply(page);
			return new PageSource.Page<>((content != null) ? content : List.of(),
					(told != null) ? told.resultSet() : null);
		}, DEFAULT_PAGE_SIZE, DEFAULT_MAX_PAGES, Duration.ZERO);
	}

	private static <P> P make(PageCall<P> call, int limit, int offset) {
		try {
			return call.make(limit, offset);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new UndeclaredThrowableException(ex);
		}
	}

	/**
	 * Sets how many items are asked for at a time. Larger pages take fewer calls;
	 * UltraCart allows 200 for most lists. Defaults to 100.
	 * @param pageSize the number of items
	 * @return such a list
	 */
	public UltraCartPages<T> pageSize(int pageSize) {
		Assert.isTrue(pageSize > 0, "pageSize must be positive");
		return new UltraCartPages<>(this.source, pageSize, this.maxPages, this.waitingAtMost);
	}

	/**
	 * Sets how many pages are read at most, because each takes one of the calls that
	 * UltraCart allows in an hour. If there are more, an {@link IllegalStateException} is
	 * thrown after the last item. Where UltraCart does not say whether there are more,
	 * one more call finds out. To read less, limit the stream. Defaults to 100.
	 * @param maxPages the number of pages
	 * @return such a list
	 */
	public UltraCartPages<T> maxPages(int maxPages) {
		Assert.isTrue(maxPages > 0, "maxPages must be positive");
		return new UltraCartPages<>(this.source, this.pageSize, maxPages, this.waitingAtMost);
	}

	/**
	 * Sets how long an iterator or stream may wait in all where a page is not read
	 * because there were too many calls: UltraCart has responded with 429, the queue is
	 * too long, or calls are held back. The page is asked for again after
	 * {@link UltraCartApiException#getRetryAfter()}. If that takes longer than what is
	 * left of this time, or the thread is interrupted, the exception is thrown. So a job
	 * survives a busy moment. A user's request should not wait. It applies to the
	 * exceptions of a {@code RestClient} and of HTTP interfaces, not to those of
	 * UltraCart's SDK. Defaults to zero.
	 * @param waitingAtMost the time to wait
	 * @return such a list
	 */
	public UltraCartPages<T> waitingAtMost(Duration waitingAtMost) {
		Assert.notNull(waitingAtMost, "waitingAtMost cannot be null");
		Assert.isTrue(!waitingAtMost.isNegative(), "waitingAtMost cannot be negative");
		return new UltraCartPages<>(this.source, this.pageSize, this.maxPages, waitingAtMost);
	}

	/**
	 * Returns an iterator that reads the pages.
	 * @return a new iterator
	 */
	@Override
	public Iterator<T> iterator() {
		return iterator((pause) -> Thread.sleep(pause.toMillis() + 1));
	}

	Iterator<T> iterator(PatientPageSource.Sleeper sleeper) {
		return new PageIterator<>(new PatientPageSource<>(this.source, this.waitingAtMost, sleeper), this.pageSize,
				this.maxPages);
	}

	/**
	 * Returns a spliterator that reads the pages and cannot be split, since that would
	 * read ahead.
	 * @return a new spliterator
	 */
	@Override
	public Spliterator<T> spliterator() {
		Iterator<T> items = iterator();
		return new Spliterators.AbstractSpliterator<>(Long.MAX_VALUE, Spliterator.ORDERED) {

			@Override
			public boolean tryAdvance(Consumer<? super T> action) {
				if (!items.hasNext()) {
					return false;
				}
				action.accept(items.next());
				return true;
			}

			@Override
			public @Nullable Spliterator<T> trySplit() {
				return null;
			}

		};
	}

	/**
	 * Returns a stream that reads the pages. A stream that is limited reads no more of
	 * them than it needs.
	 * @return a new stream
	 */
	public Stream<T> stream() {
		return StreamSupport.stream(spliterator(), false);
	}

	/**
	 * Makes the call for one page.
	 *
	 * @param <P> the type of a page
	 */
	@FunctionalInterface
	public interface PageCall<P> {

		/**
		 * Makes the call.
		 * @param limit how many items to ask for, the {@code _limit}
		 * @param offset the index of the first item to ask for, the {@code _offset}
		 * @return the page
		 * @throws Exception if the call fails. A checked exception, as of UltraCart's
		 * SDK, is thrown on as the cause of an {@link UndeclaredThrowableException}
		 */
		P make(int limit, int offset) throws Exception;

	}

	/**
	 * The {@code metadata} of UltraCart's responses, as far as it is about lists.
	 *
	 * @param resultSet which part of the list the response holds, or {@code null} if it
	 * is not part of a list
	 */
	public record Metadata(@JsonProperty("result_set") @Nullable ResultSet resultSet) {

		/**
		 * Returns the metadata that says whether there are more items, as UltraCart's SDK
		 * reads it.
		 * @param more whether there are more items
		 * @param nextOffset the offset of the next page
		 * @return the metadata
		 */
		public static Metadata of(@Nullable Boolean more, @Nullable Integer nextOffset) {
			return new Metadata(new ResultSet(null, more, nextOffset, null, null));
		}

	}

	/**
	 * The {@code result_set} of a response: which part of a list it holds. Each member
	 * may be missing.
	 *
	 * @param limit how many items were asked for
	 * @param more whether there are more items after these
	 * @param nextOffset the offset of the next page
	 * @param offset the offset of this page
	 * @param totalRecords how many items there are in all
	 */
	public record ResultSet(@JsonProperty("limit") @Nullable Integer limit,
			@JsonProperty("more") @Nullable Boolean more, @JsonProperty("next_offset") @Nullable Integer nextOffset,
			@JsonProperty("offset") @Nullable Integer offset,
			@JsonProperty("total_records") @Nullable Integer totalRecords) {

	}

}
