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

package io.github.ultracartsso.sample.cluster;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Everything that an application has exposed.
 */
final class Evidence {

	private final Queue<Item> items = new ConcurrentLinkedQueue<>();

	void add(Kind kind, String origin, String text) {
		this.items.add(new Item(kind, origin, text));
	}

	void addException(String origin, Throwable exception) {
		StringWriter trace = new StringWriter();
		exception.printStackTrace(new PrintWriter(trace));
		add(Kind.EXCEPTION, origin, trace.toString());
	}

	List<Item> of(Kind kind) {
		return this.items.stream().filter((item) -> item.kind() == kind).toList();
	}

	/**
	 * Finds the places where secrets were exposed.
	 */
	List<String> leaks(Kind kind, Collection<Secret> secrets) {
		List<String> leaks = new ArrayList<>();
		for (Item item : of(kind)) {
			secrets.stream()
				.filter((secret) -> secret.isIn(item.text()))
				.forEach((secret) -> leaks.add(secret + " in " + item));
		}
		return leaks;
	}

	/**
	 * Where something can be exposed.
	 */
	enum Kind {

		/**
		 * A line of the log.
		 */
		LOG,

		/**
		 * A line of the log in which Spring Security repeats the URL of a callback.
		 */
		REQUEST_LINE,

		/**
		 * A response, including its headers.
		 */
		RESPONSE,

		/**
		 * The text of an event.
		 */
		EVENT,

		/**
		 * The stack trace of an exception.
		 */
		EXCEPTION,

		/**
		 * A meter with its tags.
		 */
		METER,

		/**
		 * The text of a bean.
		 */
		BEAN,

		/**
		 * Everything in the session store.
		 */
		STORE,

		/**
		 * Everything in the session store while a login is pending, whose state belongs
		 * there.
		 */
		STORE_WHILE_PENDING

	}

	/**
	 * Something that was exposed.
	 */
	record Item(Kind kind, String origin, String text) {

		private static final int MAX_LENGTH = 300;

		@Override
		public String toString() {
			return this.kind + " " + this.origin + ": "
					+ this.text.substring(0, Math.min(this.text.length(), MAX_LENGTH));
		}

	}

}
