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

package io.github.ultracartsso.web;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.util.StringUtils;

/**
 * Texts of a built-in page: those of the application's {@link MessageSource}, else
 * English ones. They are plain text, so a page has to escape them. Not part of the API.
 */
public final class PageTexts {

	private static final Log logger = LogFactory.getLog(PageTexts.class);

	/**
	 * Formats the English texts.
	 */
	private final MessageSource english = new StaticMessageSource();

	/**
	 * Codes that have been warned of.
	 */
	private final Set<String> malformed = ConcurrentHashMap.newKeySet();

	private final String prefix;

	private final MessageSource messageSource;

	/**
	 * Creates the texts.
	 * @param prefix what the codes of all texts begin with
	 * @param messageSource the texts of the application, or {@code null} if it has none
	 */
	public PageTexts(String prefix, @Nullable MessageSource messageSource) {
		this.prefix = prefix;
		this.messageSource = (messageSource != null) ? messageSource : this.english;
	}

	/**
	 * Returns a text.
	 * @param locale the language
	 * @param code the code after the prefix
	 * @param english the pattern of the text if the application has none
	 * @param arguments the arguments of the text
	 * @return the plain text
	 */
	public String text(Locale locale, String code, String english, Object... arguments) {
		String text = find(locale, code, arguments);
		return (text != null) ? text
				: String.valueOf(this.english.getMessage(code, arguments, english, Locale.ENGLISH));
	}

	/**
	 * Returns the language tag of the texts: the text {@code language}, else the language
	 * asked for if the application has a text in it.
	 * @param locale the language asked for
	 * @param example the code of a text that every translation has
	 * @return the language tag
	 */
	public String language(Locale locale, String example) {
		String language = find(locale, "language");
		if (StringUtils.hasText(language)) {
			return Locale.forLanguageTag(language.strip()).toLanguageTag();
		}
		return (find(locale, example) != null) ? locale.toLanguageTag() : "en";
	}

	private @Nullable String find(Locale locale, String code, Object... arguments) {
		String fullCode = this.prefix + code;
		try {
			String text = this.messageSource.getMessage(fullCode, arguments, null, locale);
			// some sources have the code in place of a text that is missing
			return fullCode.equals(text) ? null : text;
		}
		catch (IllegalArgumentException ex) {
			// a broken text of the application must not prevent the page, and a stranger
			// who
			// opens the page often must not fill the log
			if (this.malformed.add(fullCode)) {
				logger.warn("The message " + fullCode + " is malformed, so the English one is shown", ex);
			}
			return null;
		}
	}

}
