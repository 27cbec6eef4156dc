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
 * What an application has let be seen.
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
	 * Where the secrets have come out.
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
	 * Where things can be seen.
	 */
	enum Kind {

		/**
		 * The line of a log.
		 */
		LOG,

		/**
		 * The line of a log in which Spring Security repeats the URL of a callback.
		 */
		REQUEST_LINE,

		/**
		 * What a client is answered, headers included.
		 */
		RESPONSE,

		/**
		 * An event, printed.
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
		 * A bean, printed.
		 */
		BEAN,

		/**
		 * All that is in the session store.
		 */
		STORE,

		/**
		 * The same, where the state of a login that goes on is rightly in it.
		 */
		STORE_WHILE_PENDING

	}

	/**
	 * One thing that was seen.
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
