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

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

import io.github.ultracartsso.web.api.UltraCartPages.ResultSet;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Iterates over the items of a list, and reads a page when its first item is asked for.
 *
 * @param <T> the type of the items
 */
final class PageIterator<T> implements Iterator<T> {

	/**
	 * As many items as UltraCart returns at least, if it is asked for so many and there
	 * are so many.
	 */
	private static final int SMALLEST_LIMIT = 100;

	private final PageSource<T> source;

	private final int pageSize;

	private final int maxPages;

	private Iterator<T> items = List.<T>of().iterator();

	/**
	 * The offset of the next page, or {@code null} if there is none.
	 */
	private @Nullable Integer next = 0;

	private int pages;

	/**
	 * Whether UltraCart has said that there is a next page.
	 */
	private boolean nextIsCertain;

	/**
	 * How many items the first page has. UltraCart may return fewer than it is asked for.
	 */
	private int fullSize;

	PageIterator(PageSource<T> source, int pageSize, int maxPages) {
		this.source = source;
		this.pageSize = pageSize;
		this.maxPages = maxPages;
	}

	@Override
	public boolean hasNext() {
		Integer offset = this.next;
		while (!this.items.hasNext() && offset != null) {
			offset = readPage(offset);
			this.next = offset;
		}
		return this.items.hasNext();
	}

	@Override
	public T next() {
		if (!hasNext()) {
			throw new NoSuchElementException("There are no more items");
		}
		return this.items.next();
	}

	/**
	 * Reads a page.
	 * @return the offset of the next page, or {@code null} if there is none
	 */
	private @Nullable Integer readPage(int offset) {
		requireFewPages(this.pages < this.maxPages || (this.pages == this.maxPages && !this.nextIsCertain));
		PageSource.Page<T> page = this.source.read(this.pageSize, offset);
		this.pages++;
		int size = page.items().size();
		requireFewPages(this.pages <= this.maxPages || size == 0);
		if (offset == 0) {
			this.fullSize = size;
		}
		ResultSet resultSet = page.resultSet();
		int following = following(offset + size, resultSet);
		Boolean told = tellsMore(resultSet, following);
		boolean more = (told != null) ? told : mayHaveMore(size, offset + size, resultSet);
		Assert.state(!more || following > offset,
				() -> "UltraCart says that there are more items, but after the page at offset " + offset
						+ " comes the one at offset " + following);
		this.nextIsCertain = told != null;
		this.items = page.items().iterator();
		return more ? following : null;
	}

	private void requireFewPages(boolean few) {
		Assert.state(few, () -> "There are more than " + this.maxPages + " pages of " + this.pageSize
				+ " items. Ask for less, or raise maxPages if UltraCart's limits allow that many calls");
	}

	/**
	 * Returns the offset of the next page. A next offset within the items that were read
	 * counts only if UltraCart says that there are more.
	 */
	private static int following(int end, @Nullable ResultSet resultSet) {
		int next = nextOffset(resultSet, end);
		return (resultSet != null && resultSet.more() != null) ? next : Math.max(next, end);
	}

	private static int nextOffset(@Nullable ResultSet resultSet, int otherwise) {
		Integer next = (resultSet != null) ? resultSet.nextOffset() : null;
		return (next != null) ? next : otherwise;
	}

	/**
	 * Returns whether UltraCart says that there are more items, or {@code null} if it
	 * does not say.
	 */
	private static @Nullable Boolean tellsMore(@Nullable ResultSet resultSet, int following) {
		if (resultSet == null || resultSet.more() != null) {
			return (resultSet != null) ? resultSet.more() : null;
		}
		return (resultSet.totalRecords() != null) ? following < resultSet.totalRecords() : null;
	}

	/**
	 * Returns whether another page may follow. The limit of the result set does not say
	 * so, because it may be the one that was asked for.
	 */
	private boolean mayHaveMore(int size, int end, @Nullable ResultSet resultSet) {
		if (resultSet == null) {
			return size >= Math.min(this.pageSize, SMALLEST_LIMIT);
		}
		return size > 0 && (size >= this.fullSize || nextOffset(resultSet, 0) >= end);
	}

}
