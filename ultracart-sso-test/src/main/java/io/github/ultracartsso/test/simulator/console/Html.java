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

package io.github.ultracartsso.test.simulator.console;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.springframework.web.util.HtmlUtils;

/**
 * HTML that is put together from templates. All values are escaped, unless they are HTML
 * themselves.
 */
final class Html {

	private final StringBuilder markup = new StringBuilder();

	/**
	 * Returns markup that is neither escaped nor a template.
	 */
	static Html of(String markup) {
		Html html = new Html();
		html.markup.append(markup);
		return html;
	}

	/**
	 * Appends a template.
	 * @param template the markup, in which {@code %s} stands for a value in text or in a
	 * quoted attribute
	 * @param values the values
	 */
	Html add(String template, Object... values) {
		this.markup.append(template.formatted(Arrays.stream(values).map(Html::escaped).toArray()));
		return this;
	}

	private static String escaped(Object value) {
		// with UTF-8 only markup is escaped, and names stay readable in the source
		return (value instanceof Html html) ? html.toString()
				: HtmlUtils.htmlEscape(value.toString(), StandardCharsets.UTF_8.name());
	}

	@Override
	public String toString() {
		return this.markup.toString();
	}

}
